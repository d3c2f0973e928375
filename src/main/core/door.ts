import { PROTOCOL_VERSION, type ContractError } from '../../shared/contract/frames.ts'
import type { EventPayload } from '../../shared/contract/events.ts'
import type { Room } from './practiceRooms.ts'
import { type HostedTransport, hostedTransport, type Transport } from './transport.ts'

/** Serves a page until its transport closes. */
export type Serve = (transport: Transport, trustedAs?: string) => void

interface DoorParts {
  readonly office: Serve
  readonly room: (ticket: string) => Room | undefined
  readonly version: string
}

const OVER: ContractError = { code: 'practice.over', message: 'This exercise is over. Back to the office.' }

interface Greeting {
  readonly clientId: string
  readonly room: string | undefined
}

/** The parts of a hello that say where a page wants to go; everything else is the router’s to judge. */
function greetingIn(frame: unknown): Greeting | undefined {
  if (typeof frame !== 'object' || frame === null || !('t' in frame) || frame.t !== 'hello') return undefined
  const { clientId, room } = frame as { readonly clientId?: unknown; readonly room?: unknown }
  return typeof clientId === 'string' ? { clientId, room: typeof room === 'string' ? room : undefined } : undefined
}

const isLock = (frame: unknown): frame is { readonly input?: unknown } => typeof frame === 'object' && frame !== null && 'method' in frame && frame.method === 'session.lock'

/** One page, wherever it is now: in the office, or in a practice room with an ear in the office. */
class Visitor {
  readonly #transport: Transport
  readonly #parts: DoorParts
  readonly #trustedAs: string | undefined
  /** The end that the page is served through. */
  #inside: HostedTransport | null = null
  /** While the page practises: its end in the office, where the telephone goes on ringing. */
  #ear: HostedTransport | null = null
  #place: string | null = null

  constructor(transport: Transport, trustedAs: string | undefined, parts: DoorParts) {
    this.#transport = transport
    this.#trustedAs = trustedAs
    this.#parts = parts
    transport.onFrame((frame) => this.#arrived(frame))
    transport.onClose(() => this.#left())
  }

  #arrived(frame: unknown): void {
    const greeting = greetingIn(frame)
    const place = greeting?.room ?? 'office'
    if (greeting && place !== this.#place) {
      this.#left()
      if (greeting.room === undefined) this.#enterOffice()
      else if (!this.#enterRoom(greeting, greeting.room)) return
      this.#place = place
    }
    if (!this.#inside) this.#enterOffice()
    // Who locks the page in a room has locked it in the office too.
    if (isLock(frame)) this.#ear?.arrive({ t: 'req', id: 1, method: 'session.lock', input: frame.input })
    this.#inside?.arrive(frame)
  }

  #enterOffice(): void {
    const inside = this.#wire()
    this.#inside = inside
    this.#parts.office(inside, this.#trustedAs)
  }

  #enterRoom(greeting: Greeting, ticket: string): boolean {
    const room = this.#parts.room(ticket)
    if (!room) {
      this.#transport.send({ t: 'hello', protocol: PROTOCOL_VERSION, version: this.#parts.version, startupError: OVER })
      return false
    }
    const inside = this.#wire()
    this.#inside = inside
    room.backend.connect(inside, room.trainee.userId)
    this.#listenIn(greeting.clientId)
    // The caller rings once the page is there to hear it.
    setImmediate(() => room.ring())
    return true
  }

  /** Real calls ring on while somebody practises: the page is told, so that nobody is forgotten. */
  #listenIn(clientId: string): void {
    const ear = hostedTransport(
      (frame) => {
        if (frame.t !== 'evt' || frame.name !== 'phone') return
        const { callId, state, lineName, direction, blocked } = frame.payload as EventPayload<'phone'>
        if (direction === 'in' && !blocked) this.#transport.send({ t: 'evt', name: 'officeCall', payload: { callId, lineName, ringing: state === 'ringing' } })
      },
      () => this.#transport.close(),
    )
    this.#ear = ear
    this.#parts.office(ear)
    ear.arrive({ t: 'hello', protocol: PROTOCOL_VERSION, clientId })
  }

  #wire(): HostedTransport {
    return hostedTransport(
      (frame) => this.#transport.send(frame),
      () => this.#transport.close(),
    )
  }

  #left(): void {
    this.#inside?.gone()
    this.#ear?.gone()
    this.#inside = null
    this.#ear = null
    this.#place = null
  }
}

/** Lets each page into the office, or into the practice room whose ticket it shows. */
export function createDoor(parts: DoorParts): Serve {
  return (transport, trustedAs) => void new Visitor(transport, trustedAs, parts)
}
