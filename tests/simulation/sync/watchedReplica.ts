import type { Log } from '../../../src/main/core/log.ts'
import { Replica, type ReplicaListener } from '../../../src/main/sync/replica.ts'
import type { Store } from '../../../src/main/store/store.ts'
import type { Effect } from '../../../src/shared/sync/footprint.ts'
import type { Page } from '../../../src/shared/sync/protocol.ts'

interface ReplicaWatch {
  /** A page arrives; whoever watches takes it in, one way or the other. */
  readonly page: (page: Page) => void
  readonly effect: (effect: Effect) => Effect
}

/** The replica of a workstation, with somebody who looks over its shoulder. */
export class WatchedReplica extends Replica {
  readonly #watch: ReplicaWatch

  constructor(store: Store, log: Log, tell: ReplicaListener, watch: ReplicaWatch) {
    super(store, log, tell)
    this.#watch = watch
  }

  override ran(seq: number, effect: Effect): void {
    super.ran(seq, this.#watch.effect(effect))
  }

  override apply(page: Page): void {
    this.#watch.page(page)
  }

  /** Takes a page in. @throws FeedHole */
  takeIn(page: Page): void {
    super.apply(page)
  }
}
