import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../src/shared/base/id.ts'
import { until } from '../support/handTimers.ts'
import { type Desk, LinkedOffice, newCustomer } from '../support/linkedOffice.ts'

let office: LinkedOffice
let folder: string

beforeEach(() => {
  office = new LinkedOffice()
  folder = mkdtempSync(join(tmpdir(), 'baton-snapshot-'))
})

afterEach(async () => {
  await office.close()
  rmSync(folder, { recursive: true, force: true })
})

async function founderWith(customers: number): Promise<Desk> {
  const here = await office.founder()
  const actorId = here.rows()['user']?.[0]?.id ?? ''
  for (let n = 0; n < customers; n++) here.services.run({ name: 'customer.create', input: newCustomer(newId(), `Ayo${n}`), actorId })
  await office.settled(here)
  return here
}

async function joining(): Promise<Desk> {
  const desk = office.desk(folder, true)
  await desk.page.ask('hub.enrol', { code: office.hub.code(), name: 'Dispatch' })
  return desk
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve))
}

const cursorOf = (desk: Desk): number => desk.services.store.sync.state()?.cursor ?? 0

describe('a snapshot that the hub is still making', () => {
  it('is taken in as far as it is there, and the rest as it comes', async () => {
    await founderWith(60)
    office.hub.growsBy = 2
    const desk = await joining()
    await office.online(desk)
    expect(desk.rows()).toEqual(office.hubRows())
    expect(desk.services.store.search.byWords('ayo17', 5).map(({ kind }) => kind).toSorted()).toEqual(['customer', 'location'])
    expect(desk.services.store.check()).toEqual([])
    expect(new Set(office.hub.fetchedChunks).size).toBe(office.hub.fetchedChunks.length)
  })

  it('goes on where it was killed, with what the hub has made meanwhile', async () => {
    await founderWith(60)
    office.hub.growsBy = 1
    let desk = await joining()
    for (const chunk of [0, 3, 9]) {
      office.hub.weather.breakAtChunk.add(chunk)
      await until(() => !office.hub.weather.breakAtChunk.has(chunk), office.timers)
      await desk.close()
      desk = office.desk(folder, true)
    }
    await office.online(desk)
    expect(desk.rows()).toEqual(office.hubRows())
  })

  it('begins again where the hub gave it up', async () => {
    await founderWith(60)
    office.hub.growsBy = 2
    const desk = await joining()
    office.hub.atChunk = (n) => {
      if (n === 5) office.hub.forgetSnapshots()
      return Promise.resolve()
    }
    await until(() => office.hub.fetchedChunks.includes(5), office.timers)
    office.hub.atChunk = () => Promise.resolve()
    await office.online(desk)
    expect(desk.rows()).toEqual(office.hubRows())
    expect(desk.services.store.search.byWords('ayo17', 5)).toHaveLength(2)
  })
})

describe('a snapshot over rows that are here', () => {
  it('lets no page of the feed in before its last chunk', async () => {
    const here = await founderWith(60)
    await (await office.joiner(folder)).close()
    const missed = await here.add('Okonjo')
    await office.settled(here)
    office.hub.store.compact(office.hub.companyId ?? '', office.hub.seq)
    const there = office.desk(folder, true)
    // From here on the feed brings something with each chunk.
    const [stood, news]: [number[], string[]] = [[], []]
    office.hub.fetchedChunks.length = 0
    office.hub.atChunk = async (n) => {
      const before = office.hub.seq
      news.push(await here.add(`News${n}`))
      await until(() => office.hub.seq > before)
      await turns(5)
      stood.push(cursorOf(there))
    }
    await until(() => stood.length > 0 && there.state().progress === null, office.timers)
    office.hub.atChunk = () => Promise.resolve()
    await office.settled(here, there)
    expect(stood.length).toBeGreaterThan(5)
    expect(new Set(stood).size).toBe(1)
    expect(there.rows()['customer']?.map(({ id }) => id)).toEqual(expect.arrayContaining([missed, ...news]))
    expect(there.rows()).toEqual(office.hubRows())
  })
})
