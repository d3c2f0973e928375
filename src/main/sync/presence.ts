import type { PresentPerson, UpMessage } from '../../shared/sync/protocol.ts'
import type { Viewing } from './port.ts'

type Said = Extract<UpMessage, { t: 'presence' }>['people']

/** Most people who are told of at once; a workstation has a few pages. */
const MOST = 50

/** Who is at this workstation's pages, and who is at the others'. */
export class Presence {
  readonly #pages = new Map<string, Viewing>()
  #others: readonly PresentPerson[] = []

  /** @returns whether that is news */
  at(viewing: Viewing): boolean {
    const before = this.#pages.get(viewing.clientId)
    if (before?.userId === viewing.userId && before.record?.kind === viewing.record?.kind && before.record?.id === viewing.record?.id) return false
    // The newest is last: it is where a person with two pages is.
    this.#pages.delete(viewing.clientId)
    this.#pages.set(viewing.clientId, viewing)
    return true
  }

  /** A page was closed. @returns whether that is news */
  left(clientId: string): boolean {
    return this.#pages.delete(clientId)
  }

  here(): Said {
    const people = new Map<string, Said[number]>()
    for (const { userId, record } of this.#pages.values()) {
      if (userId === null) continue
      people.set(userId, { userId, state: 'here', record: record && { ...record } })
    }
    return [...people.values()].slice(-MOST)
  }

  heard(people: readonly PresentPerson[]): void {
    this.#others = people
  }

  others(deviceId: string): readonly PresentPerson[] {
    return this.#others.filter((person) => person.deviceId !== deviceId)
  }
}
