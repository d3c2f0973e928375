import { z } from 'zod'
import { tileAddressProblem } from '../../base/tileAddress.ts'
import { defineAction, defineQuery } from '../method.ts'

/** Millionths of a degree. */
const corner = z.object({ latitude: z.int(), longitude: z.int() })

/** Where the customers of one ZIP code live, as an outline around them. */
const area = z.object({
  postalCode: z.string(),
  city: z.string(),
  /** How many places of customers lie in it. */
  places: z.int(),
  /** Its corners in order; one for a single place, two for two. */
  outline: z.array(corner),
})

export type MapArea = z.output<typeof area>

const pictures = z.object({
  /** With `{z}`, `{x}` and `{y}`. */
  address: z.string(),
  /** What whoever made them wants to be said on the map. */
  credit: z.string(),
})

export type MapPictures = z.output<typeof pictures>

const addressInput = z
  .string()
  .trim()
  .max(400)
  .superRefine((address, context) => {
    const problem = tileAddressProblem(address)
    if (problem !== null) context.addIssue({ code: 'custom', message: problem })
  })

export const mapMethods = [
  defineQuery({
    name: 'map.areas',
    summary: 'The ground of the map: outlines around the places of the company\u2019s own customers, by ZIP code. Asked once for each look at the map.',
    permission: 'office.view',
    input: z.strictObject({}),
    // The ground may be a day old; to read every place again with each new customer would slow others for nothing.
    reads: [],
    output: z.object({ areas: z.array(area) }),
  }),
  defineQuery({
    name: 'map.pictures',
    summary: 'Where this workstation fetches map pictures from; nothing while it shows outlines only.',
    permission: 'office.view',
    input: z.strictObject({}),
    reads: ['map_pictures'],
    output: z.object({ pictures: pictures.nullable() }),
  }),
  defineAction({
    name: 'map.setPictures',
    summary: 'Fetch map pictures from a server by its address, on this workstation, or from nowhere.',
    permission: 'settings.edit',
    input: z.strictObject({ pictures: z.strictObject({ address: addressInput, credit: z.string().trim().min(1, 'Say whose map it is: most servers ask for it, such as \u00A9 OpenStreetMap contributors.').max(200) }).nullable() }),
    output: z.object({ pictures: pictures.nullable() }),
  }),
] as const
