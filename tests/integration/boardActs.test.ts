import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Bridge } from '../../src/shared/contract/bridge.ts'
import type { BoardDay, BoardVisit, TimeBlock } from '../../src/shared/contract/methods/dispatch.ts'
import { newId } from '../../src/shared/base/id.ts'
import { HOUR, MINUTE } from '../../src/shared/base/time.ts'
import { instantOf } from '../../src/shared/base/zone.ts'
import { memoryPair } from '../../src/main/core/transport.ts'
import { type Page, startBackend, type TestBackend } from '../support/backend.ts'

/** What is done on the board, taken back and done again: the page's own acts on a whole backend, over the bridge that Electron gives a page. */

const ZONE = 'America/Chicago'
const DAY = '2026-07-14'
const at = (hour: number): number => instantOf(DAY, 0, ZONE) + hour * HOUR
const SESSION = newId()

/** The bridge stands over whichever backend is there, and the line can be away. */
let office: TestBackend
/** A method that no line carries: it breaks each time it is sent. */
let breaksAt = ''
let deliver: (text: string) => void = () => undefined
let hangUp: () => void = () => undefined
let line: ReturnType<typeof memoryPair>['client'] | null = null

const bridge: Bridge = {
  send(text) {
    const { t, method } = JSON.parse(text) as { readonly t: string; readonly method?: string }
    if (method === breaksAt) return hangUp()
    if (!line || t === 'hello') {
      const pair = memoryPair()
      office.backend.connect(pair.server)
      line = pair.client
      line.onFrame((frame) => deliver(JSON.stringify(frame)))
    }
    line.send(JSON.parse(text))
  },
  onFrame: (handler) => void (deliver = handler),
  onClose: (handler) => void (hangUp = handler),
}

const storage = new Map([['baton-client', SESSION]])
Object.assign(globalThis, {
  window: { baton: bridge },
  sessionStorage: { getItem: (name: string) => storage.get(name) ?? null, setItem: (name: string, value: string) => void storage.set(name, value), removeItem: (name: string) => void storage.delete(name) },
  location: { hash: '', search: '', pathname: '/' },
})

const { api } = await import('../../src/renderer/api/api.ts')
const { changeVisitState, planVisit, planVisits, redoNext, setCrew, splitVisit, undoLast } = await import('../../src/renderer/features/board/boardActions.ts')
const { giveTimeBack, keepTime, moveTime } = await import('../../src/renderer/features/board/timeActions.ts')
const { beginPile, useBoardStore } = await import('../../src/renderer/stores/board.ts')
const { useToastStore } = await import('../../src/renderer/stores/toast.ts')

const sean = { mayOverbook: true }
const id = { unit: newId(), priority: newId(), type: newId(), theo: newId(), lena: newId(), customer: newId(), location: newId() }
let owner: Page
let ana: Page
let seanId = ''

async function board(): Promise<BoardDay> {
  return owner.ask<BoardDay>('board.day', { day: DAY })
}

async function visitOf(visitId: string): Promise<BoardVisit> {
  const { planned, unassigned, hold } = await board()
  const found = [...planned, ...unassigned, ...hold].find((visit) => visit.id === visitId)
  if (!found) throw new Error('The visit is not on the board')
  return found
}

async function blockOf(): Promise<TimeBlock & { readonly id: string; readonly technicianId: string; readonly technicianName: string }> {
  for (const { technicians } of (await board()).groups) {
    for (const { id: technicianId, name: technicianName, blocks } of technicians) {
      const block = blocks.find((one) => one.id !== null)
      if (block && block.id !== null) return { ...block, id: block.id, technicianId, technicianName }
    }
  }
  throw new Error('No time is kept')
}

async function book(): Promise<BoardVisit> {
  const visitId = newId()
  await owner.ask('job.book', {
    jobId: newId(),
    customerId: id.customer,
    locationId: id.location,
    businessUnitId: id.unit,
    jobTypeId: id.type,
    priorityId: id.priority,
    summary: 'No cool upstairs',
    notes: '',
    plannedPayment: 'check',
    lines: ['service', 'material'].map((kind) => ({ id: newId(), priceItemId: null, kind, description: kind === 'service' ? 'Diagnosis' : 'Capacitor', quantity: 1000, unitPriceCents: 8900, unitCostCents: 0, taxable: false })),
    appointment: { id: visitId, windowDay: DAY, windowStart: 480, windowEnd: 1140, zone: ZONE, windowStartsAt: at(8), windowEndsAt: at(19), durationMinutes: 60 },
    callId: null,
    readBack: true,
    confirmation: false,
  })
  return visitOf(visitId)
}

const refusal = (): string => useBoardStore.getState().refusal?.message ?? ''
const piles = (): readonly [number, number] => [useBoardStore.getState().undoable.length, useBoardStore.getState().redoable.length]
const plan = (technicianId: string, hour: number) => ({ technicianId, startsAt: at(hour), endsAt: at(hour + 1) })

beforeEach(async () => {
  breaksAt = ''
  line = null
  office = startBackend({ now: () => at(7), quiet: true })
  owner = office.page(SESSION)
  await owner.ask('company.setUp', { companyName: 'Copper Ridge', zone: ZONE, ownerName: 'Sean Avery', pin: '4711' })
  seanId = (await owner.ask<{ person: { userId: string } }>('session.state')).person.userId
  const anaId = newId()
  await owner.ask('user.add', { id: anaId, name: 'Ana Petrov', roles: ['dispatcher', 'serviceManager'] })
  ana = office.page(newId(), anaId)
  await owner.ask('businessUnit.save', { id: id.unit, name: 'HVAC', position: 0, accountClass: 'HVAC', active: true })
  await owner.ask('priority.save', { id: id.priority, name: 'High', rank: 2, rule: 'Hot', respondWithinMinutes: 480, active: true })
  await owner.ask('jobType.save', { id: id.type, name: 'No cooling', businessUnitId: id.unit, durationMinutes: 60, skills: ['Cooling'], defaultPriorityId: id.priority, defaultItemId: null, active: true })
  const shifts = Array.from({ length: 7 }, (_, weekday) => ({ weekday, start: 7 * 60, end: 19 * 60 }))
  for (const [technicianId, name] of [
    [id.theo, 'Theo Barnard'],
    [id.lena, 'Lena Ruiz'],
  ]) {
    await owner.ask('technician.save', { id: technicianId, name, businessUnitId: id.unit, skills: ['Cooling'], shifts, homeArea: '', homeLatitude: null, homeLongitude: null, phone: null, position: 0, active: true })
  }
  const location = { id: id.location, kind: 'home', line1: '61 Saltbrook Lane', line2: '', city: 'Fairhollow', state: 'IL', postalCode: '60601', zone: ZONE, accessNotes: '', gateCode: '', pets: '', latitude: null, longitude: null, taxZoneId: null }
  await owner.ask('customer.create', { customerId: id.customer, kind: 'residential', firstName: 'Omar', lastName: 'Castellan', companyName: '', leadSource: '', phones: [], emails: [], location })
  api.start()
  useBoardStore.setState({ undoable: [], redoable: [], refusal: null, pileOf: null })
  beginPile(seanId)
})

afterEach(async () => {
  api.stop()
  await office.close()
})

it('an act whose undo could not be sent stays the one that Ctrl+Z takes back', async () => {
  const visit = await book()
  expect(await planVisit(visit, plan(id.theo, 10), 'to Theo', sean)).toBe(true)
  breaksAt = 'appointment.putBack'
  await undoLast()
  expect(refusal()).toContain('Ctrl+Z tries again')
  expect(piles()).toEqual([1, 0])
  breaksAt = ''
  await undoLast()
  expect((await visitOf(visit.id)).technicianId).toBeNull()
  expect(piles()).toEqual([0, 1])
})

it('an act that a taken time keeps from being undone waits; one that has gone on is let go, and the one before can be undone', async () => {
  const [visit, other] = [await book(), await book()]
  await planVisit(visit, plan(id.theo, 10), 'to Theo', sean)
  await planVisit(await visitOf(visit.id), plan(id.lena, 10), 'to Lena', sean)
  await ana.ask('appointment.assign', { appointmentId: other.id, ...plan(id.theo, 10), overbookAccepted: false })
  await undoLast()
  expect(refusal()).toMatch(/Theo Barnard.*Ctrl\+Z tries again/)
  expect(piles()).toEqual([2, 0])
  await ana.ask('appointment.unassign', { appointmentId: other.id })
  await undoLast()
  expect((await visitOf(visit.id)).technicianId).toBe(id.theo)

  await planVisit(other, plan(id.lena, 15), 'to Lena', sean)
  await ana.ask('appointment.assign', { appointmentId: other.id, ...plan(id.lena, 16), overbookAccepted: false })
  await undoLast()
  expect(refusal()).toContain('Ana Petrov has changed this visit since')
  expect(piles()).toEqual([1, 0])
  await undoLast()
  expect((await visitOf(visit.id)).technicianId).toBeNull()
})

it('an act on several visits is undone for those that can go, and the rest waits', async () => {
  const [visit, other, third] = [await book(), await book(), await book()]
  for (const [one, hour] of [[visit, 8], [other, 12]] as const) await ana.ask('appointment.assign', { appointmentId: one.id, ...plan(id.theo, hour), overbookAccepted: false })
  await planVisits([{ visit: await visitOf(visit.id), plan: plan(id.lena, 8) }, { visit: await visitOf(other.id), plan: plan(id.lena, 12) }], '2 visits', sean)
  await ana.ask('appointment.assign', { appointmentId: third.id, ...plan(id.theo, 12), overbookAccepted: false })
  await undoLast()
  expect(refusal()).toContain('1 of 2 visits')
  expect((await visitOf(visit.id)).technicianId).toBe(id.theo)
  expect(piles()).toEqual([1, 1])
  await ana.ask('appointment.unassign', { appointmentId: third.id })
  await undoLast()
  expect((await visitOf(other.id)).technicianId).toBe(id.theo)
  expect(piles()).toEqual([0, 1])
  await redoNext()
  expect([(await visitOf(visit.id)).technicianId, (await visitOf(other.id)).technicianId]).toEqual([id.lena, id.lena])
  expect(piles()).toEqual([1, 0])
})

it('nothing changed is nothing to take back, and what was done before it still is', async () => {
  const visit = await book()
  await planVisit(visit, plan(id.theo, 10), 'to Theo', sean)
  await planVisit(await visitOf(visit.id), plan(id.theo, 10), 'to Theo again', sean)
  expect(piles()).toEqual([1, 0])
  await undoLast()
  expect((await visitOf(visit.id)).technicianId).toBeNull()

  await keepTime({ technicianId: id.theo, technicianName: 'Theo Barnard', kind: 'training', spans: [{ startsAt: at(8), endsAt: at(9) }], note: '' }, sean)
  const kept = await blockOf()
  await moveTime(kept, { technicianId: id.theo, startsAt: at(8), endsAt: at(9) }, 'unchanged', sean)
  expect(piles()).toEqual([1, 0])
  await undoLast()
  await expect(blockOf()).rejects.toThrow('No time is kept')
})

it('kept time is changed only as it was seen: a colleague is not overridden, and their name is said', async () => {
  await keepTime({ technicianId: id.theo, technicianName: 'Theo Barnard', kind: 'training', spans: [{ startsAt: at(8), endsAt: at(9) }], note: '' }, sean)
  const seen = await blockOf()
  await ana.ask('technicianTime.change', { id: seen.id, technicianId: id.theo, kind: 'training', startsAt: at(13), endsAt: at(14), note: '', overbookAccepted: false })
  let told = 0
  const change = { technicianId: id.theo, startsAt: at(8) + 15 * MINUTE, endsAt: at(9) + 15 * MINUTE }
  expect(await moveTime(seen, change, 'later', sean, { whenMovedOn: () => (told += 1) })).toBe(false)
  expect(refusal()).toContain('Ana Petrov has changed this time since')
  expect(told).toBe(1)
  expect(await giveTimeBack(seen)).toBe(false)
  expect(await blockOf()).toMatchObject({ startsAt: at(13) })
  // Looked at again it can be; and one's own steps, one after the other, count before the board has shown them.
  const now = await blockOf()
  expect(await Promise.all([moveTime(now, change, 'later', sean), moveTime(now, { ...change, endsAt: change.endsAt + HOUR }, 'longer', sean)])).toEqual([true, true])
  expect(await blockOf()).toMatchObject({ startsAt: change.startsAt, endsAt: change.endsAt + HOUR })
  await undoLast()
  await undoLast()
  expect(await blockOf()).toMatchObject({ startsAt: at(13), endsAt: at(14) })
})

it('a split is undone, done again and undone, also with its rest given to somebody in between', async () => {
  const visit = await book()
  await planVisit(visit, plan(id.theo, 10), 'to Theo', sean)
  await splitVisit(await visitOf(visit.id), 30)
  const restId = async (): Promise<string> => {
    const rest = (await board()).unassigned.find(({ jobId }) => jobId === visit.jobId)
    if (!rest) throw new Error('There is no rest')
    return rest.id
  }
  await planVisit(await visitOf(await restId()), plan(id.lena, 10), 'the rest to Lena', sean)
  for (let times = 0; times < 2; times++) {
    await undoLast()
    await undoLast()
    expect(refusal()).toBe('')
    expect((await board()).unassigned.filter(({ jobId }) => jobId === visit.jobId)).toEqual([])
    expect(await visitOf(visit.id)).toMatchObject({ startsAt: at(10), endsAt: at(11) })
    await redoNext()
    expect(await restId()).toBeTruthy()
    expect(piles()).toEqual([2, 1])
    if (times === 0) {
      await planVisit(await visitOf(await restId()), plan(id.lena, 10), 'the rest to Lena', sean)
      expect(piles()).toEqual([3, 0])
    }
  }
})

it('Undo on a toast takes back what it says and nothing newer, and is gone once something newer was done', async () => {
  const [visit, other] = [await book(), await book()]
  await planVisit(visit, plan(id.theo, 10), 'to Theo', sean)
  const undoFirst = useToastStore.getState().message?.undo
  await changeVisitState(await visitOf(visit.id), 'confirmed', null)
  await planVisit(other, plan(id.lena, 10), 'the other to Lena', sean)
  // A move says no toast of its own.
  await planVisit(await visitOf(other.id), plan(id.lena, 14), 'the other, later', sean)
  expect(useToastStore.getState().message).toBeNull()
  undoFirst?.()
  await expect.poll(refusal).toContain('Ctrl+Z takes back the newest first')
  expect(await visitOf(other.id)).toMatchObject({ startsAt: at(14) })
  expect(piles()).toEqual([4, 0])
  for (let times = 0; times < 4; times++) await undoLast()
  expect(refusal()).toBe('')
  expect([(await visitOf(visit.id)).technicianId, (await visitOf(other.id)).technicianId]).toEqual([null, null])
})

it('whoever signs in next takes back nothing of the one before them, nor does an answer that comes only then', async () => {
  const visit = await book()
  await planVisit(visit, plan(id.theo, 10), 'to Theo', sean)
  const crew = setCrew(await visitOf(visit.id), [id.lena], 'Lena goes along', sean)
  beginPile('ana')
  await crew
  expect(piles()).toEqual([0, 0])
  await undoLast()
  expect(await visitOf(visit.id)).toMatchObject({ technicianId: id.theo, crewIds: [id.lena] })
})
