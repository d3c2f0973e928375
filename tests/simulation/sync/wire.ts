import { type HubConnection, HubRefused, type HubSession, type HubSocket, HubUnreachable, type SocketListener } from '../../../src/main/sync/hubConnection.ts'
import type { HubDevice } from '../../../src/hub/core/hubStore.ts'
import type { DownMessage, PushAnswer, UpMessage } from '../../../src/shared/sync/protocol.ts'
import { HubLine } from './hubLine.ts'
import { wired } from './wired.ts'
import type { WireOffice } from './wireOffice.ts'
import type { Direction, Weather } from './weather.ts'

/** After how many ticks at most somebody notices that a line is broken. */
const NOTICED_WITHIN = 25

/** Whose wire it is. */
interface WirePlace {
  readonly device: HubDevice
  readonly schema: number
  readonly weather: Weather
  /** The hub's answer to a push has arrived. */
  readonly answered: (answer: PushAnswer) => void
}

/** Nobody asks for it in an office that is enrolled. */
const notAsked = (): Promise<never> => Promise.reject(new HubRefused(400, 'simulator', 'This is not played here.'))

/** One socket, from both its ends: each message takes the weather's way, and what was lost breaks its direction for good. */
class Socket implements HubSocket {
  readonly #wire: Wire
  readonly #listener: SocketListener
  readonly #hub: HubLine
  readonly #lost: Record<Direction, boolean> = { up: false, down: false }
  /** The workstation knows of it only once it was told that it is open. */
  #known = false
  #open = true

  constructor(wire: Wire, listener: SocketListener) {
    this.#wire = wire
    this.#listener = listener
    this.#hub = new HubLine(wire.office, wire.place.device, { say: (message) => this.#down(message), hangUp: () => this.#noticed(2) })
  }

  /** Where it broke meanwhile, the workstation hears of that at once. */
  known(): void {
    this.#known = true
    if (!this.#open) this.#wire.office.clockwork.soon(() => this.#wire.closed(this.#listener))
  }

  get isBroken(): boolean {
    return this.#open && (this.#lost.up || this.#lost.down)
  }

  send(message: UpMessage): void {
    const sent = wired(message)
    this.#carry('up', () => this.#hub.hear(sent))
  }

  #down(message: DownMessage): void {
    const sent = wired(message)
    this.#carry('down', () => {
      if (this.#open) this.#wire.hear(this.#listener, sent)
    })
  }

  #carry(direction: Direction, deliver: () => void): void {
    const { office, place } = this.#wire
    if (!this.#open || this.#lost[direction]) return
    const delays = place.weather.carry(direction)
    for (const delay of delays) office.messages.after(delay, deliver)
    if (delays.length > 0) return
    this.#lost[direction] = true
    // Or nobody notices, until the silence is too long.
    if (office.random.chance(0.7)) this.#noticed(NOTICED_WITHIN)
  }

  #noticed(within: number): void {
    const { office } = this.#wire
    office.clockwork.after(1000 * (1 + office.random.below(within)), () => this.break())
  }

  /** Both ends hear that it is gone. */
  break(): void {
    this.#hub.gone()
    if (!this.#open) return
    this.#open = false
    if (this.#known) this.#wire.closed(this.#listener)
  }

  /** The workstation hangs up, or is no more; the hub may not hear of it for a while. */
  close(): void {
    if (!this.#open) return
    this.#open = false
    this.#noticed(NOTICED_WITHIN)
  }
}

/** All that one process of a workstation asks of the hub, in the weather of its line. */
export class Wire implements HubConnection {
  readonly office: WireOffice
  readonly place: WirePlace
  #alive = true
  #socket: Socket | null = null

  constructor(office: WireOffice, place: WirePlace) {
    this.office = office
    this.place = place
  }

  /** The process is killed: nothing more reaches it. What it has sent is on its way. */
  kill(): void {
    this.#alive = false
    this.#socket?.close()
  }

  /** The line is mended: whoever still waits for what was lost on it does so no longer. */
  mend(): void {
    if (this.#socket?.isBroken === true) this.#socket.break()
  }

  hear(listener: SocketListener, message: DownMessage): void {
    if (!this.#alive) return
    if (message.t === 'pushed') this.place.answered(message.answer)
    const page = this.office.broken?.page
    listener.message(message.t === 'page' && page ? { ...message, page: page(message.page) } : message)
  }

  closed(listener: SocketListener): void {
    if (this.#alive) listener.closed()
  }

  /** A question and its answer beside the line. */
  #ask<T>(question: () => Promise<T>, arrived: (answer: T) => void = () => undefined): Promise<T> {
    const { office } = this
    return new Promise((resolve, reject) => {
      const lost = (): void => office.clockwork.after(1000 * (1 + office.random.below(NOTICED_WITHIN)), () => this.#alive && reject(new HubUnreachable('The line to the hub broke')))
      const carry = (direction: Direction, deliver: () => void): void => {
        const [delay] = this.place.weather.carry(direction)
        if (delay === undefined) lost()
        else office.messages.after(delay, deliver)
      }
      const answer = async (): Promise<void> => {
        try {
          const value = await question()
          carry('down', () => {
            if (!this.#alive) return
            arrived(value)
            resolve(value)
          })
        } catch (error) {
          if (error instanceof HubRefused) return carry('down', () => this.#alive && reject(error))
          lost()
          throw error
        }
      }
      carry('up', () => office.atHub(answer))
    })
  }

  async #admitted(): Promise<void> {
    const device = await this.office.hub.device(this.place.device.id)
    if (!device || device.revokedAt !== null) throw new HubRefused(403, 'device.revoked', 'This workstation was revoked.')
  }

  challenge(): Promise<string> {
    return this.#ask(() => Promise.resolve('challenge'))
  }

  session(): Promise<HubSession> {
    return this.#ask(async () => {
      await this.#admitted()
      return { token: 'token', expiresAt: 0 }
    })
  }

  snapshot() {
    return this.#ask(async () => {
      await this.#admitted()
      return this.office.hub.shelve(this.place.device, this.place.schema)
    })
  }

  snapshotChunk(_token: string, id: string, n: number): Promise<Uint8Array> {
    return this.#ask(async () => {
      await this.#admitted()
      return this.office.hub.chunk(id, n)
    })
  }

  recovered(_token: string, epoch: string): Promise<void> {
    return this.#ask(() => this.office.hub.recovered(this.place.device.id, epoch))
  }

  open(_token: string, listener: SocketListener): Promise<Socket> {
    return this.#ask(
      async () => {
        await this.#admitted()
        return new Socket(this, listener)
      },
      (socket) => {
        socket.known()
        this.#socket = socket
      },
    )
  }

  readonly look = notAsked
  readonly enrol = notAsked
  readonly foundRows = notAsked
  readonly foundingDone = notAsked
  readonly devices = notAsked
  readonly rename = notAsked
  readonly revoke = notAsked
  readonly invite = notAsked

  close(): void {
    this.#socket?.close()
  }
}
