import { HOUR, MINUTE } from '../../../src/shared/base/time.ts'
import { CALL_KINDS } from '../../../src/shared/domain/calls/kinds.ts'
import { END_CAUSES } from '../../../src/shared/domain/calls/legs.ts'
import { type Call, callTable, knownNumberTable } from '../../../src/shared/domain/calls/tables.ts'
import { contactMethodTable, customerTable, locationTable } from '../../../src/shared/domain/customers/tables.ts'
import { SYSTEM_ACTOR } from '../../../src/shared/domain/people/permissions.ts'
import { technicianTable, userTable } from '../../../src/shared/domain/people/tables.ts'
import type { Generator, World } from '../world.ts'

const WRONG = 0.15
const LINES = ['HVAC line', 'Plumbing line', 'Electrical line'] as const
const REASONS = ['Wants to ask her husband', 'Too expensive', 'Outside our area \u{1F6B1}', 'Solicitor', '  '] as const

type Identity = Pick<Call, 'externalId' | 'direction' | 'lineName' | 'lineNumber' | 'fromNumber' | 'offeredAt' | 'practice'>

const identityOf = ({ externalId, direction, lineName, lineNumber, fromNumber, offeredAt, practice }: Call): Identity => ({
  externalId,
  direction,
  lineName,
  lineNumber,
  fromNumber,
  offeredAt,
  practice,
})

const strangersNumber = ({ random }: World): string => `+1555014${String(random.below(10_000)).padStart(4, '0')}`

/** A customer's number, a vendor's, a stranger's, or none at all. */
function callerNumber(world: World): string | null {
  const { rows, random } = world
  if (random.chance(0.1)) return null
  if (random.chance(0.1)) return random.pick(rows(knownNumberTable))?.number ?? strangersNumber(world)
  const known = random.pick(rows(contactMethodTable).filter((method) => method.kind === 'phone'))
  return known && random.chance(0.7) ? known.value : strangersNumber(world)
}

function newCall(world: World): Identity {
  const { random, at } = world
  return {
    externalId: `${random.chance(0.2) ? 'practice' : 'sip'}:${random.id()}`,
    direction: random.chance(0.9) ? 'in' : 'out',
    lineName: random.pick(LINES) ?? '',
    lineNumber: '+15550142000',
    fromNumber: callerNumber(world),
    offeredAt: at - random.below(30_000),
    practice: random.chance(0.2),
  }
}

/** A call that the office has heard of, or one whose first report was lost. */
function someCall(world: World, wanted: (call: Call) => boolean): Identity {
  const known = world.random.pick(world.rows(callTable).filter(wanted))
  return known && world.random.chance(0.85) ? identityOf(known) : newCall(world)
}

/** Mostly somebody of the office; now and then nobody, or somebody who is not there any more. */
const someAgent = ({ rows, random }: World): string | null => (random.chance(0.9) ? (random.pick(rows(userTable))?.id ?? null) : random.chance(0.5) ? random.id() : null)

/** Who dialled, for whom, and which call is returned: mostly one that is owed. */
function whyDialled(world: World) {
  const { random, rows } = world
  const owed = random.pick(rows(callTable).filter(({ followUp }) => followUp === 'owed'))
  return { agentId: someAgent(world), customerId: random.chance(0.3) ? (random.pick(rows(customerTable))?.id ?? null) : null, returnsCallId: random.chance(0.1) ? random.id() : random.chance(0.5) ? (owed?.id ?? null) : null }
}

const offered: Generator = {
  command: 'call.offered',
  propose: (world) => {
    const again = world.random.chance(0.15) ? world.random.pick(world.rows(callTable)) : undefined
    const call = again ? identityOf(again) : newCall(world)
    const input = call.direction === 'out' ? { ...call, ...whyDialled(world) } : call
    return { actorId: SYSTEM_ACTOR, input: world.random.chance(WRONG) ? { ...input, fromNumber: 'Anonymous' } : input }
  },
}

const answered: Generator = {
  command: 'call.answered',
  propose: (world) => {
    const call = someCall(world, (candidate) => candidate.answeredAt === null)
    const ringMs = world.random.below(40_000)
    const input = { ...call, ringMs, answeredAt: call.offeredAt + ringMs, agentId: someAgent(world) }
    return { actorId: SYSTEM_ACTOR, input: world.random.chance(WRONG) ? { ...input, ringMs: -1 } : input }
  },
}

const ended: Generator = {
  command: 'call.ended',
  propose: (world) => {
    const { random } = world
    const call = someCall(world, (candidate) => candidate.endedAt === null)
    const known = world.rows(callTable).find((candidate) => candidate.externalId === call.externalId)
    const talkMs = random.below(200_000)
    const answeredAt = known?.answeredAt ?? null
    const input = {
      ...call,
      ringMs: known?.ringMs ?? random.below(60_000),
      answeredAt,
      agentId: known?.agentId ?? null,
      endedAt: (answeredAt ?? call.offeredAt) + talkMs,
      talkMs: answeredAt === null ? 0 : talkMs,
      endCause: random.pick(END_CAUSES),
      leftBy: random.chance(0.2) ? (known?.transferredBy ?? null) : null,
    }
    return { actorId: SYSTEM_ACTOR, input: random.chance(WRONG) ? { ...input, endCause: 'fell asleep' } : input }
  },
}

/** Mostly somebody who talks and is put through; now and then a call of which nothing else was heard. */
const transferred: Generator = {
  command: 'call.transferred',
  propose: (world) => {
    const { random, rows } = world
    const call = someCall(world, (candidate) => candidate.state === 'live')
    const known = rows(callTable).find((candidate) => candidate.externalId === call.externalId)
    const ringMs = known?.ringMs ?? random.below(40_000)
    const answeredAt = known?.answeredAt ?? call.offeredAt + ringMs
    const input = { ...call, ringMs, answeredAt, agentId: someAgent(world), transferredAt: answeredAt + random.below(300_000), transferredBy: known?.agentId ?? random.id() }
    return { actorId: SYSTEM_ACTOR, input: random.chance(WRONG) ? { ...input, transferredBy: 'Kim' } : input }
  },
}

const voicemailLeft: Generator = {
  command: 'call.voicemailLeft',
  propose: (world) => {
    const { random } = world
    const call = someCall(world, (candidate) => candidate.answeredAt === null && candidate.voicemailAt === null)
    const input = { ...call, voicemailAt: call.offeredAt + random.below(120_000), voicemailSeconds: random.below(180), voicemailRecording: random.chance(0.5) ? `vm/${random.id()}.wav` : null }
    return { actorId: SYSTEM_ACTOR, input: random.chance(WRONG) ? { ...input, voicemailSeconds: -1 } : input }
  },
}

const link: Generator = {
  command: 'call.link',
  propose: (world) => {
    const { random } = world
    const call = random.pick(world.rows(callTable).filter((candidate) => candidate.jobId === null))
    if (!call) return undefined
    const customer = random.pick(world.rows(customerTable))
    const theirs = world.rows(locationTable).filter((location) => location.customerId === customer?.id)
    const location = random.pick(random.chance(WRONG) ? world.rows(locationTable) : theirs)
    if (random.chance(0.1)) return { input: { callId: call.id, customerId: null, locationId: null } }
    return { input: { callId: call.id, customerId: random.chance(WRONG / 2) ? random.id() : (customer?.id ?? null), locationId: customer ? (location?.id ?? null) : null } }
  },
}

const note: Generator = {
  command: 'call.note',
  propose: ({ rows, random }) => {
    const call = random.pick(rows(callTable))
    if (!call) return undefined
    return {
      input: {
        callId: random.chance(WRONG / 2) ? random.id() : call.id,
        callerName: random.pick(['Priya', 'Ada O\u0027Neil', '']),
        notes: random.chance(WRONG / 2) ? 'x'.repeat(4_100) : 'Upstairs not cooling\u0000, since last night.',
      },
    }
  },
}

const conclude: Generator = {
  command: 'call.conclude',
  propose: (world) => {
    const { random, at } = world
    const call = random.pick(world.rows(callTable))
    if (!call) return undefined
    const fitting = call.jobId !== null ? ['booked'] : call.answeredAt === null ? ['abandoned', 'excused', 'notLead'] : ['unbooked', 'excused', 'notLead']
    const outcome = random.pick(random.chance(WRONG) ? ['booked', 'abandoned', 'unbooked'] : fitting)
    return {
      input: {
        callId: call.id,
        outcome,
        reason: random.pick(REASONS),
        callBackBy: random.chance(0.5) ? null : random.chance(WRONG) ? at - MINUTE : at + random.below(24) * HOUR + MINUTE,
        callBackNumber: random.chance(0.2) ? '+15550149999' : null,
        callerName: '',
        notes: '',
      },
    }
  },
}

const setKind: Generator = {
  command: 'call.setKind',
  propose: ({ rows, random }) => {
    const call = random.pick(rows(callTable))
    if (!call) return undefined
    return { input: { callId: random.chance(WRONG) ? random.id() : call.id, kind: random.chance(0.1) ? null : random.pick(CALL_KINDS) } }
  },
}

const logByHand: Generator = {
  command: 'call.logByHand',
  propose: (world) => {
    const { random, rows, at } = world
    const fromNumber = callerNumber(world)
    return {
      input: {
        id: random.chance(0.05) ? (random.pick(rows(callTable))?.id ?? random.id()) : random.id(),
        callerName: random.chance(WRONG) ? '' : 'Priya',
        fromNumber,
        notes: random.chance(WRONG / 2) ? ' ' : 'No heat upstairs',
        at: random.chance(WRONG / 2) ? at + HOUR : at - random.below(3) * HOUR,
        lineName: random.pick(LINES) ?? '',
        lineNumber: '',
        customerId: random.chance(0.3) ? (random.pick(rows(customerTable))?.id ?? null) : null,
        callBackBy: random.chance(0.5) ? null : at + HOUR,
        // Whoever was not talked with must be reachable.
        answered: random.chance(fromNumber === null ? 1 - WRONG / 2 : 0.7),
      },
    }
  },
}

/** A number nobody has, now and then a customer's: that one must be refused. */
function numberToKeep(world: World): string {
  const { rows, random } = world
  const customers = rows(contactMethodTable).filter((method) => method.kind === 'phone')
  return (random.chance(WRONG) ? random.pick(customers)?.value : undefined) ?? strangersNumber(world)
}

const remember: Generator = {
  command: 'number.remember',
  propose: (world) => {
    const { random } = world
    const technician = random.chance(0.3) ? random.pick(world.rows(technicianTable)) : undefined
    return {
      input: {
        number: numberToKeep(world),
        kind: technician && !random.chance(WRONG) ? 'technician' : 'vendor',
        name: technician?.name ?? random.pick(['Keystone Supply', 'Ferguson\u2019s counter', ' ']),
        note: '',
        technicianId: technician?.id ?? null,
      },
    }
  },
}

const block: Generator = {
  command: 'number.block',
  propose: (world) => ({ input: { number: numberToKeep(world), note: world.random.chance(0.5) ? 'Sells warranties' : '' } }),
}

const forget: Generator = {
  command: 'number.forget',
  propose: (world) => {
    const known = world.random.pick(world.rows(knownNumberTable))
    if (!known) return undefined
    return { input: { number: world.random.chance(WRONG) ? strangersNumber(world) : known.number } }
  },
}

export const callsGenerators: readonly Generator[] = [offered, answered, ended, transferred, voicemailLeft, link, note, conclude, setKind, logByHand, remember, block, forget]
