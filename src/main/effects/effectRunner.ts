import { whatOf } from '../../shared/domain/effects/attemptInput.ts'
import { type EFFECT_KINDS, effectTable, type WorldEffect } from '../../shared/domain/effects/tables.ts'
import { MINUTE } from '../../shared/base/time.ts'
import { get, range } from '../../shared/domain/kernel/load.ts'
import { SYSTEM_ACTOR } from '../../shared/domain/people/permissions.ts'
import { errorDetails, type Log } from '../core/log.ts'
import type { CommandOutcome, CommandRequest } from '../core/runner.ts'
import type { Store } from '../store/store.ts'
import type { HubPort } from '../sync/port.ts'
import type { Timers } from '../sync/timers.ts'
import type { BegunMemory } from './begunMemory.ts'
import { type Lease, OWN, releaseLease, takeLease } from './lease.ts'
import type { Performed, Performer } from './performer.ts'
import { type Standing, type Step, stepFor } from './plan.ts'

export interface EffectRunnerParts {
  readonly store: Store
  readonly hub: Pick<HubPort, 'state' | 'lease' | 'runAwaited' | 'nameOf'>
  readonly run: (request: CommandRequest) => CommandOutcome
  readonly performers: Readonly<Record<(typeof EFFECT_KINDS)[number], Performer>>
  readonly memory: BegunMemory
  readonly timers: Timers
  readonly elapsed: () => number
  readonly log: Log
}

/** Where a lease was not to be had, or the hub did not answer, it is looked at again after so long. */
const AGAIN_MS = 20_000

/** A failure that may pass is tried again so many times, from a minute apart up to half an hour: most of a night. */
const MOST_FAILURES = 20

/** A lease is kept until what came of it is at the hub, at most so long: then it runs out by itself. */
const DRAIN_MS = 20_000

const leaseOf = (effectId: string): string => `effect:${effectId}`

const RESTORED = 'The data was put back to an earlier time, and may have forgotten that this was sent.'

/** When to try again after a failure that surely had no effect; null where it is enough. */
function retryAt(effect: WorldEffect, now: number): number | null {
  return effect.failures + 1 >= MOST_FAILURES ? null : Math.round(now) + Math.min(MINUTE * 2 ** effect.failures, 30 * MINUTE)
}

/**
 * Does what is to be done in the world, one thing at a time: takes the lease of the hub, begins with the hub's word,
 * performs, and says what came of it. What it has begun is on this workstation's disk before it begins; so whenever it
 * is killed, it says afterwards either that surely nothing was sent, or that a person has to find out.
 */
export class EffectRunner {
  readonly #parts: EffectRunnerParts
  readonly #spread: number
  /** Since when each effect is as it is, as seen here. */
  readonly #seen = new Map<string, { readonly version: number; readonly at: number }>()
  #underWay: string | null = null
  #working = false
  #again = false
  #linkSeen: Standing['link'] | null = null
  #closed = false
  #stopTimer: () => void = () => undefined

  constructor(parts: EffectRunnerParts) {
    this.#parts = parts
    this.#spread = parts.timers.random()
  }

  /** Something may be to do: effects changed, the line is back, the mail password is here. */
  kick(): void {
    if (this.#closed) return
    this.#again = true
    if (this.#working) return
    this.#working = true
    this.#parts.timers.soon(() => void this.#work())
  }

  /** @returns whether the line went down or came back since it was last said */
  hubChanged(): boolean {
    const link = this.#link()
    if (link === this.#linkSeen) return false
    this.#linkSeen = link
    this.kick()
    return true
  }

  /** Nothing more is begun; what is under way is left to its end, and said if the store is still open by then. */
  close(): void {
    this.#closed = true
    this.#stopTimer()
  }

  async #work(): Promise<void> {
    try {
      while (this.#again && !this.#closed) {
        this.#again = false
        await this.#lookAtAll()
      }
    } catch (error) {
      if (!this.#closed) {
        this.#parts.log.error('effects.failed', errorDetails(error))
        this.#later(AGAIN_MS)
      }
    } finally {
      this.#working = false
      if (this.#again) this.kick()
    }
  }

  #later(milliseconds: number): void {
    this.#stopTimer()
    if (!this.#closed) this.#stopTimer = this.#parts.timers.after(milliseconds, () => this.kick())
  }

  async #lookAtAll(): Promise<void> {
    const link = this.#link()
    if (link !== 'cut') this.#noteEpoch(link)
    let soonest = Infinity
    for (const { id } of this.#open()) {
      const wait = await this.#lookAt(id)
      soonest = Math.min(soonest, wait ?? Infinity)
      if (this.#closed) return
    }
    if (soonest < Infinity) this.#later(soonest)
  }

  #open(): readonly WorldEffect[] {
    const { engine } = this.#parts.store
    const open = [...engine.run(range(effectTable, 'byState', ['running'])), ...engine.run(range(effectTable, 'byState', ['waiting']))]
    const ids = new Set(open.map(({ id }) => id))
    for (const id of this.#seen.keys()) if (!ids.has(id)) this.#seen.delete(id)
    return open
  }

  #read(id: string): WorldEffect | undefined {
    return this.#parts.store.engine.run(get(effectTable, id))
  }

  #link(): Standing['link'] {
    const { link, progress } = this.#parts.hub.state()
    if (link === 'none') return 'alone'
    return link === 'online' && progress === null ? 'online' : 'cut'
  }

  /** Another epoch is another history: what is open in it may have been sent in the one before. */
  #noteEpoch(link: Standing['link']): void {
    const { store, memory } = this.#parts
    const epoch = link === 'alone' ? null : (store.sync.state()?.epoch ?? null)
    const known = memory.epoch
    if (known === epoch) return
    if (known !== undefined && known !== null) {
      for (const effect of this.#open()) if (effect.id !== this.#underWay) this.#tell('effect.doubt', effect, { reason: RESTORED })
    }
    memory.rememberEpoch(epoch)
  }

  #age({ id, version }: WorldEffect): number {
    // A clock that is set only moves whose turn it is: the lease and the hub say who does it.
    const now = this.#parts.timers.now()
    const seen = this.#seen.get(id)
    if (seen?.version === version) return Math.max(0, now - seen.at)
    this.#seen.set(id, { version, at: now })
    return 0
  }

  async #step(effect: WorldEffect): Promise<Step> {
    const { store, timers, memory, performers } = this.#parts
    const hindered = (await performers[effect.kind]?.hindrance()) !== null
    return stepFor(effect, {
      deviceId: store.deviceId,
      link: this.#link(),
      now: timers.now(),
      hindered,
      begun: memory.of(effect.id),
      underWay: this.#underWay === effect.id,
      age: this.#age(effect),
      spread: this.#spread,
    })
  }

  /** @returns after how many milliseconds to look again; null where only a change matters */
  async #lookAt(id: string): Promise<number | null> {
    const effect = this.#read(id)
    if (!effect) return null
    const step = await this.#step(effect)
    switch (step.kind) {
      case 'leave':
        return null
      case 'later':
        return step.milliseconds
      case 'giveBack':
        await this.#releaseLeft(id)
        this.#tell('effect.fail', effect, { reason: 'Baton was stopped before anything was sent.', retryAt: Math.round(this.#parts.timers.now()) })
        return null
      case 'doubt':
        this.#tell('effect.doubt', effect, { reason: step.reason })
        return null
      case 'perform':
        return (await this.#underLease(effect, (fresh, lease) => this.#begin(fresh, lease))) ? null : AGAIN_MS
      case 'inherit':
        return (await this.#underLease(effect, (fresh) => this.#inherit(fresh))) ? null : AGAIN_MS
    }
  }

  /** @returns whether the lease was had and nothing is left to try */
  async #underLease(effect: WorldEffect, body: (fresh: WorldEffect, lease: Lease) => Promise<boolean>): Promise<boolean> {
    const lease = this.#link() === 'alone' ? OWN : await takeLease(this.#parts, leaseOf(effect.id))
    if (!lease) return false
    try {
      const fresh = this.#read(effect.id)
      // It moved on while the hub was asked: it is looked at as it is now.
      if (this.#closed || fresh?.version !== effect.version) return true
      return await body(fresh, lease)
    } finally {
      await this.#drained()
      await lease.release()
    }
  }

  /** What this workstation took before it was stopped. */
  async #releaseLeft(id: string): Promise<void> {
    const token = this.#parts.memory.of(id)?.token ?? null
    if (token !== null && this.#link() === 'online') await releaseLease(this.#parts, leaseOf(id), token)
  }

  /** The next one to have the lease finds at the hub what came of this. */
  async #drained(): Promise<void> {
    const { hub, timers } = this.#parts
    for (let waited = 0; waited < DRAIN_MS && !this.#closed && this.#link() === 'online' && hub.state().waiting > 0; waited += 100) {
      await new Promise<void>((resolve) => timers.after(100, resolve))
    }
  }

  async #begin(effect: WorldEffect, lease: Lease): Promise<boolean> {
    const { memory, timers } = this.#parts
    const attempt = effect.attempt + 1
    memory.note(effect.id, { attempt, performing: false, token: lease.token, at: timers.now() })
    if (!(await this.#awaited({ name: 'effect.begin', input: { effectId: effect.id, attempt }, actorId: SYSTEM_ACTOR }))) return false
    const begun = this.#read(effect.id)
    if (!begun || !this.#isOurs(begun, attempt) || this.#closed) return true
    this.#underWay = effect.id
    try {
      this.#report(begun, await this.#perform(begun, attempt, lease))
    } finally {
      this.#underWay = null
    }
    return true
  }

  #isOurs(effect: WorldEffect | undefined, attempt: number): boolean {
    return effect?.state === 'running' && effect.device === this.#parts.store.deviceId && effect.attempt === attempt
  }

  async #perform(effect: WorldEffect, attempt: number, lease: Lease): Promise<Performed> {
    const { memory, timers, performers } = this.#parts
    const allowed = (): boolean => {
      if (this.#closed || !lease.alive() || !this.#isOurs(this.#read(effect.id), attempt)) return false
      // From here on only what comes back can say what became of it, whatever happens to this process.
      memory.note(effect.id, { attempt, performing: true, token: lease.token, at: timers.now() })
      return true
    }
    try {
      return await performers[effect.kind].perform(effect, allowed)
    } catch (error) {
      this.#parts.log.error('effect.broke', { effect: effect.id, ...errorDetails(error) })
      return { kind: 'unknown', reason: 'Baton failed in the middle of it. The log says more.' }
    }
  }

  #report(effect: WorldEffect, performed: Performed): void {
    // The file beside the store says that it was begun: the next start says that nobody knows.
    if (this.#closed) return
    this.#parts.log.info('effect.performed', { effect: effect.id, kind: effect.kind, attempt: effect.attempt, came: performed.kind })
    switch (performed.kind) {
      case 'done':
        return this.#tell('effect.finish', effect, { outcome: performed.outcome })
      case 'failed':
        return this.#tell('effect.fail', effect, { reason: performed.reason, retryAt: performed.lasting ? null : retryAt(effect, this.#parts.timers.now()) })
      case 'unknown':
        return this.#tell('effect.doubt', effect, { reason: performed.reason })
    }
  }

  /** Whoever began it has lost its lease without a word. */
  async #inherit(effect: WorldEffect): Promise<boolean> {
    const { hub } = this.#parts
    if (effect.deduplicates && (await this.#parts.performers[effect.kind].hindrance()) === null) {
      const lease = { token: null, alive: () => this.#link() === 'online', release: () => Promise.resolve() }
      return this.#begin(effect, lease)
    }
    const name = (effect.device === null ? null : hub.nameOf(effect.device)) ?? 'The workstation that was sending it'
    return this.#awaited({ name: 'effect.doubt', input: reportOf(effect, { reason: `${name} stopped in the middle of sending it.` }), actorId: SYSTEM_ACTOR })
  }

  /** @returns whether the hub's word came; false where nobody knows it yet */
  async #awaited(request: CommandRequest): Promise<boolean> {
    try {
      const outcome = await this.#parts.hub.runAwaited(request)
      if (outcome.kind === 'refused') this.#parts.log.info('effect.refused', { command: request.name, code: outcome.refusal.code })
      return outcome.kind !== 'refused' || !outcome.refusal.code.startsWith('hub.')
    } catch (error) {
      this.#parts.log.info('effect.unheard', errorDetails(error))
      return false
    }
  }

  #tell(name: 'effect.finish' | 'effect.fail' | 'effect.doubt', effect: WorldEffect, more: Readonly<Record<string, unknown>>): void {
    const outcome = this.#parts.run({ name, input: reportOf(effect, more), actorId: SYSTEM_ACTOR })
    if (outcome.kind === 'refused') throw new Error(`${name} was refused: ${outcome.refusal.message}`)
  }
}

function reportOf(effect: WorldEffect, more: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return { effectId: effect.id, attempt: effect.attempt, what: whatOf(effect), ...more }
}
