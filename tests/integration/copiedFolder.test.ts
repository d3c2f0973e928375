import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { newId } from '../../src/shared/base/id.ts'
import type { Attention } from '../../src/shared/contract/methods/hub.ts'
import { derivedId } from '../../src/shared/base/id.ts'
import { bookingInput, type BookingOffice, openForBooking } from '../support/bookingOffice.ts'
import { until } from '../support/handTimers.ts'
import { type Desk, LinkedOffice } from '../support/linkedOffice.ts'

const OWNER = derivedId('booking-office', 'owner')

let office: LinkedOffice
let folder: string

beforeEach(() => {
  office = new LinkedOffice()
  folder = mkdtempSync(join(tmpdir(), 'baton-copied-'))
})

afterEach(async () => {
  await office.close()
  rmSync(folder, { recursive: true, force: true })
})

function book(desk: Desk, from: BookingOffice): string {
  const jobId = newId()
  const outcome = desk.services.run({ name: 'job.book', input: bookingInput(from, jobId), actorId: from.csrId })
  if (outcome.kind !== 'accepted') throw new Error(JSON.stringify(outcome))
  return jobId
}

const numberOf = (desk: Desk, jobId: string): unknown => desk.rows()['job']?.find(({ id }) => id === jobId)?.['number']

/** A workstation at the hub, and a copy of its data folder on another machine; the line is down for both. */
async function copied(): Promise<{ readonly original: Desk; readonly copy: Desk; readonly from: BookingOffice }> {
  const [here, there] = [join(folder, 'here'), join(folder, 'there')]
  const first = office.desk(here)
  const from = openForBooking((name, input, actorId = OWNER) => first.services.run({ name, input, actorId }))
  await first.services.hub.enrol(office.hub.code(), 'Front desk')
  await office.online(first)
  book(first, from)
  await office.settled(first)
  await first.close()
  cpSync(here, there, { recursive: true })
  office.hub.weather.down = true
  return { original: office.desk(here, true), copy: office.desk(there, true), from }
}

it('gives the second of two documents with one number another, and tells a person both', async () => {
  const { original, copy, from } = await copied()
  const [kept, renumbered] = [book(original, from), book(copy, from)]
  expect(numberOf(copy, renumbered)).toBe(numberOf(original, kept))
  const number = String(numberOf(original, kept))

  office.hub.weather.down = false
  await office.settled(original)
  await until(() => copy.state().link === 'stopped', office.timers)
  // Work goes on there, in the old series: nobody has given it another yet.
  const later = book(copy, from)
  book(original, from)
  await office.settled(original)
  await copy.services.hub.enrol(office.hub.code(), 'Second front desk')
  await office.settled(original, copy)

  expect(numberOf(original, kept)).toBe(number)
  expect(numberOf(original, renumbered)).toBe(`${number}-B`)
  expect(numberOf(original, later)).toBe(`${Number(number) + 1}-B`)
  expect(copy.rows()).toEqual(original.rows())
  // From now on it has a series of its own.
  expect(numberOf(copy, book(copy, from))).toMatch(/^B\d+$/)
  await office.settled(original, copy)
  const numbers = original.rows()['job']?.map((job) => job['number'])
  expect(new Set(numbers).size).toBe(6)

  const page = original.office.page(newId(), OWNER)
  const open = original.rows()['refused_change'] ?? []
  expect(open.map(({ id }) => id)).toHaveLength(2)
  const about = open.find((row) => String(row['message']).includes(`Job ${number} is now`))
  expect(original.rows()['promise']?.filter((promise) => promise['subjectId'] === about?.id && promise['state'] === 'open')).toHaveLength(1)
  const shown = await page.ask<Attention>('attention.get', { id: about?.id })
  expect(shown.theirs.title).toBe(`Job ${number} is now job ${number}-B: another workstation has given the number ${number} to another job, which keeps it. Whoever has been given this one as ${number} must be told, and a paper that was handed out must be handed out anew.`)
  expect(shown).toMatchObject({ kind: 'flagged', theirs: { opens: { kind: 'job', id: renumbered } } })
  expect(shown.choices.map(({ label }) => label)).toContain('Let it stand')
})

it('leaves the number to the one whose document came first, though the series is the other\u2019s', async () => {
  const { original, copy, from } = await copied()
  const [late, early] = [book(original, from), book(copy, from)]
  const number = String(numberOf(original, late))
  // The copy is found out by what it sends after the original\u2019s next command, and enrolled before the original sends the rest.
  await original.close()
  const again = office.desk(join(folder, 'here'), true)
  office.hub.weather.down = false
  await until(() => again.state().link === 'online', office.timers)
  await until(() => copy.state().link === 'stopped' || copy.state().waiting === 0, office.timers)
  const [cut, whole] = copy.state().link === 'stopped' ? [copy, again] : [again, copy]
  await until(() => cut.state().link === 'stopped', office.timers)
  await cut.services.hub.enrol(office.hub.code(), 'Another name')
  await office.settled(cut, whole)
  const numbers = [late, early].map((id) => numberOf(whole, id))
  expect(numbers.toSorted()).toEqual([number, `${number}-B`])
  expect(cut.rows()).toEqual(whole.rows())
})
