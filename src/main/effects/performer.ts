import type { WorldEffect } from '../../shared/domain/effects/tables.ts'

/** What came of an attempt. Only what is surely so may be said as `failed`; everything else is `unknown`. */
export type Performed =
  | { readonly kind: 'done'; readonly outcome: string }
  /** It surely had no effect. `lasting`: trying again is of no use. */
  | { readonly kind: 'failed'; readonly reason: string; readonly lasting: boolean }
  | { readonly kind: 'unknown'; readonly reason: string }

/** Does one kind of thing in the world. */
export interface Performer {
  /** Why it can't be done at this workstation now, as a sentence; null where it can. */
  hindrance(): Promise<string | null>
  /**
   * @param allowed asked once, directly before the step that can't be taken back; where it is false or throws, that step
   *   is not taken
   * @returns what came of it; it does not throw
   */
  perform(effect: WorldEffect, allowed: () => boolean): Promise<Performed>
}
