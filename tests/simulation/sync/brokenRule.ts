import type { HubStore } from '../../../src/hub/core/hubStore.ts'
import type { Store } from '../../../src/main/store/store.ts'
import type { Effect } from '../../../src/shared/sync/footprint.ts'
import type { Acknowledgement, Page } from '../../../src/shared/sync/protocol.ts'

/** A rule broken on purpose, from outside the product, to see that the simulator notices. */
export interface BrokenRule {
  readonly name: string
  /** What the simulator must say about it. */
  readonly noticedAs: RegExp
  /** Stands between the hub and its store. */
  readonly hub?: (inner: HubStore) => HubStore
  /** Changes a workstation's store after it was opened. */
  readonly workstation?: (store: Store) => void
  /** On a page's way to a workstation. */
  readonly page?: (page: Page) => Page
  readonly acknowledged?: (acknowledged: readonly Acknowledgement[]) => readonly Acknowledgement[]
  readonly effect?: (effect: Effect) => Effect
  /** The first seed to look at, where it takes a rare moment to notice. */
  readonly from?: number
  /** Looks at every so many seeds only: at offices of one size, where it takes many people at once. */
  readonly every?: number
  /** Every third page is tried both ways, not one in a hundred: what it breaks shows nowhere else, and not for long. */
  readonly closely?: boolean
  /** The replica's changes reach no screen. */
  readonly untold?: boolean
}
