import type { HubDevice } from '../../../src/hub/core/hubStore.ts'
import { clearedEntry } from '../../../src/shared/sync/clearance.ts'
import type { DownMessage, FeedEntry, UpMessage } from '../../../src/shared/sync/protocol.ts'
import type { HubEnd, WireOffice } from './wireOffice.ts'

/** A peer that says nothing for so long is dropped; ticks. */
const SILENCE = 60

interface Peer {
  say(message: DownMessage): void
  hangUp(): void
}

/** The hub's end of a line: it answers what is asked and streams the feed as it grows. */
export class HubLine implements HubEnd {
  readonly #office: WireOffice
  readonly #device: HubDevice
  readonly #peer: Peer
  #greeted = false
  #open = true
  #heardAt: number

  constructor(office: WireOffice, device: HubDevice, peer: Peer) {
    this.#office = office
    this.#device = device
    this.#peer = peer
    this.#heardAt = office.messages.tick
    office.hub.lines.add(this)
  }

  hear(message: UpMessage): void {
    if (!this.#open) return
    this.#heardAt = this.#office.messages.tick
    this.#office.atHub(() => this.#answer(message))
  }

  async #answer(message: UpMessage): Promise<void> {
    const { hub, broken, random, calm } = this.#office
    const { id } = this.#device
    switch (message.t) {
      case 'hello':
        return this.#welcome()
      case 'push': {
        const answer = await hub.push(id, message.commands)
        const said = answer.kind === 'done' && broken?.acknowledged ? { ...answer, acknowledged: broken.acknowledged(answer.acknowledged) } : answer
        return this.#say({ t: 'pushed', n: message.n, answer: said })
      }
      case 'pull': {
        const limit = calm ? 500 : 1 + random.below(60)
        return this.#say({ t: 'pulled', n: message.n, answer: await hub.pull(id, message.epoch, message.after, limit) })
      }
      case 'ping':
        return this.#say({ t: 'pong' })
      case 'presence':
      case 'lease':
        return
    }
  }

  #say(message: DownMessage): void {
    if (this.#open) this.#peer.say(message)
  }

  async #welcome(): Promise<void> {
    const { hub, clockwork } = this.#office
    const device = await hub.device(this.#device.id)
    if (!device || device.revokedAt !== null) return this.#revoked()
    const { epoch, seq, feedFloor, epochSeq, recoveringUntil } = await hub.company()
    this.#say({ t: 'welcome', companyId: hub.companyId, hubVersion: 'simulated', at: clockwork.now, position: { epoch, seq, feedFloor, epochSeq }, recovering: recoveringUntil !== null, lastWsSeq: device.lastWsSeq })
    this.#greeted = true
  }

  stream(entries: readonly FeedEntry[]): void {
    const [first, last] = [entries[0], entries.at(-1)]
    if (!this.#greeted || !first || !last) return
    const { clearances } = this.#device
    this.#say({ t: 'page', page: { after: first.seq - 1, upTo: last.seq, entries: entries.map((entry) => clearedEntry(entry, clearances)) } })
  }

  cutRevoked(deviceId: string): void {
    if (deviceId === this.#device.id) this.#revoked()
  }

  #revoked(): void {
    this.#say({ t: 'revoked' })
    this.gone()
    this.#peer.hangUp()
  }

  sweep(): void {
    if (this.#office.messages.tick - this.#heardAt <= SILENCE) return
    this.gone()
    this.#peer.hangUp()
  }

  /** The other end may hear of it. */
  fell(): void {
    this.gone()
    if (this.#office.random.chance(0.9)) this.#peer.hangUp()
  }

  gone(): void {
    this.#open = false
    this.#office.hub.lines.delete(this)
  }
}
