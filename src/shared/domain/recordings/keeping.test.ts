import { beforeEach, describe, expect, it } from 'vitest'
import { Office } from '../../../../tests/support/office.ts'
import { newId } from '../../base/id.ts'
import { DAY } from '../../base/time.ts'
import { callIdOf } from '../calls/facts.ts'
import { type Call, callTable } from '../calls/tables.ts'
import { COMMANDS } from '../commands.ts'
import type { AnyRow, Row, Table } from '../kernel/table.ts'
import { execute } from '../kernel/execute.ts'
import { SYSTEM_ACTOR } from '../people/permissions.ts'
import { type PhoneLine, phoneLineTable } from '../phone/tables.ts'
import { type Task, taskTable } from '../tasks/tables.ts'
import { recordingKept, shortestKept } from './keeping.ts'
import { type CallRecording, callRecordingTable } from './tables.ts'

const NUMBER = '+15550142000'
let office: Office
let start: number

beforeEach(() => {
  office = new Office()
  start = office.now
  office.must('company.create', { name: 'Copper Ridge', zone: 'America/Chicago', phase: 'live', ownerId: newId(), ownerName: 'Rosa Quill' })
})

/** Puts a row there as it is, whatever brought it about. */
function put<T extends Table>(table: T, row: Partial<Row<T>>): string {
  const id = newId()
  office.engine.apply([{ table, id, before: null, after: { id, version: 1, createdAt: start, updatedAt: start, ...row } as unknown as AnyRow }])
  return id
}

const line = (recordingDays: number, more: Partial<PhoneLine> = {}): string => put(phoneLineTable, { number: NUMBER, recordingDays, active: true, ...more } as Partial<PhoneLine>)
const complaint = (more: Partial<Task>): string => put(taskTable, { type: 'complaint', state: 'open', callId: null, relatedKind: null, relatedId: null, customerId: null, resolvedAt: null, ...more } as Partial<Task>)

function call(more: Partial<Call> = {}): string {
  const externalId = newId()
  office.must('call.ended', { externalId, direction: 'in', lineName: 'HVAC', lineNumber: NUMBER, fromNumber: null, offeredAt: office.now, practice: false, ringMs: 5000, answeredAt: office.now, agentId: null, endedAt: office.now + 9000, talkMs: 9000, endCause: 'callerHungUp' })
  const id = callIdOf(office.companyId, externalId)
  const row = office.engine.row(callTable, id)
  if (row) office.engine.apply([{ table: callTable, id, before: row as unknown as AnyRow, after: { ...row, ...more } as unknown as AnyRow }])
  return id
}

function record(more: { readonly startedAt?: number; readonly lineNumber?: string; readonly callId?: string } = {}): CallRecording {
  const recordingId = newId()
  office.must('recording.keep', { recordingId, callId: call(), lineNumber: NUMBER, agentId: null, startedAt: office.now, durationMs: 2000, pauses: [], consent: 'none', consentAt: null, consentBy: null, cutOff: false, practice: false, bytes: 99, sha256: 'a'.repeat(64), deviceName: '', ...more })
  return find(recordingId)
}

function find(id: string): CallRecording {
  const row = office.engine.row(callRecordingTable, id)
  if (!row) throw new Error('It is not there')
  return row
}

const keptDays = (recording: CallRecording): number | null => {
  const until = office.engine.run(recordingKept(recording))
  return until === null ? null : (until - Math.max(recording.startedAt, recording.createdAt)) / DAY
}

const forget = ({ id }: CallRecording): void => void office.must('recording.forget', { recordingId: id, why: 'Its time is over.' })

describe('how long a recording is kept', () => {
  it('is what its line says: the line in use where two have the number, and the call’s line where its own is not known', () => {
    line(5, { active: false })
    expect(keptDays(record())).toBe(5)
    line(30)
    expect(keptDays(record())).toBe(30)
    expect(keptDays(record({ lineNumber: '' }))).toBe(30)
    expect(keptDays(record({ lineNumber: '+15550149999' }))).toBe(90)
    expect(office.engine.run(shortestKept())).toBe(5 * DAY)
  })

  it('counts from the later of what two clocks say', () => {
    line(10)
    const early = record({ startedAt: start - 100 * DAY })
    expect(office.engine.run(recordingKept(early))).toBe(early.createdAt + 10 * DAY)
    const late = record({ startedAt: start + 3 * DAY })
    expect(office.engine.run(recordingKept(late))).toBe(late.startedAt + 10 * DAY)
  })

  it('is as long as a complaint of the customer runs, and a month after, wherever it ran while this was recorded', () => {
    line(10)
    const customerId = newId()
    const recorded = () => record({ callId: call({ customerId }) })
    complaint({ customerId, createdAt: start - 50 * DAY, state: 'done', resolvedAt: start - 20 * DAY })
    expect(keptDays(recorded())).toBe(10)
    const since = recorded()
    complaint({ customerId, createdAt: start - 50 * DAY, state: 'done', resolvedAt: since.startedAt + 5 * DAY })
    expect(keptDays(since)).toBeCloseTo(35, 3)
    complaint({ customerId, createdAt: start - 50 * DAY })
    expect(keptDays(since)).toBeNull()
  })
})

describe('forgetting a recording', () => {
  it('does nothing before its time, whoever asks, and deletes it after', () => {
    line(10)
    const recording = record()
    office.now += 9 * DAY
    forget(recording)
    expect(find(recording.id).goneAt).toBeNull()
    office.now += 2 * DAY
    forget(recording)
    expect(find(recording.id).goneAt).toBe(office.now)
  })

  it('does nothing where more days, or a complaint, have been entered meanwhile', () => {
    line(10)
    const [one, other] = [record(), record()]
    complaint({ callId: one.callId })
    line(365)
    office.engine.apply(office.engine.rows(phoneLineTable).filter(({ recordingDays }) => recordingDays === 10).map((row) => ({ table: phoneLineTable, id: row.id, before: row as unknown as AnyRow, after: null })))
    office.now += 20 * DAY
    for (const recording of [one, other]) forget(recording)
    expect([find(one.id).goneAt, find(other.id).goneAt]).toEqual([null, null])
  })

  it('does nothing where the workstation’s clock is ahead of the hub’s', () => {
    line(10)
    const recording = record()
    const command = COMMANDS.get('recording.forget')
    if (!command) throw new Error('No command')
    const envelope = { id: newId(), name: command.name, version: 1, at: start + 400 * DAY, actorId: SYSTEM_ACTOR, deviceId: office.deviceId, companyId: office.companyId, operationId: null, numbers: {}, input: { recordingId: recording.id, why: 'Over.' } }
    expect(office.engine.run(execute(command, envelope, 'hub', start + 2 * DAY))).toMatchObject({ kind: 'accepted', changes: [] })
    expect(office.engine.run(execute(command, envelope, 'hub', start + 11 * DAY))).not.toMatchObject({ changes: [] })
  })
})
