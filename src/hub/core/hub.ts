import { clearedEntry } from '../../shared/sync/clearance.ts'
import { type Acknowledgement, PAGE_LIMIT, type PullAnswer, type PushAnswer, type PushedCommand } from '../../shared/sync/protocol.ts'
import { type DecidedCommand, type HubStore, HubStoreConflict } from './hubStore.ts'
import { enterOwn, type HubReport, type Reported } from './ownCommand.ts'
import { type BatchResult, type Push, pushBatch } from './pushBatch.ts'
import { noteGivenBack, recoveryStep, stagePushes, startRecovery } from './recovery.ts'

/** Most commands in one transaction: longer ones would keep everybody else waiting for theirs. */
const BATCH_LIMIT = 200

interface Waiting {
  readonly push: Push
  readonly resolve: (answer: PushAnswer) => void
  readonly reject: (error: unknown) => void
}

export interface HubOptions {
  /** Pushes that wait for the same company share a transaction; off only to measure what that is worth. */
  readonly together?: boolean
  /** The hub's clock, epoch ms. */
  readonly now?: () => number
}

export type DecidedListener = (companyId: string, decided: readonly DecidedCommand[]) => void

/**
 * What the hub does, whatever it stands on and whoever it speaks to. It keeps no state but the pushes that wait for their
 * turn: several hub processes may work on one store.
 */
export class Hub {
  readonly #store: HubStore
  readonly #together: boolean
  readonly #now: () => number
  readonly #listeners = new Set<DecidedListener>()
  readonly #waiting = new Map<string, Waiting[]>()

  constructor(store: HubStore, options: HubOptions = {}) {
    this.#store = store
    this.#together = options.together ?? true
    this.#now = options.now ?? Date.now
  }

  /** Hears of every command after its commit. @returns a function that stops listening */
  onDecided(listener: DecidedListener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Takes a workstation's commands; those of others that come meanwhile share the next transaction. */
  push(companyId: string, deviceId: string, commands: readonly PushedCommand[]): Promise<PushAnswer> {
    return new Promise((resolve, reject) => {
      const waiting = { push: { deviceId, commands }, resolve, reject }
      const line = this.#waiting.get(companyId)
      if (line) {
        line.push(waiting)
        return
      }
      this.#waiting.set(companyId, [waiting])
      void this.#serve(companyId)
    })
  }

  async #serve(companyId: string): Promise<void> {
    const line = this.#waiting.get(companyId) ?? []
    while (line.length > 0) await this.#transact(companyId, this.#nextBatch(line))
    this.#waiting.delete(companyId)
  }

  #nextBatch(line: Waiting[]): readonly Waiting[] {
    let [count, commands] = [0, 0]
    while (count < line.length && (count === 0 || (this.#together && commands < BATCH_LIMIT))) {
      commands += line[count]?.push.commands.length ?? 0
      count += 1
    }
    return line.splice(0, count)
  }

  async #transact(companyId: string, batch: readonly Waiting[]): Promise<void> {
    try {
      const answers = await this.#commit(companyId, batch.map(({ push }) => push))
      batch.forEach(({ resolve }, index) => resolve(answers[index] ?? { kind: 'done', acknowledged: [] }))
    } catch (error) {
      if (!(error instanceof HubStoreConflict)) {
        for (const { reject } of batch) reject(error)
        return
      }
      // One command's conflict must not fail the others': each gets a transaction of its own.
      for (const { push, resolve, reject } of batch) await this.#oneByOne(companyId, push).then(resolve, reject)
    }
  }

  async #commit(companyId: string, pushes: readonly Push[], conflict: HubStoreConflict | null = null): Promise<readonly PushAnswer[]> {
    const { answers, decided } = await this.#store.change(companyId, (transaction) =>
      transaction.company.recoveringUntil === null ? pushBatch(transaction, companyId, pushes, { conflict, heardAt: this.#now() }) : stagePushes(transaction, pushes),
    )
    this.#tell(companyId, decided)
    if (answers.some(({ kind }) => kind === 'staged')) await this.recover(companyId)
    return answers
  }

  #tell(companyId: string, decided: BatchResult['decided']): void {
    if (decided.length > 0) for (const listener of this.#listeners) listener(companyId, decided)
  }

  /** Brings a recovery as far as it can go now; to be called now and then while one is under way, because its time runs out. */
  async recover(companyId: string): Promise<void> {
    let more = true
    while (more) {
      const step = await this.#recoveryStep(companyId).catch((error: unknown) => {
        if (!(error instanceof HubStoreConflict)) throw error
        return this.#recoverOne(companyId)
      })
      this.#tell(companyId, step.decided)
      ;({ more } = step)
    }
  }

  #recoveryStep(companyId: string, limit?: number, conflict?: HubStoreConflict) {
    return this.#store.change(companyId, (transaction) => recoveryStep(transaction, companyId, this.#now(), limit, conflict))
  }

  async #recoverOne(companyId: string) {
    return this.#recoveryStep(companyId, 1).catch((error: unknown) => {
      if (!(error instanceof HubStoreConflict)) throw error
      return this.#recoveryStep(companyId, 1, error)
    })
  }

  /** The workstation has given back all that it had. @returns false where it speaks of another epoch than the hub's */
  async recovered(companyId: string, deviceId: string, epoch: string): Promise<boolean> {
    const noted = await noteGivenBack(this.#store, companyId, deviceId, epoch)
    if (noted) await this.recover(companyId)
    return noted
  }

  /**
   * Enters what the hub itself has heard from outside: a lead.
   * @returns `recovering` while a restored hub takes back what it forgot: then nothing is entered
   */
  async report(companyId: string, report: HubReport): Promise<Reported | 'recovering'> {
    const enter = (conflict: HubStoreConflict | null): Promise<Reported | 'recovering'> =>
      this.#store.change<Reported | 'recovering'>(companyId, async (transaction) => (transaction.company.recoveringUntil === null ? enterOwn(transaction, companyId, report, conflict) : 'recovering'))
    const reported = await enter(null).catch((error: unknown) => {
      if (!(error instanceof HubStoreConflict)) throw error
      return enter(error)
    })
    if (reported !== 'recovering') this.#tell(companyId, reported.decided)
    return reported
  }

  async #oneByOne(companyId: string, { deviceId, commands }: Push): Promise<PushAnswer> {
    const acknowledged: Acknowledgement[] = []
    for (const command of commands) {
      const alone = [{ deviceId, commands: [command] }]
      const [answer] = await this.#commit(companyId, alone).catch((error: unknown) => {
        if (!(error instanceof HubStoreConflict)) throw error
        return this.#commit(companyId, alone, error)
      })
      if (answer?.kind !== 'done') return acknowledged.length > 0 || !answer ? { kind: 'done', acknowledged } : answer
      acknowledged.push(...answer.acknowledged)
    }
    return { kind: 'done', acknowledged }
  }

  /** The feed after a place, as much as fits a page. */
  async pull(companyId: string, deviceId: string, epoch: string, after: number, limit: number = PAGE_LIMIT): Promise<PullAnswer> {
    const device = await this.#store.device(companyId, deviceId)
    if (!device || device.revokedAt !== null) return { kind: 'revoked' }
    const { company, entries } = await this.#store.feed(companyId, after, limit)
    if (epoch !== company.epoch) return { kind: 'resync', reason: 'epoch' }
    if (after > company.seq) {
      await startRecovery(this.#store, companyId, { epoch, cursor: after }, this.#now())
      return { kind: 'resync', reason: 'ahead' }
    }
    if (after < company.feedFloor) return { kind: 'resync', reason: 'floor' }
    const upTo = entries.at(-1)?.seq ?? after
    return { kind: 'page', page: { after, upTo, entries: entries.map((entry) => clearedEntry(entry, device.clearances)) }, more: upTo < company.seq }
  }
}
