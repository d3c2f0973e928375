import { HOUR, MINUTE } from '../../../src/shared/base/time.ts'
import { callTable } from '../../../src/shared/domain/calls/tables.ts'
import { businessUnitTable, userTable } from '../../../src/shared/domain/people/tables.ts'
import { ROLES, SYSTEM_ACTOR } from '../../../src/shared/domain/people/permissions.ts'
import { LINE_PURPOSES, phoneExtensionTable, phoneLineTable, phoneOutageTable, WORK_STATUSES, workStatusTable } from '../../../src/shared/domain/phone/tables.ts'
import type { Generator, World } from '../world.ts'

const WRONG = 0.15
const SKILLS = ['Sales', 'Spanish', 'Commercial'] as const

const someSkills = ({ random }: World): readonly string[] => SKILLS.filter(() => random.chance(0.3))

const saveLine: Generator = {
  command: 'phoneLine.save',
  propose: (world) => {
    const { random, rows } = world
    const lines = rows(phoneLineTable)
    const known = random.chance(0.5) ? random.pick(lines) : undefined
    const taken = random.chance(WRONG) ? random.pick(lines)?.number : undefined
    const number = taken ?? known?.number ?? `+1555014${String(2000 + random.below(900))}`
    return {
      input: {
        id: known?.id ?? random.id(),
        number,
        name: random.pick(['Copper Ridge HVAC', 'Copper Ridge Estimates', 'Brightwater Plumbing']),
        businessUnitId: random.chance(0.5) ? null : random.chance(WRONG) ? random.id() : (random.pick(rows(businessUnitTable))?.id ?? null),
        purpose: random.pick(LINE_PURPOSES),
        skills: someSkills(world),
        roles: random.chance(0.3) ? [random.pick(ROLES)] : [],
        firstSeconds: random.chance(0.5) ? null : random.below(60),
        backupNumber: random.chance(0.5) ? '' : '+15550149000',
        ringLimitSeconds: random.chance(0.7) ? null : random.chance(WRONG) ? 3 : 24,
        hours: random.chance(0.5) ? [] : [1, 2, 3, 4, 5].map((weekday) => ({ weekday, opensAt: 7 * 60, closesAt: 18 * 60 })),
        consentText: '',
        recordingDays: null,
        position: random.below(9),
        active: random.chance(0.9),
      },
    }
  },
}

const saveExtension: Generator = {
  command: 'phoneExtension.save',
  propose: (world) => {
    const { random, rows } = world
    const person = random.pick(rows(userTable))
    if (!person) return undefined
    const taken = random.chance(WRONG) ? random.pick(rows(phoneExtensionTable))?.extension : undefined
    return {
      input: {
        userId: random.chance(WRONG / 3) ? random.id() : person.id,
        extension: taken ?? (random.chance(0.2) ? null : String(100 + random.below(900))),
        groups: random.chance(0.5) ? ['Dispatch'] : [],
        skills: someSkills(world),
      },
    }
  },
}

const configure: Generator = {
  command: 'phoneRules.configure',
  propose: ({ random }) => ({
    input: { set: random.chance(0.5) ? { wrapUpSeconds: random.chance(WRONG) ? 9_000 : random.below(300) } : { firstSeconds: random.below(60), recordingDays: 1 + random.below(400), backupNumber: random.chance(0.5) ? '' : '+15550149000' } },
  }),
}

/** Somebody says it of themselves, the telephone of who has hung up; now and then somebody of another, late, or of a stranger. */
const enter: Generator = {
  command: 'status.enter',
  propose: ({ random, rows, at }) => {
    const person = random.pick(rows(userTable).filter((user) => user.presence !== 'left'))
    if (!person) return undefined
    const call = random.pick(rows(callTable))
    const wrapsUp = random.chance(0.4) && call !== undefined
    const standing = rows(workStatusTable).find(({ userId }) => userId === person.id)
    const over = standing?.status === 'wrapUp' && random.chance(0.5)
    const status = over ? 'available' : wrapsUp ? 'wrapUp' : random.pick(WORK_STATUSES)
    const telephone = over || wrapsUp
    return {
      actorId: telephone ? SYSTEM_ACTOR : random.chance(WRONG) ? (random.pick(rows(userTable))?.id ?? person.id) : person.id,
      input: {
        userId: random.chance(WRONG / 3) ? random.id() : person.id,
        status,
        callId: over ? standing.callId : wrapsUp ? call.id : null,
        until: wrapsUp && !over ? at + 2 * MINUTE : null,
      },
    }
  },
}

const outageOf = ({ random, rows, at }: World) => {
  const known = random.chance(0.6) ? random.pick(rows(phoneOutageTable)) : undefined
  return known ? { outageId: known.id, account: known.account, reason: known.reason, downAt: known.downAt } : { outageId: random.id(), account: 'Extension 101 at phones.example.com', reason: 'The server does not answer.', downAt: at - random.below(HOUR) }
}

const down: Generator = {
  command: 'phone.down',
  propose: (world) => ({ actorId: SYSTEM_ACTOR, input: { ...outageOf(world), ...(world.random.chance(WRONG) ? { downAt: -1 } : {}) } }),
}

const up: Generator = {
  command: 'phone.up',
  propose: (world) => ({ actorId: SYSTEM_ACTOR, input: { ...outageOf(world), upAt: world.at } }),
}

export const phoneGenerators: readonly Generator[] = [saveLine, saveExtension, configure, enter, down, up]
