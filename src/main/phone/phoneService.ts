import { assertNever } from '../../shared/base/assertNever.ts'
import type { LiveCall, Pop } from '../../shared/contract/methods/calls.ts'
import { callIdOf } from '../../shared/domain/calls/facts.ts'
import { knownNumberId } from '../../shared/domain/calls/knownNumbers.ts'
import { type Leg, UNNAMED } from '../../shared/domain/calls/legs.ts'
import { type Call, callTable, knownNumberTable } from '../../shared/domain/calls/tables.ts'
import { customerTable } from '../../shared/domain/customers/tables.ts'
import { get, getIf, range } from '../../shared/domain/kernel/load.ts'
import { SYSTEM_ACTOR } from '../../shared/domain/people/permissions.ts'
import { userTable } from '../../shared/domain/people/tables.ts'
import { errorDetails } from '../core/log.ts'
import type { CommandRequest } from '../core/runner.ts'
import type { Services } from '../core/service.ts'
import { whoIsAt } from '../services/calls/extensions.ts'
import { popOf } from '../services/calls/pop.ts'
import type { Speaker } from '../sync/port.ts'
import { liveStateOf, newsOf, ownEnd, type Report } from './callReports.ts'
import { endHandedOn } from './handedOn.ts'
import type { LiveEntry } from './liveCalls.ts'
import { detailsOf } from './liveDetails.ts'
import { countsFrom, named, officeWords } from './officeLines.ts'
import type { PhoneCall, PhoneEvent } from './port.ts'
import { ringPractice } from './practiceCaller.ts'
import { beginWrapUp } from './statusWatch.ts'
import { hearVoicemail } from './voicemail/hearVoicemail.ts'
import { watchColleagues } from './watchColleagues.ts'

function isBlocked({ store: { engine } }: Services, number: string | null): boolean {
  return number !== null && engine.run(get(knownNumberTable, knownNumberId(number)))?.kind === 'blocked'
}

/** The transfer under way: who rings, who put the caller through, and for how long. */
function transferOf({ store: { engine } }: Services, call: PhoneCall, grown: number): LiveCall['transfer'] {
  if (call.state !== 'transferring' && call.state !== 'recalling') return null
  const nameOf = (id: string | null): string => engine.run(getIf(userTable, id))?.name ?? 'A colleague'
  return {
    state: call.state === 'transferring' ? 'ringing' : 'back',
    fromUserId: call.agentId,
    from: nameOf(call.agentId),
    toUserId: call.toAgentId,
    to: call.toAgentId === null ? (call.toNumber ?? '') : nameOf(call.toAgentId),
    waitMs: call.waitMs + grown,
  }
}

/** A live call as the pages see it, its durations brought up to now. */
export function describeCall(services: Services, entry: LiveEntry): LiveCall {
  const { call, callId, card } = entry
  const { engine } = services.store
  const grown = services.liveCalls.sinceHeard(entry)
  const row = engine.run(get(callTable, callId))
  const customer = engine.run(getIf(customerTable, row?.customerId))
  const state = liveStateOf(call)
  const transfer = transferOf(services, call, grown)
  const extension = ownEnd(call)
  return {
    callId,
    state,
    direction: call.direction,
    practice: call.practice,
    at: services.now(),
    lineName: call.lineName,
    fromNumber: call.fromNumber,
    extension,
    name: customer?.name ?? (row && row.callerName !== '' ? row.callerName : extension === null ? null : whoIsAt(services, extension)),
    agentId: 'agentId' in call ? call.agentId : null,
    ringMs: call.ringMs + (state === 'ringing' ? grown : 0),
    talkMs: 'talkMs' in call ? call.talkMs + (state === 'ended' ? 0 : grown) : 0,
    heldMs: call.state === 'held' || call.state === 'consulting' ? call.heldMs + grown : (transfer?.waitMs ?? 0),
    transfer,
    ...detailsOf(services, call),
    card: card && { ...card, lines: [...card.lines] },
    blocked: row?.customerId === null && isBlocked(services, call.fromNumber),
    ...officeWords(services, call),
    tape: services.recordings.shown(callId, call),
    pop: null,
  }
}

/** Who is on a call, as far as it is up; empty where nobody is. */
function occupied(call: PhoneCall | null): string {
  if (!call || !('answeredAt' in call) || call.answeredAt === null || call.state === 'ended') return ''
  return `${call.agentId} ${call.state === 'transferring' ? call.toAgentId : ''}`
}

/** Whose telephone does what: who talks, who holds a caller, whom a transfer rings. */
function speakers({ liveCalls, now }: Services): readonly Speaker[] {
  return liveCalls.all().flatMap(({ call }): Speaker[] => {
    if (!('answeredAt' in call) || call.answeredAt === null || call.state === 'ended') return []
    const talker: Speaker[] = call.agentId === null ? [] : [{ userId: call.agentId, state: liveStateOf(call) === 'live' ? 'talking' : 'holding', since: call.answeredAt }]
    return call.state === 'transferring' && call.toAgentId !== null ? [...talker, { userId: call.toAgentId, state: 'ringing', since: now() - call.waitMs }] : talker
  })
}

/** The pop of a call that may have failed to be recorded: then the page asks for itself, and says so. */
function popIfAny(services: Services, callId: string): Pop | null {
  try {
    return popOf(services, callId)
  } catch (error) {
    services.log.warn('phone.noPop', { callId, ...errorDetails(error) })
    return null
  }
}

/** Writes down what the telephone said. Nobody is there to read a refusal, so that it is in the log is all that is left of it. */
function record(services: Services, request: Pick<CommandRequest, 'name' | 'input' | 'promptly'>): void {
  const outcome = services.run({ ...request, actorId: SYSTEM_ACTOR })
  if (outcome.kind === 'refused') services.log.error('phone.notRecorded', { command: request.name, code: outcome.refusal.code, message: outcome.refusal.message })
}

/** Why an outgoing call is made goes into its first report: the telephone knows only the number. */
function withWhy({ liveCalls }: Services, call: PhoneCall, fact: Report): Report {
  if (fact.name !== 'call.offered' || call.direction !== 'out') return fact
  const why = liveCalls.whyDialled(call.fromNumber, 'agentId' in call ? call.agentId : null)
  return why ? { ...fact, input: { ...fact.input, agentId: why.agentId, customerId: why.customerId, returnsCallId: why.returnsCallId } } : fact
}

function hearCall(services: Services, heard: PhoneCall): void {
  const call = named(services, heard)
  const callId = callIdOf(services.store.companyId, call.externalId)
  const { entry, before } = services.liveCalls.heard(callId, call)
  services.hub.speaking(speakers(services))
  try {
    // Whoever sits there sees the ring before the disk has it: nobody has been told anything about it yet.
    for (const fact of newsOf(before, call)) record(services, { ...withOpening(services, withWhy(services, call, fact), call), promptly: fact.name === 'call.offered' })
    beginWrapUp(services, callId, call)
    services.recordings.follow(callId, call)
  } catch (error) {
    // A full disk must not silence the telephone: people still see who rings.
    services.log.error('phone.notRecorded', { callId, state: call.state, ...errorDetails(error) })
  }
  const said = describeCall(services, entry)
  services.emit('phone', before === null && said.state === 'ringing' ? { ...said, pop: popIfAny(services, callId) } : said)
  // A ring that nobody takes makes nobody free: a flood of them says nothing new of the others that ring.
  if (occupied(before) !== occupied(call)) ringAnew(services, callId)
  void settle(services)
}

/** Calls whose line was not known here, and whose records now say it: its rule and its name hold from now on. */
export function learnLines(services: Services, callIds: readonly string[]): void {
  for (const callId of callIds) {
    const before = services.liveCalls.get(callId)?.call
    if (!before || before.lineNumber !== '') continue
    const { lineName, lineNumber } = named(services, before)
    if (lineNumber === '') continue
    const entry = services.liveCalls.learned(callId, { lineName, lineNumber })
    if (!entry) continue
    services.recordings.follow(callId, entry.call)
    tellCall(services, callId)
  }
}

/** Says a call once more, because something about it has changed that its telephone does not say. */
export function tellCall(services: Services, callId: string): void {
  const entry = services.liveCalls.get(callId)
  if (entry) services.emit('phone', describeCall(services, entry))
}

/** Whom the other rings go to first may have changed with who is free now. */
export function ringAnew(services: Services, except: string | null): void {
  for (const entry of services.liveCalls.all()) if (entry.call.state === 'offered' && entry.callId !== except) services.emit('phone', describeCall(services, entry))
}

/** With when the line opens next, where a call ends or a message is left while it is closed. */
function withOpening(services: Services, report: Report, call: PhoneCall): Report {
  if (report.name !== 'call.ended' || call.direction !== 'in') return report
  // Which hours hold for a caller who came through is said by the telephone they rang.
  const from = call.cameThrough && call.lineNumber === '' ? null : countsFrom(services, call.lineNumber, call.offeredAt)
  return { ...report, input: { ...report.input, countsFrom: from } }
}

/** Brings what was shown to the disk. */
async function settle({ store, log }: Services): Promise<void> {
  try {
    await store.settle()
  } catch (error) {
    log.error('phone.notSettled', errorDetails(error))
  }
}

/** More reports of one call than any telephone makes. */
const MOST_REPORTS = 50

/** What our own telephone has said of a call, as far as it has not said that its part is over; what rings or talks at another one is for that one to end. */
function ownOpenLeg({ store }: Services, { id, legs, offeredAt, ringMs, answeredAt }: Call): Pick<Leg, 'offeredAt' | 'ringMs' | 'answeredAt'> | null {
  if (legs !== null && !(UNNAMED in legs)) {
    const own = legs[store.deviceId]
    return own && own.endedAt === null ? own : null
  }
  const reported = store.journal.changesOf(callTable.name, id, MOST_REPORTS).some(({ seq }) => seq > 0)
  return reported ? { offeredAt, ringMs, answeredAt } : null
}

/** Calls that were up here when Baton last stopped and are not now: they are over, and nobody heard how. */
function closeLostCalls(services: Services): void {
  const { engine } = services.store
  const open = [...engine.run(range(callTable, 'byState', ['ringing'])), ...engine.run(range(callTable, 'byState', ['live']))]
  for (const call of open) {
    const leg = services.liveCalls.get(call.id) ? null : ownOpenLeg(services, call)
    if (!leg) continue
    const { externalId, direction, lineName, lineNumber, fromNumber, extension, practice, agentId } = call
    const { offeredAt, ringMs, answeredAt } = leg
    services.run({
      name: 'call.ended',
      actorId: SYSTEM_ACTOR,
      input: { externalId, direction, lineName, lineNumber, fromNumber, extension, offeredAt, practice, ringMs, answeredAt, agentId: answeredAt === null ? null : agentId, endedAt: Math.max(services.now(), offeredAt), talkMs: null, endCause: 'lost' },
    })
  }
}

/** Whoever asked hears that it could not be done, and why. */
function hearRefusal(services: Services, { command, externalId, message }: Extract<PhoneEvent, { readonly kind: 'refused' }>): void {
  services.log.warn('phone.refused', { command, reason: message })
  const userId = services.liveCalls.whoAsked(command, externalId)
  if (command === 'record' && externalId !== null) services.recordings.refused(callIdOf(services.store.companyId, externalId))
  // The reason of a call that was not made is not the next one’s.
  if (command === 'dial' && userId !== null) services.liveCalls.notDialled(userId)
  if (userId !== null) services.emit('phoneRefused', { userId, callId: externalId === null ? null : callIdOf(services.store.companyId, externalId), message })
}

function hearLeft(services: Services, { call, voicemail }: Extract<PhoneEvent, { readonly kind: 'voicemail' }>): void {
  if (voicemail.sound) services.liveCalls.sounds.set(callIdOf(services.store.companyId, call.externalId), null)
  hearVoicemail(services, call, voicemail)
}

function hearOfSound(services: Services, { externalId, state, reason }: Extract<PhoneEvent, { readonly kind: 'voicemailSound' }>): void {
  const callId = callIdOf(services.store.companyId, externalId)
  if (state === 'failed') services.log.warn('phone.voicemailNotFetched', { callId, reason })
  services.liveCalls.sounds.set(callId, state)
  services.emit('phoneDesk', {})
}

function hear(services: Services, event: PhoneEvent): void {
  switch (event.kind) {
    case 'call':
      return hearCall(services, event.call)
    case 'tape':
      return services.tapes.heard(services, event)
    case 'voicemail':
      return hearLeft(services, event)
    case 'voicemailSound':
      return hearOfSound(services, event)
    case 'refused':
      return hearRefusal(services, event)
    case 'line':
      services.log.info('phone.line', { status: event.line.status, reason: event.line.reason })
      services.liveCalls.line = event.line
      services.outage.heard(event.line, services)
      services.phoneAccount.hearLine(event.line)
      if (event.line.status === 'ready') watchColleagues(services)
      return services.emit('phoneDesk', {})
    case 'tried':
      return services.phoneAccount.hearTried(event)
    case 'extension': {
      const { extension, state } = event.extension
      // One that is heard of for the first time may have become idle while Baton was closed.
      const before = services.liveCalls.extensions.get(extension)
      services.liveCalls.extensions.set(extension, state)
      if (state === 'idle' && before !== 'idle') endHandedOn(services, extension)
      return services.emit('phoneDesk', {})
    }
    case 'reported':
      return closeLostCalls(services)
    case 'practiceDue':
      ringPractice(services, null)
      return
    default:
      return assertNever(event, 'telephone event')
  }
}

/**
 * Joins the telephone to the office: what it reports becomes facts in the log, and the pages hear of
 * each after its commit.
 * @returns a function that stops listening
 */
export function hearPhone(services: Services): () => void {
  const stop = services.phone.listen((event) => {
    try {
      hear(services, event)
    } catch (error) {
      services.log.error('phone.event', { kind: event.kind, ...errorDetails(error) })
    }
  })
  services.phone.send({ kind: 'report' })
  return stop
}
