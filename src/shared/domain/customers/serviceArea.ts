import { z } from 'zod'
import { derivedId } from '../../base/id.ts'
import { insert, remove, update } from '../kernel/changes.ts'
import { accept, defineIntention } from '../kernel/command.ts'
import { optionalLine } from '../kernel/inputs.ts'
import { get, getMany, type Loading } from '../kernel/load.ts'
import { refuse } from '../kernel/refusal.ts'
import { type ServiceArea, serviceAreaTable } from './tables.ts'

/** The fewest digits that say anything: the post office's sorting region. */
const SHORTEST = 3
const LONGEST = 5

/** One row a prefix, on whichever workstation it is written first. */
function serviceAreaId(prefix: string): string {
  return derivedId('serviceArea', prefix)
}

const prefixInput = z.string().regex(/^\d{3,5}$/, 'Write ZIP codes of five digits, or their first three or four.')

export const saveServiceArea = defineIntention({
  name: 'serviceArea.save',
  version: 1,
  summary: 'Say which ZIP codes are inside or outside the service area, and which city they are.',
  permission: 'settings.edit',
  input: z.strictObject({
    prefixes: z.array(prefixInput).min(1, 'Write at least one ZIP code.').max(300, 'Save at most 300 ZIP codes at once.'),
    city: optionalLine('The city', 31),
    state: optionalLine('The state', 21),
    inside: z.boolean(),
    note: optionalLine('What is said about it', 200),
  }),
  *load(input) {
    return yield* getMany(serviceAreaTable, new Set(input.prefixes.map(serviceAreaId)))
  },
  decide({ prefixes, ...values }, known) {
    const byId = new Map(known.map((row) => [row.id, row]))
    return accept(
      [...new Set(prefixes)].map((prefix) => {
        const row = byId.get(serviceAreaId(prefix))
        return row ? update(serviceAreaTable, row, values) : insert(serviceAreaTable, { id: serviceAreaId(prefix), prefix, ...values })
      }),
    )
  },
})

export const removeServiceArea = defineIntention({
  name: 'serviceArea.remove',
  version: 1,
  summary: 'Take a ZIP code out of the list of the service area.',
  permission: 'settings.edit',
  input: z.strictObject({ prefix: prefixInput }),
  *load(input) {
    return yield* get(serviceAreaTable, serviceAreaId(input.prefix))
  },
  decide({ prefix }, row) {
    return row ? accept(remove(serviceAreaTable, row)) : refuse('serviceArea.unknown', `${prefix} is not in the list any more.`, { field: 'prefix' })
  },
})

/** The row that decides about a ZIP code: the longest beginning that is in the list. */
export function* areaOfZip(postalCode: string): Loading<ServiceArea | undefined> {
  const digits = /^\d{3,5}/.exec(postalCode.trim())?.[0] ?? ''
  for (let length = Math.min(digits.length, LONGEST); length >= SHORTEST; length--) {
    const row = yield* get(serviceAreaTable, serviceAreaId(digits.slice(0, length)))
    if (row) return row
  }
  return undefined
}

type AreaStanding = 'inside' | 'outside' | 'unknown'

interface AreaSaid {
  readonly standing: AreaStanding
  /** What the person on the call sees, and may say. */
  readonly sentence: string
}

/**
 * Inside, outside or unknown, with the sentence for the person on the call.
 * @param neighbors how many locations of the company's customers have this ZIP code
 */
export function areaSaid(postalCode: string, row: Pick<ServiceArea, 'inside' | 'city' | 'state' | 'note'> | undefined, neighbors: number): AreaSaid {
  const place = [row?.city, row?.state].filter(Boolean).join(', ')
  const named = place === '' ? postalCode : `${postalCode} (${place})`
  const note = row?.note ? ` ${row.note}` : ''
  if (row) return row.inside ? { standing: 'inside', sentence: `${named} is inside the service area.${note}` } : { standing: 'outside', sentence: `${named} is outside the service area.${note}` }
  const known = neighbors === 0 ? 'No customer of ours lives there yet.' : neighbors === 1 ? 'One location of ours is there.' : `${neighbors} locations of ours are there.`
  return { standing: 'unknown', sentence: `Nobody has said whether ${postalCode} is in the service area. ${known}` }
}
