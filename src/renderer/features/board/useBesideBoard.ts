import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { closePanel, isFilling, setFormAside, useBoardStore } from '../../stores/board.ts'
import { toast } from '../../stores/toast.ts'
import type { Away } from './BookedThen.tsx'
import type { KeepDraft } from './KeepTime.tsx'
import type { OwnedBlock } from './timeActions.ts'

/** What stands beside the board in place of a visit: a technician, the form that keeps or changes time, one that mends the day, the search. */
export type Beside =
  | { readonly kind: 'technician'; readonly technicianId: string }
  | { readonly kind: 'keep'; readonly technicianId: string | null; readonly block: OwnedBlock | null; readonly draft?: KeepDraft }
  | { readonly kind: 'mend'; readonly technicianId: string | null; readonly away?: Away; readonly before?: Beside }
  | { readonly kind: 'find' }

export const sayFormIsOpen = (): void => toast('A form is open. Finish it or press Escape first.')

export interface BesideBoard {
  /** Null where a visit's panel has the place, or nothing. */
  readonly beside: Beside | null
  /** What stands there is a form that is being filled. */
  readonly isForm: boolean
  readonly set: (next: Beside | null) => void
  /** Puts something there; never in the place of a form, whose typing would be gone with it. */
  readonly put: (next: Beside) => void
  /** Back to the board alone. */
  readonly close: () => void
}

export function useBesideBoard(): BesideBoard {
  const openRequest = useBoardStore((store) => store.openRequest)
  const [placed, setPlaced] = useState<{ readonly beside: Beside | null; readonly request: number }>({ beside: null, request: openRequest })
  // A visit that was opened since, by a link or in another window, stands in front of it.
  const beside = placed.request === openRequest ? placed.beside : null
  const current = useRef(placed)
  useLayoutEffect(() => {
    current.current = placed
  })
  const isForm = beside?.kind === 'keep' || beside?.kind === 'mend'
  useEffect(() => setFormAside(isForm), [isForm])
  const set = (next: Beside | null): void => setPlaced({ beside: next, request: useBoardStore.getState().openRequest })
  return {
    beside,
    isForm,
    set,
    put: (next) => {
      if (isFilling()) sayFormIsOpen()
      else set(next)
    },
    close: () => {
      // An answer that comes late closes what asked for it, and nothing that was opened since.
      if (current.current !== placed || useBoardStore.getState().openRequest !== placed.request) return
      set(null)
      closePanel()
    },
  }
}
