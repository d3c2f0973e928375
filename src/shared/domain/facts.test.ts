import { describe, expect, it } from 'vitest'
import { Office } from '../../../tests/support/office.ts'
import { newId } from '../base/id.ts'
import { COMMANDS } from './commands.ts'
import { DEFAULT_QUEUES, queueId } from './promises/defaultQueues.ts'
import { promiseTable } from './promises/tables.ts'
import { TABLES } from './tables.ts'

const at = Date.UTC(2026, 6, 14, 18, 42)
const call = (): Readonly<Record<string, unknown>> => ({ externalId: `sip:${newId()}`, direction: 'in', lineName: 'HVAC line', lineNumber: '', fromNumber: '+15550146638', offeredAt: at, practice: false })

/** What a workstation reports of an email whose request the hub has forgotten. */
const attempted = (): Readonly<Record<string, unknown>> => {
  const [effectId, invoiceId] = [newId(), newId()]
  const payload = { to: 'martin@okonjo.example', subject: 'Invoice 1042', text: '', attach: { kind: 'invoice.pdf', invoiceId } }
  return { effectId, attempt: 1, what: { kind: 'invoice.email', subjectKind: 'invoice', subjectId: invoiceId, customerId: newId(), payload, key: `${effectId}.1`, deduplicates: false, requestedAt: at, requestedBy: newId() } }
}

const lead = (): Readonly<Record<string, unknown>> => ({
  leadId: newId(), sourceId: newId(), sourceName: 'Angi', role: 'leadCoordinator', externalId: newId(), receivedAt: at, contactBy: at + 300_000, name: 'June Halloran',
  phones: [{ said: '555 014 2210', number: '+15550142210' }], email: '', line1: '', line2: '', city: '', region: '', postalCode: '', wish: '', jobTypeId: newId(),
  subject: '', words: '', windows: [], answers: [], details: [], files: [], campaign: '', chatOver: false,
})

/** Every fact with everything it can refer to, none of which is there. A fact more needs a line more. */
const FACTS: Readonly<Record<string, readonly (() => Readonly<Record<string, unknown>>)[]>> = {
  'call.offered': [call],
  'call.answered': [() => ({ ...call(), ringMs: 4000, answeredAt: at + 4000, agentId: newId() })],
  'call.ended': [
    () => ({ ...call(), ringMs: 4000, answeredAt: at + 4000, agentId: newId(), endedAt: at + 90_000, talkMs: 86_000, endCause: 'hungUp' }),
    () => ({ ...call(), ringMs: null, answeredAt: null, agentId: null, endedAt: at + 9000, talkMs: null, endCause: 'callerHungUp' }),
  ],
  'call.transferred': [() => ({ ...call(), ringMs: 4000, answeredAt: at + 4000, agentId: newId(), transferredAt: at + 60_000, transferredBy: newId() })],
  'call.voicemailLeft': [() => ({ ...call(), voicemailAt: at + 60_000, voicemailSeconds: 38, voicemailRecording: null })],
  'note.add': ['customer', 'location', 'job', 'call', 'invoice'].map((subjectKind) => () => ({ noteId: newId(), subjectKind, subjectId: newId(), body: 'Side gate, two dogs.', pinned: true })),
  'attachment.add': ['customer', 'location', 'job', 'call', 'invoice'].map((subjectKind) => () => ({ attachmentId: newId(), subjectKind, subjectId: newId(), name: 'furnace.jpg', mediaType: 'image/jpeg', bytes: 4711, sha256: 'ab'.repeat(32), note: '', deviceName: 'Front desk 2' })),
  'payment.record': [
    () => ({ paymentId: newId(), customerId: newId(), invoiceId: newId(), form: 'check', amountCents: 25_000, checkNumber: null, memo: '', day: '2031-01-01' }),
    () => ({ paymentId: newId(), customerId: newId(), invoiceId: null, form: 'cash', amountCents: 1, checkNumber: null, memo: '', day: '2026-07-14' }),
  ],
  'effect.finish': [() => ({ ...attempted(), outcome: '250 OK' })],
  'effect.fail': [() => ({ ...attempted(), reason: 'No such mailbox.', retryAt: null }), () => ({ ...attempted(), reason: 'Nobody answers.', retryAt: at })],
  'effect.doubt': [() => ({ ...attempted(), reason: 'The line broke.' })],
  'queue.adopt': [() => ({ queues: DEFAULT_QUEUES.slice(0, 1).map((queue) => ({ ...queue, key: 'of-a-later-baton', id: queueId('of-a-later-baton') })) })],
  'clock.learn': [() => ({ clocks: [{ zone: 'America/Chicago', changes: [{ at, offset: -300 }], until: at + 86_400_000 }] })],
  'alert.raise': [() => ({ alertId: newId(), kind: 'gas', noticedBy: 'words', summary: 'Smells gas', caller: 'Nora Whitfield', place: '61 Saltbrook Lane', callId: newId(), customerId: newId(), locationId: newId() })],
  'consent.record': [() => ({ consentId: newId(), customerId: newId(), channel: 'text', purpose: 'marketing', granted: false, way: 'reply', words: 'STOP' })],
  'practice.finish': [() => ({ resultId: newId(), userId: newId(), callerKey: 'hangUp', callerVersion: 1, points: { fields: 45, order: 20, words: 0, time: 3 }, seconds: 140, finishedAt: at, findings: [{ part: 'fields', verdict: 'missing', what: 'Name', yours: '', better: 'Ruben Ortega' }] })],
  'lead.receive': [
    () => ({ ...lead(), channel: 'web', messages: [] }),
    () => ({ ...lead(), channel: 'chat', messages: [{ id: 'm1', at, by: 'June', visitor: true, text: 'Hello' }] }),
  ],
  'lead.note': [() => ({ noteId: newId(), leadId: newId(), body: 'Prefers a text.' })],
  'task.note': [() => ({ noteId: newId(), taskId: newId(), body: 'Left with the neighbor.' })],
  'draft.handOver': [() => ({ handedId: newId(), who: 'Nora Whitfield', about: '', callId: newId(), customerId: newId(), body: '{}', note: '', toUserId: newId(), toRole: null })],
  'call.logByHand': [() => ({ id: newId(), callerName: 'Priya', fromNumber: '+15550146638', notes: 'No heat upstairs', at, lineName: 'HVAC', lineNumber: '', customerId: newId(), callBackBy: null, answered: true })],
  'status.enter': [() => ({ userId: newId(), status: 'lunch' }), () => ({ userId: newId(), status: 'wrapUp', callId: newId(), until: at + 90_000 })],
  'phone.down': [() => ({ outageId: newId(), account: 'Extension 101 at phones.example.com', reason: 'The server does not answer.', downAt: at })],
  'phone.up': [() => ({ outageId: newId(), account: 'Extension 101 at phones.example.com', reason: '', downAt: at, upAt: at + 60_000 })],
  'change.refused': [
    () => ({
      commandId: newId(),
      commandName: 'appointment.assign',
      commandVersion: 1,
      input: { appointmentId: newId(), customerId: newId(), jobId: newId(), invoiceId: newId() },
      numbers: {},
      at,
      deviceId: newId(),
      actorId: newId(),
      kind: 'refused',
      code: 'dispatch.unknownVisit',
      message: 'This visit is no longer there.',
      subject: { kind: 'appointment', id: newId() },
      amountCents: null,
      causeId: newId(),
    }),
  ],
  'field.issue': [() => ({ reportId: newId(), linkId: newId(), appointmentId: newId(), tappedAt: at, text: 'Flue is cracked.' })],
  'recording.keep': [
    () => ({ recordingId: newId(), callId: newId(), lineNumber: '', agentId: newId(), startedAt: at, durationMs: 1000, pauses: [], consent: 'read', consentAt: at, consentBy: newId(), cutOff: true, practice: false, bytes: 16_058, sha256: 'ab'.repeat(32), deviceName: '' }),
  ],
  'voicemail.keep': [
    () => ({ callId: newId(), lineNumber: '', leftAt: at, durationMs: 1000, practice: false, mediaType: 'audio/wav', bytes: 16_044, sha256: 'ab'.repeat(32), deviceName: '' }),
  ],
  'voicemail.heard': [() => ({ listeningId: newId(), callId: newId() })],
  'recording.listened': [() => ({ listeningId: newId(), callId: newId(), recordingId: newId() })],
}

const cases = Object.entries(FACTS).flatMap(([name, inputs]) => inputs.map((input, index) => ({ name, index, input })))

function openedOffice(ownerId = newId()): Office {
  const office = new Office()
  office.must('company.create', { name: 'Copper Ridge', zone: 'America/Chicago', phase: 'rehearsal', ownerId, ownerName: 'Sean Avery' })
  return office
}

describe('a fact', () => {
  it('is listed here whenever there is one', () => {
    expect(Object.keys(FACTS).sort()).toEqual([...COMMANDS.values()].filter((command) => command.kind === 'fact').map((command) => command.name).sort())
  })

  it.each(cases)('$name ($index) is accepted at the hub though nothing it refers to is there', ({ name, input }) => {
    for (const office of [new Office(), openedOffice()]) {
      const outcome = office.run(name, input(), newId(), 'hub')
      expect(outcome).toMatchObject({ kind: 'accepted' })
      expect(outcome.kind === 'accepted' && outcome.changes.length).toBeGreaterThan(0)
      // Every row it left is read back by what it refers to: nothing dangles.
      const ids = new Set(TABLES.flatMap((table) => office.engine.rows(table).map((row) => `${table.name}/${row.id}`)))
      for (const table of TABLES) {
        for (const row of office.engine.rows(table)) {
          for (const [column, { references }] of Object.entries(table.columns)) {
            const id = (row as Readonly<Record<string, unknown>>)[column]
            if (references !== undefined && typeof id === 'string') expect(ids.has(`${references}/${id}`), `${table.name}.${column}`).toBe(true)
          }
        }
      }
    }
  })

  it('opens a promise though the queue wants whoever made the record, and that was the software', () => {
    const ownerId = newId()
    const office = openedOffice(ownerId)
    const returns = DEFAULT_QUEUES.find(({ key }) => key === 'calls-to-return')
    office.must('queue.save', { ...returns, holderField: 'createdBy' }, ownerId)
    office.must('call.ended', FACTS['call.ended']?.[1]?.())
    expect(office.engine.rows(promiseTable)).toMatchObject([{ state: 'open', assignedUserId: null, assignedRole: 'inboundCsr' }])
  })

  it.each(cases)('$name ($index) reported twice changes nothing the second time', ({ name, input }) => {
    const office = openedOffice()
    const [said, actorId] = [input(), newId()]
    office.run(name, said, actorId, 'hub')
    expect(office.run(name, said, actorId, 'hub')).toMatchObject({ kind: 'accepted', changes: [] })
  })
})
