import type { CallPresence, DeviceName, PresentPerson, UpMessage } from '../../shared/sync/protocol.ts'
import type { Speaker, Viewing, ViewedRecord } from './port.ts'

type Said = Extract<UpMessage, { t: 'presence' }>['people']

/** What the hub tells: who is where, and what workstations are called that were not named here before. */
export interface PresenceHeard {
  readonly people: readonly PresentPerson[]
  readonly devices: readonly DeviceName[]
}

/** Most people who are told of at once; a workstation has a few pages. */
const MOST = 50

interface OpenPage {
  readonly userId: string
  readonly locked: boolean
  readonly record: ViewedRecord | null
}

const same = (one: OpenPage, other: OpenPage): boolean =>
  one.userId === other.userId && one.locked === other.locked && one.record?.kind === other.record?.kind && one.record?.id === other.record?.id

/** Who is at this workstation's pages and on its telephone, and who is at the others'. */
export class Presence {
  readonly #pages = new Map<string, OpenPage>()
  readonly #deviceNames = new Map<string, string>()
  #onCall: ReadonlyMap<string, CallPresence> = new Map()
  #everybody: readonly PresentPerson[] = []

  /** A page shows another record. @returns whether that is news */
  at({ clientId, userId, record }: Viewing): boolean {
    return userId !== null && this.#put(clientId, { userId, locked: false, record })
  }

  /** Somebody signed in at a page, or locked it: whoever comes back to it finds what was open. @returns whether that is news */
  signedIn(clientId: string, userId: string | null): boolean {
    const before = this.#pages.get(clientId)
    if (userId === null) return before !== undefined && this.#put(clientId, { ...before, locked: true })
    return this.#put(clientId, { userId, locked: false, record: before?.userId === userId ? before.record : null })
  }

  #put(clientId: string, page: OpenPage): boolean {
    const before = this.#pages.get(clientId)
    if (before && same(before, page)) return false
    // The newest is last: it is where a person with two pages is.
    this.#pages.delete(clientId)
    this.#pages.set(clientId, page)
    return true
  }

  /** What this workstation's telephone does, and for whom; of two calls of one person the one that is talked on counts. @returns whether that is news */
  speaking(speakers: readonly Speaker[]): boolean {
    const rank = { talking: 0, holding: 1, ringing: 2 } as const
    const sorted = [...speakers].sort((one, other) => rank[other.state] - rank[one.state] || other.since - one.since)
    const now = new Map(sorted.map(({ userId, state, since }) => [userId, { state, since: Math.max(0, Math.round(since)) }]))
    if (JSON.stringify([...now].sort()) === JSON.stringify([...this.#onCall].sort())) return false
    this.#onCall = now
    return true
  }

  /** A page was closed. @returns whether that is news */
  left(clientId: string): boolean {
    return this.#pages.delete(clientId)
  }

  /** Nobody is at any page: the people are others. */
  leftAll(): void {
    this.#pages.clear()
  }

  here(): Said {
    const people = new Map<string, Said[number]>()
    for (const { userId, locked, record } of this.#pages.values()) {
      // Whoever has locked one of two pages is at the other.
      if (locked && people.has(userId)) continue
      people.set(userId, { userId, state: locked ? 'locked' : 'here', record: record && { ...record } })
    }
    for (const [userId, call] of this.#onCall) {
      const page = people.get(userId)
      // A telephone that only rings makes nobody busy.
      people.set(userId, { userId, state: call.state === 'ringing' ? (page?.state ?? 'locked') : 'onCall', record: page?.record ?? null, call: { ...call } })
    }
    return [...people.values()].slice(-MOST)
  }

  heard({ people, devices }: PresenceHeard): void {
    this.#everybody = people
    for (const { deviceId, name } of devices) this.named(deviceId, name)
  }

  /** Whether the hub's last word on this workstation says what is so. */
  isKnownAs(deviceId: string): boolean {
    const known = this.#everybody.filter((person) => person.deviceId === deviceId)
    const texts = (people: Said): string => JSON.stringify(people.map(({ userId, state, record, call }) => [userId, state, record?.kind, record?.id, call?.state, call?.since]))
    return texts(known) === texts(this.here())
  }

  named(deviceId: string, name: string): void {
    this.#deviceNames.set(deviceId, name)
  }

  /** What the office calls a workstation; null where that was not heard here. */
  nameOf(deviceId: string): string | null {
    return this.#deviceNames.get(deviceId) ?? null
  }

  others(deviceId: string): readonly PresentPerson[] {
    return this.#everybody.filter((person) => person.deviceId !== deviceId)
  }
}
