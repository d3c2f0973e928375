import type { Problem, TechnicianDay, Word } from '../shared/field/wire.ts'
import type { Kept } from './kept.ts'
import { isSpent, nextPhoto, nextTap, type Said, type SaidPhoto, type SaidTap } from './said.ts'

/**
 * Between the telephone and the hub: what was tapped goes up one by one and the day comes down; beside them photos, which
 * hold neither up.
 */

export interface LineState {
  /** `lost`: nobody answers now, and it is tried again by itself. `ended`: the link opens nothing any more. */
  readonly line: 'quiet' | 'sending' | 'lost' | 'ended'
  /** Why, in the hub’s words. */
  readonly message: string | null
}

export interface LineParts {
  readonly token: string
  readonly linkId: string
  readonly kept: Kept
  readonly ask: (path: string, init: RequestInit) => Promise<Response>
  readonly now: () => number
  readonly later: (work: () => void, ms: number) => void
  /** Something is other than it was: the page is drawn anew. */
  readonly changed: () => void
}

const FIRST_RETRY_MS = 2_000
const LONGEST_RETRY_MS = 60_000
const ANSWER_MS = 20_000
const PHOTO_MS = 180_000

const EARLIER_LINK = 'The earlier link that you said this with opens nothing any more. Call the office.'

type Answer<T> = { readonly kind: 'said'; readonly value: T } | { readonly kind: 'problem'; readonly status: number; readonly problem: Problem; readonly retryMs: number | null } | { readonly kind: 'nobody' }

export class Line {
  readonly #parts: LineParts
  #state: LineState = { line: 'quiet', message: null }
  #day: TechnicianDay | undefined
  #said: readonly Said[] = []
  #tokens: ReadonlyMap<string, string> = new Map()
  #busy = false
  #again = false
  #carries = false
  /** Photos that did not go up just now and are tried again later, and how long they last waited for that; by their place. */
  readonly #resting = new Set<number>()
  readonly #rested = new Map<number, number>()
  #retryMs = FIRST_RETRY_MS
  #wakeAt = Infinity

  constructor(parts: LineParts) {
    this.#parts = parts
  }

  get state(): LineState {
    return this.#state
  }

  get day(): TechnicianDay | undefined {
    return this.#day
  }

  get said(): readonly Said[] {
    return this.#said
  }

  /** What the telephone has, before anybody is asked. */
  async begin(): Promise<void> {
    const { kept, linkId, token } = this.#parts
    // A telephone that is full still shows the day and sends what is tapped.
    await kept.keepToken(linkId, token).catch(() => undefined)
    await this.#forgetOthers().catch(() => undefined)
    this.#tokens = new Map([...(await kept.tokens()), [linkId, token]])
    this.#day = await kept.day(linkId)
    await this.#reread()
    this.wake()
  }

  /** Whoever comes by another link now has no use for the addresses and gate codes of the last one, nor for what opened it. */
  async #forgetOthers(): Promise<void> {
    const { kept, linkId } = this.#parts
    const waiting = (await kept.said()).filter(({ state }) => state === 'waiting')
    await kept.forgetOthers(linkId, new Set([linkId, ...waiting.map((one) => one.linkId)]))
  }

  async #reread(): Promise<void> {
    this.#said = await this.#parts.kept.said()
    this.#parts.changed()
  }

  /** Kept first, then sent; whoever waits for this knows that it is on the telephone. */
  async say(said: Parameters<Kept['add']>[0]): Promise<void> {
    const { kept, linkId, token } = this.#parts
    // A page that was opened by another link meanwhile has let go of this one’s: it may be the one that sends this.
    await kept.keepToken(linkId, token).catch(() => undefined)
    await kept.add(said).catch(async (full: unknown) => {
      if (!(await this.#makeRoom())) throw full
      await kept.add(said)
    })
    await this.#reread()
    this.wake()
  }

  /** Photos that the office has give way to what it does not have yet. @returns whether there were any */
  async #makeRoom(): Promise<boolean> {
    const heard = this.#said.filter(({ what, state }) => what === 'photo' && (state === 'taken' || state === 'settled'))
    for (const { seq } of heard) await this.#parts.kept.remove(seq)
    return heard.length > 0
  }

  /** Takes back what was not sent yet, or puts away what was refused. */
  async drop(seq: number): Promise<void> {
    await this.#parts.kept.remove(seq)
    await this.#reread()
  }

  /** There may be something to do: a tap, a line that is back, a page that is looked at again. */
  wake(): void {
    if (this.#busy) {
      this.#again = true
      return
    }
    this.#busy = true
    void this.#work().finally(() => {
      this.#busy = false
      this.#carryOn()
      if (!this.#again) return
      this.#again = false
      this.wake()
    })
  }

  #wakeIn(ms: number): void {
    const at = this.#parts.now() + ms
    if (at >= this.#wakeAt) return
    this.#wakeAt = at
    this.#parts.later(() => {
      this.#wakeAt = Infinity
      this.wake()
    }, ms)
  }

  #become(line: LineState['line'], message: string | null = null): void {
    if (this.#state.line === line && this.#state.message === message) return
    this.#state = { line, message }
    this.#parts.changed()
  }

  async #work(): Promise<void> {
    for (let next = nextTap(this.#said, this.#parts.now()); next; next = nextTap(this.#said, this.#parts.now())) {
      if (next.inMs > 0) {
        this.#wakeIn(next.inMs)
        break
      }
      if (!(await this.#sendTap(next.said))) return
    }
    await this.#look()
  }

  /** Photos have their own time: nothing else waits for one. */
  #carryOn(): void {
    if (this.#carries) return
    this.#carries = true
    void this.#carry().finally(() => {
      this.#carries = false
    })
  }

  async #carry(): Promise<void> {
    while (this.#state.line !== 'ended') {
      const next = nextPhoto(this.#said, this.#resting)
      if (!next) return
      await this.#sendPhoto(next)
    }
  }

  /** @returns whether what stands behind it can go */
  async #sendTap(said: SaidTap): Promise<boolean> {
    this.#become('sending')
    const tap = { ...said.tap, visitId: said.visitId, agoMs: Math.max(0, this.#parts.now() - said.tappedAt) }
    const answer = await this.#askAs<Word>(said, 'v1/taps', { method: 'POST', body: JSON.stringify(tap), headers: { 'content-type': 'application/json' } }, ANSWER_MS)
    if (answer.kind === 'said') {
      this.#retryMs = FIRST_RETRY_MS
      await this.#mark(said, answer.value)
      return true
    }
    if (await this.#neverGoes(said, answer)) return true
    this.#fail(answer)
    return false
  }

  async #sendPhoto(said: SaidPhoto): Promise<void> {
    const answer = await this.#askAs<Word>(said, `v1/photos/${said.photoId}`, { method: 'PUT', body: said.photo, headers: { 'content-type': 'application/octet-stream', 'x-report': said.reportId } }, PHOTO_MS)
    if (answer.kind === 'said') return this.#mark(said, answer.value)
    if (await this.#neverGoes(said, answer)) return
    if (answer.kind === 'problem' && answer.status === 401) return this.#fail(answer)
    const wait = Math.min(LONGEST_RETRY_MS, (this.#rested.get(said.seq) ?? FIRST_RETRY_MS / 2) * 2)
    this.#rested.set(said.seq, wait)
    this.#rest(said, (answer.kind === 'problem' ? answer.retryMs : null) ?? wait)
    await this.#tellWhy(said, answer.kind === 'problem' ? answer.problem.message : 'It did not come through yet. It is kept here and tried again.')
  }

  #rest({ seq }: SaidPhoto, ms: number): void {
    this.#resting.add(seq)
    this.#parts.later(() => {
      this.#resting.delete(seq)
      this.wake()
    }, ms)
  }

  /** Why it has not gone up stands beside it; where it was put away meanwhile nothing does. */
  async #tellWhy(said: SaidPhoto, message: string): Promise<void> {
    if (said.message === message || !this.#said.some(({ seq }) => seq === said.seq)) return
    await this.#parts.kept.put({ ...said, message })
    await this.#reread()
  }

  /** What can’t be sent as it is, whenever, says so and stays until it was read: what stands behind it must not wait for it. */
  async #neverGoes(said: Said, answer: Exclude<Answer<unknown>, { readonly kind: 'said' }>): Promise<boolean> {
    if (answer.kind !== 'problem') return false
    const isWrong = [400, 413, 415, 422].includes(answer.status)
    const isOver = answer.status === 401 && said.linkId !== this.#parts.linkId
    if (!isWrong && !isOver) return false
    await this.#mark(said, { outcome: 'refused', message: isOver ? EARLIER_LINK : `${answer.problem.message} Call the office.` })
    return true
  }

  async #mark(said: Said, word: Word): Promise<void> {
    const { message: _whyNotYet, ...heard } = said
    await this.#parts.kept.put(word.outcome === 'taken' ? { ...heard, state: 'taken' } : { ...heard, state: 'refused', message: word.message })
    await this.#reread()
  }

  async #look(): Promise<void> {
    const known = this.#said.filter(({ state }) => state === 'taken')
    const answer = await this.#ask<TechnicianDay>(this.#parts.token, 'v1/day', {}, ANSWER_MS)
    if (answer.kind !== 'said') return this.#fail(answer)
    this.#retryMs = FIRST_RETRY_MS
    await this.#heard(answer.value, known)
    this.#become('quiet')
    // A hub that was restored is told again at once.
    if (nextTap(this.#said, this.#parts.now())?.inMs === 0) this.#again = true
  }

  async #heard(day: TechnicianDay, known: readonly Said[]): Promise<void> {
    const { kept, linkId } = this.#parts
    const restored = this.#day !== undefined && this.#day.epoch !== day.epoch
    // A hub that was restored has forgotten what it heard since its backup: it is told again, and knows what it knows.
    for (const one of this.#said) if (restored && one.linkId === linkId && (one.state === 'taken' || one.state === 'settled')) await kept.put({ ...one, state: 'waiting' })
    if (!restored) for (const one of known) await kept.put({ ...one, state: 'settled' })
    for (const one of this.#said) if (isSpent(one, this.#parts.now())) await kept.remove(one.seq)
    await kept.keepDay(linkId, day)
    this.#day = day
    await this.#reread()
  }

  #fail(answer: Exclude<Answer<unknown>, { readonly kind: 'said' }>): void {
    if (answer.kind === 'problem' && answer.status === 401) {
      this.#become('ended', answer.problem.message)
      // Who may not look any more has no use for addresses and gate codes.
      this.#day = undefined
      void this.#parts.kept.keepDay(this.#parts.linkId, null).then(() => this.#parts.changed())
      return
    }
    const busy = answer.kind === 'problem'
    this.#become('lost', busy ? answer.problem.message : null)
    this.#wakeIn((busy ? answer.retryMs : null) ?? this.#retryMs)
    this.#retryMs = Math.min(LONGEST_RETRY_MS, this.#retryMs * 2)
  }

  /** With the link that it was said with: today’s would count it from when today’s was made. */
  async #askAs<T>({ linkId }: Said, path: string, init: RequestInit, within: number): Promise<Answer<T>> {
    const token = this.#tokens.get(linkId)
    return token === undefined ? { kind: 'problem', status: 401, problem: { code: 'link.unknown', message: EARLIER_LINK }, retryMs: null } : this.#ask<T>(token, path, init, within)
  }

  async #ask<T>(token: string, path: string, init: RequestInit, within: number): Promise<Answer<T>> {
    try {
      const response = await this.#parts.ask(path, { ...init, headers: { ...(init.headers as Record<string, string> | undefined), authorization: `Bearer ${token}` }, cache: 'no-store', credentials: 'omit', signal: AbortSignal.timeout(within) })
      if (response.ok) return { kind: 'said', value: (await response.json()) as T }
      const seconds = Number(response.headers.get('retry-after'))
      const problem = (await response.json().catch(() => ({ code: '', message: 'The office does not answer.' }))) as Problem
      return { kind: 'problem', status: response.status, problem, retryMs: seconds > 0 ? seconds * 1000 : null }
    } catch {
      return { kind: 'nobody' }
    }
  }
}
