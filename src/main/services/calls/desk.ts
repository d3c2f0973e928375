import type { PhoneDesk } from '../../../shared/contract/methods/calls.ts'
import { all } from '../../../shared/domain/kernel/load.ts'
import { userTable } from '../../../shared/domain/people/tables.ts'
import { phoneExtensionTable } from '../../../shared/domain/phone/tables.ts'
import type { Asked } from '../../core/service.ts'
import { noDial } from './dialling.ts'
import { extensionOf } from './extensions.ts'

/** Who is on a call here or, as far as the hub says, at another workstation. */
function onCall({ liveCalls, hub }: Asked): ReadonlySet<string> {
  const here = liveCalls.all().flatMap(({ call }) => ('agentId' in call && call.agentId !== null ? [call.agentId] : []))
  const elsewhere = hub.present().flatMap(({ userId, state }) => (state === 'onCall' ? [userId] : []))
  return new Set([...here, ...elsewhere])
}

/** Dispatch, Sales: as the office has set it for each telephone, by name. */
function groupsOf({ store }: Asked, reachable: ReadonlySet<string>): readonly { readonly name: string; readonly userIds: string[] }[] {
  const members = new Map<string, string[]>()
  for (const { userId, groups } of store.engine.run(all(phoneExtensionTable))) {
    if (reachable.has(userId)) for (const name of groups) members.set(name, [...(members.get(name) ?? []), userId])
  }
  return [...members].map(([name, userIds]) => ({ name, userIds })).toSorted((one, other) => one.name.localeCompare(other.name))
}

/** The telephone at this desk, and the people a caller can go to: whoever is free first. */
export function deskOf(asked: Asked): PhoneDesk {
  const { liveCalls, store, actorId } = asked
  const busy = onCall(asked)
  const people = store.engine.run(all(userTable)).filter(({ id, presence }) => id !== actorId && presence !== 'left')
  const stateOf = ({ id, presence }: (typeof people)[number]): PhoneDesk['colleagues'][number]['state'] => {
    const extension = extensionOf(asked, id)
    if (presence !== 'active') return 'away'
    return busy.has(id) || (extension !== null && liveCalls.extensions.get(extension) === 'busy') ? 'onCall' : 'free'
  }
  const rank = { free: 0, onCall: 1, away: 2 } as const
  const nameOf = (userId: string | null): string => people.find(({ id }) => id === userId)?.name ?? 'A colleague'
  const rings = liveCalls.all().flatMap(({ call }) => (call.practice && call.state === 'transferring' && call.toAgentId !== null && call.toAgentId !== actorId ? [{ extension: call.toAgentId, name: nameOf(call.toAgentId) }] : []))
  const atExtensions = [...liveCalls.extensions].flatMap(([extension, state]) =>
    state === 'ringing' ? [{ extension, name: people.find(({ id }) => extensionOf(asked, id) === extension)?.name ?? `Extension ${extension}` }] : [],
  )
  return {
    line: liveCalls.line?.status ?? 'none',
    noDial: noDial(asked)?.message ?? null,
    doNotDisturb: liveCalls.line?.doNotDisturb ?? false,
    colleagues: people
      .map((person) => ({ userId: person.id, name: person.name, state: stateOf(person) }))
      .toSorted((left, right) => rank[left.state] - rank[right.state] || left.name.localeCompare(right.name)),
    groups: [...groupsOf(asked, new Set(people.map(({ id }) => id)))],
    ringing: [...rings, ...atExtensions],
  }
}
