import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { api } from '../../src/renderer/api/api.ts'
import { RequestError } from '../../src/renderer/api/errors.ts'
import { bookAndClaim, goneWords } from '../../src/renderer/features/booking/claiming.ts'
import { bookingInput } from '../../src/renderer/features/booking/submit.ts'
import { type BookingDraft, currentDraft, emptyDraft, putDraft } from '../../src/renderer/stores/booking.ts'
import { newId } from '../../src/shared/base/id.ts'
import type { VisitDetail } from '../../src/shared/contract/methods/dispatch.ts'
import type { JobPage } from '../../src/shared/contract/methods/jobs.ts'
import { appointmentTable } from '../../src/shared/domain/dispatch/tables.ts'
import { get } from '../../src/shared/domain/kernel/load.ts'
import { queueId } from '../../src/shared/domain/promises/defaultQueues.ts'
import { promiseId } from '../../src/shared/domain/promises/engine.ts'
import { RefusedError, startBackend, type TestBackend } from '../support/backend.ts'
import { DispatchOffice, NOW } from '../support/dispatchOffice.ts'

/** A booking that is recorded already, by an answer that was lost or with time that was, and what is typed after it. */

let backend: TestBackend
let office: DispatchOffice
/** The line breaks after the next booking, before its answer. */
let breaks = false

beforeEach(async () => {
  const kept = new Map<string, string>()
  vi.stubGlobal('localStorage', { getItem: (name: string) => kept.get(name) ?? null, setItem: (name: string, body: string) => kept.set(name, body), removeItem: (name: string) => kept.delete(name) })
  backend = startBackend({ now: () => NOW })
  office = new DispatchOffice(backend)
  await office.open([{ name: 'Theo Barnard', skills: ['Cooling'] }])
  breaks = false
  const send = async (method: string, input: unknown): Promise<unknown> => {
    const answer = await office.page.ask(method, input).catch((thrown: unknown) => {
      throw thrown instanceof RefusedError ? new RequestError(thrown.error) : thrown
    })
    if (method !== 'job.book' || !breaks) return answer
    breaks = false
    throw new RequestError({ code: 'connection.lost', message: 'The connection broke.' })
  }
  vi.spyOn(api, 'command').mockImplementation(send as typeof api.command)
  vi.spyOn(api, 'query').mockImplementation(send as typeof api.query)
  vi.spyOn(api, 'action').mockImplementation(send as typeof api.action)
})

afterEach(async () => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
  await backend.close()
})

const KEY = 'new/by/rosa'
const line = (name: string) => ({ id: newId(), priceItemId: newId(), kind: 'service' as const, name, priceCents: 8900, quantity: '1', fromJobType: false })

/** The nth window that is free, as the page takes it. */
async function free(nth: number): Promise<NonNullable<BookingDraft['window']>> {
  const window = (await office.windows()).filter(({ available }) => available)[nth]
  if (!window) throw new Error('Nobody is free')
  const { day, start, end, startsAt, endsAt, zone } = window
  return { day, start, end, startsAt, endsAt, zone, technicianName: null }
}

async function typed(): Promise<BookingDraft> {
  const { customerId, locationId, unitId, jobTypeId, priorityId } = office
  putDraft({ ...emptyDraft(KEY, null), customerId, locationId, businessUnitId: unitId, jobTypeId, priorityId, summary: 'Drips', lines: [line('Diagnosis')], plannedPayment: 'check', window: await free(0), readBack: [true, true, true, true] })
  return draftNow()
}

function draftNow(): BookingDraft {
  const draft = currentDraft(KEY)
  if (!draft) throw new Error('The draft is gone')
  return draft
}

function book(more: Partial<BookingDraft> = {}) {
  putDraft({ ...draftNow(), ...more })
  const draft = draftNow()
  const input = bookingInput(draft, { durationMinutes: 90, begunAt: null, scriptVersionId: newId(), answers: [] })
  // This office has no price book.
  return bookAndClaim(draft, { ...input, lines: input.lines.map((line) => ({ ...line, priceItemId: null })) })
}

const job = (): Promise<JobPage> => office.page.ask<JobPage>('jobs.get', { jobId: draftNow().ids.job })

it('has after a lost answer everything that was typed since, and another window', async () => {
  const draft = await typed()
  breaks = true
  await expect(book()).rejects.toMatchObject({ code: 'connection.lost' })
  const window = await free(1)
  expect(await book({ window, summary: 'Drips, and the cellar is wet', plannedPayment: 'cash', lines: [line('Pump')] })).toBe('held')
  const { number, summary, plannedPayment, lines, visits } = await job()
  expect({ summary, plannedPayment, lines: lines.map(({ description }) => description) }).toEqual({ summary: 'Drips, and the cellar is wet', plannedPayment: 'cash', lines: ['Pump'] })
  expect(visits).toMatchObject([{ id: draft.ids.appointment, windowStart: window.start }])

  // Said once more it is there once, and what somebody else changed meanwhile stands.
  await office.page.ask('job.change', { jobId: draft.ids.job, set: { notes: 'Ring twice' } })
  expect(await book()).toBe('held')
  expect(await job()).toMatchObject({ number, notes: 'Ring twice', visits: [{ windowStart: window.start }] })
})

it('has after a lost answer the confirmation that was promised since, with the window it has', async () => {
  const draft = await typed()
  breaks = true
  await expect(book({ confirmation: false })).rejects.toMatchObject({ code: 'connection.lost' })
  const owed = () => backend.backend.services?.store.engine.run(get(appointmentTable, draft.ids.appointment))
  expect(owed()?.confirmation).toBe('none')
  expect(await book({ confirmation: true })).toBe('held')
  expect(owed()).toMatchObject({ confirmation: 'owed', slot: 'held', windowStart: draft.window?.start })
  // Said once, it is said: what was settled meanwhile is not owed anew.
  await office.page.ask('promise.recordOutcome', { promiseId: promiseId(queueId('confirmations-to-send'), draft.ids.appointment), outcomeKey: 'sent', note: '' })
  expect(await book()).toBe('held')
  expect(owed()?.confirmation).toBe('sent')
  expect((await office.page.ask<VisitDetail>('board.visit', { appointmentId: draft.ids.appointment })).history.filter(({ text }) => text.includes('moved'))).toEqual([])
})

it('stays booked where the next window is taken as well, and that is what is said', async () => {
  const draft = await typed()
  const { window: first } = draft
  const taken = await free(1)
  for (;;) {
    if (!(await office.windows()).some(({ start, available }) => start === taken.start && available)) break
    await office.book(taken.day, taken.start, taken.end)
  }
  await expect(book({ window: taken })).rejects.toMatchObject({ code: 'dispatch.windowFull' })
  expect(goneWords(draftNow())).toContain('nothing is booked yet')
  expect(await book({ window: first })).toBe('held')
  await expect(book({ window: taken, slotLost: true })).rejects.toMatchObject({ code: 'dispatch.windowFull' })
  expect(goneWords(draftNow())).toBe('That time was just taken too. The job stays booked with the window it had.')
  expect(await job()).toMatchObject({ state: 'open', visits: [{ windowStart: first?.start }] })
})

it('has after its time was lost what was typed with the next choice', async () => {
  await typed()
  expect(await book()).toBe('held')
  const window = await free(1)
  expect(await book({ slotLost: true, window, notes: 'The gate sticks' })).toBe('held')
  expect(await job()).toMatchObject({ notes: 'The gate sticks', visits: [{ windowStart: window.start }] })
})

it('is not made another job: that is said, and once it is canceled the next is one of its own', async () => {
  await typed()
  await book()
  const { number, id } = await job()
  const otherPlace = newId()
  await office.page.ask('location.add', { customerId: office.customerId, location: { id: otherPlace, kind: 'home', line1: '8 Tern Court', line2: '', city: 'Fairhollow', state: 'IL', postalCode: '60601', zone: 'America/Chicago', accessNotes: '', gateCode: '', pets: '', latitude: null, longitude: null, taxZoneId: null } })
  const window = await free(1)
  await expect(book({ slotLost: true, window, locationId: otherPlace })).rejects.toMatchObject({ code: 'job.bookedOtherwise', field: 'locationId', message: expect.stringContaining(`Job ${number} is booked and kept, for another place.`) as string })
  await office.page.ask('job.cancel', { jobId: id, reason: 'Another place' })
  const trying = book()
  // Nobody waits with the next word for the answer.
  putDraft({ ...draftNow(), summary: 'Drips, in the cellar as well' })
  await expect(trying).rejects.toMatchObject({ code: 'job.canceledMeanwhile' })
  expect(draftNow()).toMatchObject({ summary: 'Drips, in the cellar as well', sent: null })
  expect(await book()).toBe('held')
  expect((await job()).id).not.toBe(id)
})

it('is sent as it is typed where nothing was recorded: a refusal leaves nothing to correct', async () => {
  await typed()
  await expect(book({ lines: [] })).rejects.toMatchObject({ code: 'job.withoutLine' })
  expect(draftNow().sent).toBeNull()
  expect(await book({ lines: [line('Pump')] })).toBe('held')
  expect((await job()).lines).toHaveLength(1)
})
