import type { WebSocket } from 'ws'
import type { DownMessage } from '../../../shared/sync/protocol.ts'
import { positionPage } from './pageText.ts'

/** What a workstation may leave unread before its stream is dropped. */
export const MOST_UNREAD_BYTES = 4 * 1024 * 1024

/**
 * What goes down to one workstation. Where it reads more slowly than the feed grows, the stream is dropped: once it has
 * read what is on its way it is told where the feed is, finds a hole, and pulls at its own pace.
 */
export class Outbound {
  readonly #socket: WebSocket
  readonly #mostUnread: number
  readonly #onSlow: () => void
  #position: number
  /** Since when it has been behind (performance.now()); null where it is not. */
  #behindSince: number | null = null

  /** @param position where the feed is as far as the workstation was told */
  constructor(socket: WebSocket, position: number, onSlow: () => void, mostUnread: number = MOST_UNREAD_BYTES) {
    this.#socket = socket
    this.#position = position
    this.#onSlow = onSlow
    this.#mostUnread = mostUnread
  }

  get behindSince(): number | null {
    return this.#behindSince
  }

  say(message: DownMessage): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(JSON.stringify(message))
  }

  /** Sends and waits until the system has taken it, so that a slow reader is asked for no more than it reads. */
  sayAndWait(text: string): Promise<void> {
    return new Promise((resolve) => {
      if (this.#socket.readyState !== this.#socket.OPEN) resolve()
      else this.#socket.send(text, () => resolve())
    })
  }

  /** Sends what can also be left out, because there will be newer: who is where. */
  mention(text: Buffer): void {
    if (this.#socket.readyState === this.#socket.OPEN && !this.#isFull()) this.#socket.send(text, { binary: false })
  }

  #isFull(): boolean {
    return this.#socket.bufferedAmount > this.#mostUnread
  }

  /** Sends pages of the stream, whose last one ends at `upTo`. */
  stream(pages: readonly Buffer[], upTo: number): void {
    this.#position = upTo
    if (this.#behindSince !== null || this.#socket.readyState !== this.#socket.OPEN) return
    for (const page of pages) {
      if (this.#isFull()) return this.#fallBehind()
      this.#socket.send(page, { binary: false })
    }
  }

  #fallBehind(): void {
    this.#behindSince = performance.now()
    this.#onSlow()
    this.#tellPosition()
  }

  /** Comes after all that is unread; when it is read, so is the rest. */
  #tellPosition(): void {
    const told = this.#position
    this.#socket.send(positionPage(told), { binary: false }, (error) => {
      if (error) return
      if (this.#position > told) return this.#tellPosition()
      this.#behindSince = null
    })
  }

  /** Tells where the feed is; a workstation that has less pulls. */
  nudge(position: number): void {
    this.#position = position
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(positionPage(position), { binary: false })
  }

  close(code: number, reason: string): void {
    this.#socket.close(code, reason)
  }
}
