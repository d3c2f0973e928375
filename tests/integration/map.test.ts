import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { mapPicturesOrigin } from '../../src/main/core/mapPictures.ts'
import { contentSecurityPolicy } from '../../src/main/core/pagePolicy.ts'
import type { OutputOf } from '../../src/renderer/api/types.ts'
import { newId } from '../../src/shared/base/id.ts'
import { type Page, startBackend, type TestBackend } from '../support/backend.ts'

const ZONE = 'America/Chicago'
const ADDRESS = 'https://tiles.example.com/{z}/{x}/{y}.png'

describe('the map', () => {
  let directory: string
  let office: TestBackend
  let page: Page

  const customerAt = (postalCode: string, latitude: number | null, longitude: number | null): Promise<unknown> =>
    page.ask('customer.create', {
      customerId: newId(),
      kind: 'residential',
      firstName: 'Omar',
      lastName: 'Castellan',
      companyName: '',
      leadSource: '',
      phones: [],
      emails: [],
      location: { id: newId(), kind: 'home', line1: '61 Saltbrook Lane', line2: '', city: 'Fairhollow', state: 'MN', postalCode, zone: ZONE, accessNotes: '', gateCode: '', pets: '', latitude, longitude, taxZoneId: null },
    })

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'baton-map-'))
    office = startBackend({ directory })
    page = office.page()
    await page.ask('company.setUp', { companyName: 'Copper Ridge', zone: ZONE, ownerName: 'Sean Avery', pin: '4711' })
  })
  afterEach(() => {
    office.close()
    rmSync(directory, { recursive: true, force: true })
  })

  it('stands on outlines around the company\u2019s own places, the fullest ZIP code first', async () => {
    await customerAt('55203', 44_110_000, -92_990_000)
    for (const [north, east] of [[0, 0], [30_000, 0], [0, 40_000], [30_000, 40_000], [10_000, 10_000]] as const) await customerAt('55201', 44_050_000 + north, -92_980_000 + east)
    await customerAt('55201', null, null)
    const { areas } = await page.ask<OutputOf<'map.areas'>>('map.areas', {})
    expect(areas.map(({ postalCode, city, places, outline }) => [postalCode, city, places, outline.length])).toEqual([['55201', 'Fairhollow', 5, 4], ['55203', 'Fairhollow', 1, 1]])
    expect(areas[0]?.outline[0]).toEqual({ latitude: 44_050_000, longitude: -92_980_000 })
  })

  it('fetches pictures from nowhere until somebody who may sets one server, and the page\u2019s policy allows that one', async () => {
    expect(await page.ask('map.pictures', {})).toEqual({ pictures: null })
    expect(mapPicturesOrigin(directory)).toBeNull()
    expect(contentSecurityPolicy('n', '', null)).toContain("img-src 'self' data: blob:;")
    const pictures = { address: ADDRESS, credit: '\u00A9 Example' }
    await page.ask('map.setPictures', { pictures })
    expect(await page.ask('map.pictures', {})).toEqual({ pictures })
    expect(contentSecurityPolicy('n', '', mapPicturesOrigin(directory))).toContain("img-src 'self' data: blob: https://tiles.example.com;")
    await page.ask('map.setPictures', { pictures: null })
    expect(await page.ask('map.pictures', {})).toEqual({ pictures: null })
    expect(mapPicturesOrigin(directory)).toBeNull()
  })

  it('takes no address that is none, nor one without whose map it is', async () => {
    await expect(page.ask('map.setPictures', { pictures: { address: 'http://tiles.example.com/{z}/{x}/{y}.png', credit: 'x' } })).rejects.toThrow('https://')
    await expect(page.ask('map.setPictures', { pictures: { address: ADDRESS, credit: ' ' } })).rejects.toThrow('whose map it is')
    expect(mapPicturesOrigin(directory)).toBeNull()
  })

  it('shows outlines only where what was kept is damaged, or was made to name more than a server', async () => {
    await page.ask('map.setPictures', { pictures: { address: ADDRESS, credit: 'x' } })
    const file = join(directory, 'map-pictures.json')
    expect(readFileSync(file, 'utf8')).toContain('tiles.example.com')
    for (const kept of ['{', '{"address":7}', JSON.stringify({ address: "https://a; script-src 'unsafe-inline'/{z}/{x}/{y}", credit: '' })]) {
      writeFileSync(file, kept)
      expect(mapPicturesOrigin(directory)).toBeNull()
      expect(await page.ask('map.pictures', {})).toEqual({ pictures: null })
    }
  })
})
