import { callTable } from '../../../src/shared/domain/calls/tables.ts'
import { customerTable } from '../../../src/shared/domain/customers/tables.ts'
import { handedDraftTable, type HandedDraft } from '../../../src/shared/domain/drafts/tables.ts'
import { ROLES } from '../../../src/shared/domain/people/permissions.ts'
import { userTable } from '../../../src/shared/domain/people/tables.ts'
import type { Generator, World } from '../world.ts'

/** One in seven proposals must be refused. */
const WRONG = 0.15

const handOver: Generator = {
  command: 'draft.handOver',
  propose: ({ random, rows }) => {
    const giver = random.pick(rows(userTable).filter((user) => user.presence === 'active'))
    if (!giver) return undefined
    const colleagues = rows(userTable).filter((user) => user.id !== giver.id && (random.chance(WRONG) || user.presence === 'active'))
    const toPerson = random.chance(0.6) ? random.pick(random.chance(WRONG / 2) ? [giver] : colleagues) : undefined
    const call = random.chance(0.6) ? random.pick(rows(callTable)) : undefined
    return {
      actorId: giver.id,
      input: {
        handedId: random.chance(WRONG / 3) ? (random.pick(rows(handedDraftTable))?.id ?? random.id()) : random.id(),
        who: random.pick(['Nora Whitfield', 'New caller', '(555) 014-2210']) ?? 'New caller',
        about: random.chance(0.7) ? 'No cooling upstairs, 3 things left to ask' : '',
        callId: random.chance(WRONG / 3) ? random.id() : (call?.id ?? null),
        customerId: random.chance(0.5) ? (random.pick(rows(customerTable))?.id ?? null) : null,
        body: random.chance(WRONG / 3) ? '[]' : JSON.stringify({ key: 'new', summary: 'No cooling \u{1F321}', lines: [] }),
        note: random.chance(0.3) ? 'She calls back in ten minutes.' : '',
        toUserId: toPerson?.id ?? null,
        toRole: toPerson && random.chance(0.7) ? null : random.chance(WRONG / 3) && !toPerson ? null : (random.pick(ROLES) ?? 'inboundCsr'),
      },
    }
  },
}

/** Mostly one that waits; now and then one that was taken, or was never there. */
function someHanded({ random, rows }: World): HandedDraft | undefined {
  const wrong = random.chance(WRONG / 2)
  return random.pick(rows(handedDraftTable).filter((handed) => (handed.state === 'waiting') !== wrong))
}

const take: Generator = {
  command: 'draft.take',
  propose: (world) => {
    const { random, rows } = world
    const handed = random.chance(0.4) ? someHanded(world) : undefined
    if (!handed) return undefined
    const others = rows(userTable).filter((user) => user.presence !== 'left' && user.id !== handed.fromUserId)
    const actorId = random.chance(WRONG / 2) ? handed.fromUserId : random.pick(others)?.id
    return { ...(actorId ? { actorId } : {}), input: { handedId: random.chance(WRONG / 4) ? random.id() : handed.id } }
  },
}

const takeBack: Generator = {
  command: 'draft.takeBack',
  propose: (world) => {
    const handed = world.random.chance(0.4) ? someHanded(world) : undefined
    return handed && { ...(handed.fromUserId !== null && world.random.chance(0.9) ? { actorId: handed.fromUserId } : {}), input: { handedId: handed.id } }
  },
}

export const draftsGenerators: readonly Generator[] = [handOver, take, takeBack]
