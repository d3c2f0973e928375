import type { ExtensionState } from '../port.ts'
import type { AmiMessage } from './amiMessages.ts'

export interface Channel {
  readonly id: string
  readonly name: string
  /** The oldest channel of the same call: what makes a ring group one call. */
  readonly linkedId: string
  /** Whose telephone it is, where it is one of the office; null for a trunk. */
  readonly extension: string | null
  /** The caller’s number as the channel was made with it. */
  readonly number: string
  /** What was dialled when the channel was made. */
  readonly exten: string
  readonly state: string
}

/** So many channels that are gone are remembered, so that what is said of them late makes none new. */
const REMEMBERED = 5_000
const TELEPHONE = /^(?:PJSIP|SIP|IAX2|SCCP|Skinny|DAHDI)\/(\d{2,6})-[0-9a-f]+$/i

const extensionIn = (name: string): string | null => TELEPHONE.exec(name)?.[1] ?? null
const text = (message: AmiMessage, name: string): string => message.get(name) ?? ''

/** Asterisk’s channels as its events tell them. */
export class AmiChannels {
  readonly #channels = new Map<string, Channel>()
  readonly #gone = new Set<string>()

  get(id: string): Channel | undefined {
    return this.#channels.get(id)
  }

  isGone(id: string): boolean {
    return this.#gone.has(id)
  }

  /** Takes in a channel that an event tells of; `prefix` is `dest` for the one that is dialled. */
  learn(message: AmiMessage, prefix: '' | 'dest' = ''): Channel | undefined {
    const id = text(message, `${prefix}uniqueid`)
    if (id === '' || this.#gone.has(id)) return undefined
    const before = this.#channels.get(id)
    const name = text(message, `${prefix}channel`) || (before?.name ?? '')
    const channel: Channel = {
      id,
      name,
      linkedId: text(message, `${prefix}linkedid`) || (before?.linkedId ?? id),
      extension: extensionIn(name),
      number: before?.number || text(message, `${prefix}calleridnum`),
      exten: before?.exten || text(message, `${prefix}exten`),
      state: text(message, `${prefix}channelstatedesc`) || (before?.state ?? ''),
    }
    this.#channels.set(id, channel)
    return channel
  }

  /** @returns what it was, the first time it is told */
  forget(id: string): Channel | undefined {
    const channel = this.#channels.get(id)
    this.#channels.delete(id)
    this.#gone.add(id)
    for (const oldest of this.#gone) {
      if (this.#gone.size <= REMEMBERED) break
      this.#gone.delete(oldest)
    }
    return channel
  }

  /** Begins anew after the server was away. */
  clear(): void {
    this.#channels.clear()
  }

  /** What is on somebody’s telephone, all its channels together. */
  stateOf(extension: string): ExtensionState['state'] {
    const states = [...this.#channels.values()].filter((channel) => channel.extension === extension).map(({ state }) => state)
    if (states.every((state) => state === 'Down')) return 'idle'
    return states.every((state) => state === 'Ringing' || state === 'Down') ? 'ringing' : 'busy'
  }

  extensions(): readonly string[] {
    return [...new Set([...this.#channels.values()].flatMap(({ extension }) => extension ?? []))]
  }

  all(): readonly Channel[] {
    return [...this.#channels.values()]
  }
}
