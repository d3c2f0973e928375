import type { MediaOrder } from '../../../src/shared/contract/media.ts'
import type { MediaBridge, MediaConnection } from '../../../src/main/phone/sip/mediaBridge.ts'
import { ANY_SDP } from './sipOffice.ts'

/** A media page that does whatever it is told to connections it has made, and hears nothing. */
export class SilentPage {
  /** What it was told, connections' operations by their kind. */
  readonly orders: string[] = []
  /** The code it was sent away with; null while it was not. */
  closedWith: number | null = null
  readonly #connection: MediaConnection
  readonly #made = new Set<number>()

  constructor(bridge: MediaBridge, ifFree = false) {
    this.#connection = bridge.attach({ send: (text) => this.#obey(JSON.parse(text) as MediaOrder), close: (code) => (this.closedWith = code ?? 0) }, ifFree)
    this.#say({ t: 'audio', status: 'ready', reason: '' })
  }

  /** As when it is loaded anew, or its window crashes. */
  gone(): void {
    this.#connection.gone()
  }

  #obey(order: MediaOrder): void {
    if (order.t !== 'op') {
      this.orders.push(order.t === 'ring' || order.t === 'ringback' ? `${order.t} ${order.on}` : order.t)
      return
    }
    const { call, pc, op } = order
    this.orders.push(op.kind)
    if (op.kind === 'create') this.#made.add(pc)
    if (!this.#made.has(pc)) return queueMicrotask(() => this.#say({ t: 'failed', call, reason: 'No such connection' }))
    const describes = op.kind === 'offer' || op.kind === 'answer'
    const signaling = op.kind === 'setLocal' && op.description.type === 'offer' ? 'have-local-offer' : op.kind === 'setRemote' && op.description.type === 'offer' ? 'have-remote-offer' : 'stable'
    const local = op.kind === 'setLocal' ? op.description : null
    const state = op.kind === 'setLocal' || op.kind === 'setRemote' || op.kind === 'create' ? { ice: 'connected', signaling, local } : null
    queueMicrotask(() => this.#say({ t: 'done', call, state, description: describes ? { type: op.kind, sdp: ANY_SDP } : null, figures: null }))
  }

  #say(news: object): void {
    this.#connection.arrive(JSON.stringify(news))
  }
}
