import type { IsoDay } from '../../../../shared/base/time.ts'
import type { NetChange } from '../../../../shared/domain/kernel/changes.ts'

/** Keeps the planner in step with the days that windows are asked of. */
export interface WindowsPort {
  /** Rows were committed: days that they speak of are read again, in a while that nobody waits for. */
  touched(changes: readonly NetChange[]): void
  /** The days as they are now are in the planner's thread when it is asked next. */
  bring(days: readonly IsoDay[]): Promise<void>
  /** Somebody begins to book: what they will ask is read before they ask it. */
  warm(days: readonly IsoDay[]): void
  /** The planner does not know them after all. */
  forget(): void
  close(): void
}
