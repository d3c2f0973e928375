import { describe, expect, it } from 'vitest'
import { FrontDesk } from '../../../../tests/support/frontDesk.ts'
import { newId } from '../../base/id.ts'
import { COMMANDS } from '../commands.ts'
import type { Permission } from '../people/permissions.ts'
import { promiseId } from '../promises/engine.ts'
import { queueId } from '../promises/defaultQueues.ts'
import { promiseTable } from '../promises/tables.ts'
import { refusedChangeId, WITHHELD_INPUTS } from './commands.ts'
import { refusedChangeTable } from './tables.ts'

function refused(desk: FrontDesk, changed: Readonly<Record<string, unknown>> = {}) {
  const commandId = newId()
  const report = {
    commandId,
    commandName: 'job.book',
    commandVersion: 1,
    input: { customerId: desk.customerId, summary: 'Not cooling\u0000 since \uD800 last night' },
    numbers: { job: '1007' },
    at: desk.office.now,
    deviceId: newId(),
    actorId: desk.csrId,
    kind: 'refused',
    code: 'job.archivedCustomer',
    message: 'Martin Okonjo is archived.',
    subject: { kind: 'customer', id: desk.customerId },
    amountCents: null,
    causeId: null,
    ...changed,
  }
  desk.office.must('change.refused', report)
  return { id: refusedChangeId(commandId), report }
}

const row = (desk: FrontDesk, id: string) => desk.office.engine.row(refusedChangeTable, id)
const promise = (desk: FrontDesk, id: string) => desk.office.engine.row(promiseTable, promiseId(queueId('needs-attention'), id))

describe('a refused change', () => {
  it('is kept whole, as both engines can hold it, and its author has to settle it', () => {
    const desk = new FrontDesk()
    const { id } = refused(desk)
    expect(row(desk, id)).toMatchObject({ state: 'open', customerId: desk.customerId, input: { summary: 'Not cooling since \uFFFD last night' }, numbers: { job: '1007' } })
    expect(promise(desk, id)).toMatchObject({ state: 'open', holderUserId: desk.csrId, customerId: desk.customerId })
    desk.office.must('promise.recordOutcome', { promiseId: promiseId(queueId('needs-attention'), id), outcomeKey: 'redone', note: '' }, desk.csrId)
    expect(row(desk, id)).toMatchObject({ state: 'redone', settledAt: desk.office.now })
    expect(promise(desk, id)).toMatchObject({ state: 'closed' })
  })

  it('reported twice is one, and what fell with another is settled with that one', () => {
    const desk = new FrontDesk()
    const first = refused(desk)
    expect(desk.office.must('change.refused', { ...first.report, message: 'Again' })).toEqual([])
    const { id } = refused(desk, { causeId: first.id })
    expect(row(desk, id)).toMatchObject({ causeId: first.id })
    expect(promise(desk, id)).toBeUndefined()
  })

  it('comes in however long its sentence is', () => {
    const desk = new FrontDesk()
    const { id } = refused(desk, { message: 'x'.repeat(5000), input: null })
    expect(row(desk, id)?.message).toHaveLength(2000)
    expect(row(desk, id)?.input).toEqual({})
  })

  it('takes nothing along that only some workstations may keep', () => {
    const cleared: readonly Permission[] = ['pay.edit']
    expect([...WITHHELD_INPUTS]).toEqual([...COMMANDS.values()].filter(({ permission }) => cleared.includes(permission)).map(({ name }) => name))
    const desk = new FrontDesk()
    const { id } = refused(desk, { commandName: 'pay.set', input: { technicianId: newId(), hourlyCents: 2800, fromDay: '2026-01-01' } })
    expect(row(desk, id)?.input).toEqual({})
  })
})
