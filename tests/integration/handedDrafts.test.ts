import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sweepDrafts } from '../../src/main/services/drafts/drafts.ts'
import { newId } from '../../src/shared/base/id.ts'
import { DAY } from '../../src/shared/base/time.ts'
import { type Page, startBackend } from '../support/backend.ts'
import { type Desk, LinkedOffice } from '../support/linkedOffice.ts'

const PIN = '4711'

let office: LinkedOffice
let here: Desk
let there: Desk

interface Person {
  readonly userId: string
  readonly page: Page
}

interface Handed {
  readonly items: readonly { readonly handedId: string; readonly who: string; readonly from: string; readonly to: string; readonly mine: boolean; readonly given: boolean }[]
}

interface Kept {
  readonly drafts: readonly { readonly key: string; readonly userId: string; readonly revision: number; readonly body: string }[]
}

/** Somebody who answers the telephone, signed in at a page of their own at that workstation. */
async function person(desk: Desk, name: string, role = 'inboundCsr'): Promise<Person> {
  const userId = newId()
  await here.page.ask('user.add', { id: userId, name, roles: [role] })
  await here.page.ask('people.setPin', { userId, pin: PIN })
  await office.settled(here, there)
  const page = desk.office.page()
  await page.ask('session.signIn', { userId, pin: PIN })
  return { userId, page }
}

const handing = (more: object = {}) => ({ handedId: newId(), who: 'Nora Whitfield', about: 'No cooling, 3 things left to ask', callId: null, customerId: null, body: '{"summary":"No cooling"}', note: 'She speaks Spanish.', toUserId: null, toRole: null, ...more })
const handed = (page: Page): Promise<Handed> => page.ask<Handed>('drafts.handed')
const open = (page: Page, handedId: string) => page.ask<{ readonly body: string; readonly state: string; readonly settledBy: string | null } | null>('drafts.open', { handedId })

beforeEach(async () => {
  office = new LinkedOffice()
  here = await office.founder()
  there = await office.joiner()
})

afterEach(() => office.close())

describe('what is typed at a workstation', () => {
  const keep = (page: Page, revision: number, body: string) => page.ask('draft.keep', { key: 'call/a', revision, body })
  const kept = async (page: Page) => (await page.ask<Kept>('drafts.kept')).drafts

  it('is kept there, whoever typed last, and never leaves it', async () => {
    const [ada, kim] = [await person(here, 'Ada Okonjo'), await person(here, 'Kim Ode')]
    await keep(ada.page, 3, '"three"')
    // What was on its way for longer is older.
    await keep(ada.page, 2, '"two"')
    expect(await kept(kim.page)).toMatchObject([{ key: 'call/a', userId: ada.userId, revision: 3, body: '"three"' }])
    await keep(kim.page, 4, '"four"')
    expect(await kept(ada.page)).toMatchObject([{ userId: kim.userId, body: '"four"' }])
    await office.settled(here, there)
    expect(await kept(there.page)).toEqual([])
    await ada.page.ask('draft.drop', { key: 'call/a' })
    expect(await kept(kim.page)).toEqual([])
  })
})

describe('what nobody came back to', () => {
  it('is let go of when Baton starts, by the clock of the workstation alone', async () => {
    let now = Date.UTC(2026, 6, 14, 18)
    const test = startBackend({ now: () => now })
    const page = test.page()
    await page.ask('company.setUp', { companyName: 'Copper Ridge', zone: 'America/Chicago', ownerName: 'Sean Avery', pin: PIN })
    const keys = async (): Promise<readonly string[]> => (await page.ask<{ readonly drafts: readonly { readonly key: string }[] }>('drafts.kept')).drafts.map(({ key }) => key)
    await page.ask('draft.keep', { key: 'old', revision: 1, body: '{}' })
    now += 15 * DAY
    await page.ask('draft.keep', { key: 'new', revision: 1, body: '{}' })
    // Asking lets go of nothing.
    expect(await keys()).toEqual(['old', 'new'])
    const { services } = test.backend
    if (!services) throw new Error('The backend did not start')
    sweepDrafts(services)
    expect(await keys()).toEqual(['new'])
    await test.close()
  })
})

describe('a draft that is handed over', () => {
  it('is with the colleague at their workstation, with everything typed, and with nobody else', async () => {
    const [ada, kim, lee] = [await person(here, 'Ada Okonjo'), await person(there, 'Kim Ode'), await person(there, 'Lee Park')]
    const input = handing({ toUserId: kim.userId })
    await ada.page.ask('draft.handOver', input)
    await office.settled(here, there)
    expect((await handed(kim.page)).items).toMatchObject([{ handedId: input.handedId, who: 'Nora Whitfield', from: 'Ada Okonjo', mine: true, given: false }])
    expect((await handed(ada.page)).items).toMatchObject([{ handedId: input.handedId, to: 'Kim Ode', mine: false, given: true }])
    expect((await handed(lee.page)).items).toEqual([])
    expect(await open(kim.page, input.handedId)).toMatchObject({ body: input.body, state: 'waiting' })
    await kim.page.ask('draft.take', { handedId: input.handedId })
    await office.settled(here, there)
    expect((await handed(ada.page)).items).toEqual([])
    await expect(ada.page.ask('draft.takeBack', { handedId: input.handedId })).rejects.toMatchObject({ error: { code: 'draft.taken', message: expect.stringContaining('Kim Ode') as string } })
    expect(await open(ada.page, input.handedId)).toMatchObject({ state: 'taken', settledBy: 'Kim Ode' })
    expect(here.rows()).toEqual(there.rows())
  })

  it('is everybody\u2019s of the role it went to, until one of them takes it', async () => {
    const [ada, kim, lee, dana] = [await person(here, 'Ada Okonjo'), await person(there, 'Kim Ode'), await person(there, 'Lee Park'), await person(there, 'Dana Wray', 'dispatcher')]
    const input = handing({ toRole: 'inboundCsr' })
    await ada.page.ask('draft.handOver', input)
    await office.settled(here, there)
    for (const { page } of [kim, lee]) expect((await handed(page)).items).toMatchObject([{ mine: true }])
    expect((await handed(dana.page)).items).toEqual([])
    await lee.page.ask('draft.take', { handedId: input.handedId })
    expect((await handed(kim.page)).items).toEqual([])
  })

  it('is one person\u2019s though it was taken and taken back while the line was down: the later one is told', async () => {
    const [ada, kim] = [await person(here, 'Ada Okonjo'), await person(there, 'Kim Ode')]
    const input = handing({ toUserId: kim.userId })
    await ada.page.ask('draft.handOver', input)
    await office.settled(here, there)
    office.hub.weather.down = true
    office.hub.cut()
    await ada.page.ask('draft.takeBack', { handedId: input.handedId })
    await kim.page.ask('draft.take', { handedId: input.handedId })
    office.hub.weather.down = false
    await office.settled(here, there)
    const [row] = here.rows()['handed_draft'] ?? []
    const refused = row?.['state'] === 'taken' ? 'draft.takeBack' : 'draft.take'
    expect(here.rows()['refused_change']).toMatchObject([{ commandName: refused }])
    expect(here.rows()).toEqual(there.rows())
  })

  it('is not there where nobody handed it', async () => {
    expect(await open(here.page, newId())).toBeNull()
  })
})
