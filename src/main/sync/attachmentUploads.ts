import type { WaitingAttachments } from '../../shared/contract/methods/attachments.ts'
import { SYSTEM_ACTOR } from '../../shared/domain/people/permissions.ts'
import { errorDetails, type Log } from '../core/log.ts'
import type { CommandRunner } from '../core/runner.ts'
import { ServiceError } from '../core/service.ts'
import type { LocalBlob } from '../store/blobFolder.ts'
import type { Store } from '../store/store.ts'
import type { AskAttachments } from './attachmentConnection.ts'
import type { Retries } from './retries.ts'
import type { Timers } from './timers.ts'

/** What is sent at once, bytes: less on a slow line, so that a command never waits long behind a piece. */
const [SMALLEST_PIECE, LARGEST_PIECE] = [16 * 1024, 256 * 1024]
/** How long a piece should take, about, milliseconds. */
const PIECE_MS = 500

/** How long a file waits that the hub does not know of yet, or that it could not take; milliseconds. */
const ASIDE_MS = 60_000
const FULL_AGAIN_MS = 10 * 60_000
const TOO_MANY_AGAIN_MS = 5000

export const NOTHING_WAITS: WaitingAttachments = { files: 0, bytes: 0, sent: 0, problem: null }

export interface UploadParts {
  readonly store: Store
  readonly runner: Pick<CommandRunner, 'run'>
  readonly log: Log
  readonly timers: Timers
  readonly retries: Retries
  readonly ask: AskAttachments
  /** Whether the line is up. */
  readonly online: () => boolean
  /** What waits is another. */
  readonly changed: () => void
  readonly elapsed: () => number
}

interface Sending extends LocalBlob {
  have: number
  /** Pieces in a row that brought nothing. */
  inVain: number
}

/**
 * Sends attached files that the hub does not have, one at a time, a piece at a time, and never while a command waits to be
 * pushed. How far a file has come is the hub’s to say, so that nothing is sent twice after a kill.
 */
export class AttachmentUploads {
  readonly #parts: UploadParts
  readonly #aside = new Map<string, number>()
  #sending: Sending | null = null
  #piece = LARGEST_PIECE
  #running = false
  #again = false
  #closed = false
  #problem: string | null = null
  #paused = false
  #stopPause: () => void = () => undefined

  constructor(parts: UploadParts) {
    this.#parts = parts
  }

  /** Something has changed: a file was attached, the outbox is empty, the line is back. */
  kick(): void {
    if (this.#closed || this.#paused) return
    this.#again = true
    if (this.#running) return
    this.#running = true
    this.#parts.timers.soon(() => void this.#run())
  }

  /** Somebody wants it to be tried now. */
  tryNow(): void {
    this.#stopPause()
    this.#paused = false
    this.#aside.clear()
    this.#parts.retries.beginAgain()
    this.kick()
  }

  waiting(): WaitingAttachments {
    const { count, bytes } = this.#parts.store.blobs.waitingInAll(this.#epoch ?? '')
    return { files: count, bytes, sent: Math.min(this.#sending?.have ?? 0, bytes), problem: count === 0 ? null : this.#problem }
  }

  get #epoch(): string | undefined {
    return this.#parts.store.sync.state()?.epoch
  }

  async #run(): Promise<void> {
    try {
      while (this.#again && !this.#closed) {
        this.#again = false
        while (await this.#step());
      }
    } catch (error) {
      if (!this.#closed) this.#failed(error)
    } finally {
      this.#running = false
    }
  }

  /** @returns whether there may be more to do at once */
  async #step(): Promise<boolean> {
    const { store } = this.#parts
    const epoch = this.#epoch
    if (this.#closed || this.#paused || epoch === undefined || !this.#parts.online()) return false
    // Commands first: whoever pushes them says when they are through.
    if (store.journal.waiting() > 0) return false
    if (this.#sayStored(epoch)) return true
    const next = this.#next(epoch)
    if (!next) return false
    if (this.#sending?.sha256 !== next.sha256) {
      const sending: Sending = { ...next, have: 0, inVain: 0 }
      this.#sending = sending
      const state = await this.#parts.ask((connection, token) => connection.state(token, next.sha256))
      sending.have = state.have
      if (state.whole) this.#through(epoch, next.sha256)
      return true
    }
    await this.#sendPiece(this.#sending, epoch)
    return true
  }

  /** Says of attachments whose file the hub has that it has it, which everybody hears. */
  #sayStored(epoch: string): boolean {
    const unsaid = this.#parts.store.blobs.unsaid(epoch)
    const sha256 = unsaid[0]?.sha256
    if (sha256 === undefined) return false
    const attachmentIds = unsaid.filter((one) => one.sha256 === sha256).map(({ id }) => id)
    const { kind } = this.#parts.runner.run({ name: 'attachment.stored', input: { sha256, attachmentIds }, actorId: SYSTEM_ACTOR })
    return kind === 'accepted'
  }

  #next(epoch: string): LocalBlob | undefined {
    const now = this.#parts.timers.now()
    for (const [sha256, until] of this.#aside) if (until <= now) this.#aside.delete(sha256)
    const waiting = this.#parts.store.blobs.waiting(epoch).filter(({ sha256 }) => !this.#aside.has(sha256))
    return waiting.find(({ sha256 }) => sha256 === this.#sending?.sha256) ?? waiting[0]
  }

  async #sendPiece(sending: Sending, epoch: string): Promise<void> {
    const { store, ask, elapsed, changed, retries } = this.#parts
    const bytes = await store.blobs.read(sending.sha256, sending.have, this.#piece)
    if (!bytes) {
      // Somebody has deleted it here: there is nothing to send.
      this.#parts.log.warn('attachment.gone', { sha256: sending.sha256 })
      this.#sending = null
      return
    }
    const started = elapsed()
    const { have, whole } = await ask((connection, token) => connection.send(token, sending.sha256, sending.have, bytes))
    this.#fit(elapsed() - started)
    retries.beginAgain()
    this.#problem = null
    sending.inVain = have > sending.have ? 0 : sending.inVain + 1
    sending.have = have
    if (whole) this.#through(epoch, sending.sha256)
    else if (sending.inVain > 2) this.#putAside(sending.sha256)
    changed()
  }

  #fit(took: number): void {
    if (took > PIECE_MS) this.#piece = Math.max(SMALLEST_PIECE, this.#piece / 2)
    else if (took < PIECE_MS / 4) this.#piece = Math.min(LARGEST_PIECE, this.#piece * 2)
  }

  #through(epoch: string, sha256: string): void {
    this.#parts.store.blobs.isAtHub(sha256, epoch)
    this.#sending = null
    this.#parts.changed()
  }

  #putAside(sha256: string): void {
    const { timers } = this.#parts
    this.#aside.set(sha256, timers.now() + ASIDE_MS)
    this.#sending = null
    timers.after(ASIDE_MS, () => this.kick())
  }

  #failed(error: unknown): void {
    const { log, timers, retries } = this.#parts
    const code = error instanceof ServiceError ? error.error.code : ''
    const { sha256 } = this.#sending ?? {}
    // How much of it has arrived is the hub's to say.
    this.#sending = null
    switch (code) {
      case 'attachment.unknown':
      case 'attachment.misfit':
      case 'attachment.wrongHash':
        if (sha256 === undefined) return this.#pause(ASIDE_MS)
        this.#putAside(sha256)
        if (code !== 'attachment.unknown') void this.#checkOwn(sha256)
        return timers.soon(() => this.kick())
      case 'attachment.full':
        this.#problem = error instanceof Error ? error.message : null
        return this.#pause(FULL_AGAIN_MS)
      case 'tooMany':
        return this.#pause(TOO_MANY_AGAIN_MS)
      case 'hub.needed':
        return this.#pause(retries.next(timers.random()))
      default:
        log.warn('attachment.upload', errorDetails(error))
        return this.#pause(retries.next(timers.random()))
    }
  }

  /** The hub got something else than was attached: perhaps the disk here gives it back like that. */
  async #checkOwn(sha256: string): Promise<void> {
    if (await this.#parts.store.blobs.whole(sha256)) return
    this.#parts.log.error('attachment.damaged', { sha256 })
    this.#problem = 'A file that was attached here is damaged on this disk and can\u2019t go to the hub. The log names it; attach it again.'
    this.#parts.changed()
  }

  #pause(milliseconds: number): void {
    this.#paused = true
    this.#parts.changed()
    this.#stopPause()
    this.#stopPause = this.#parts.timers.after(milliseconds, () => {
      this.#paused = false
      this.kick()
    })
  }

  close(): void {
    this.#closed = true
    this.#stopPause()
  }
}
