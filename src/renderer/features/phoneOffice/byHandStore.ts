import { create } from 'zustand'

/** What is typed in the log by hand: closing it throws nothing away. */
export interface ByHandDraft {
  readonly callerName: string
  /** E.164; '' while empty. */
  readonly fromNumber: string
  readonly notes: string
  /** Minutes ago. */
  readonly ago: string
  readonly lineNumber: string
  readonly follows: 'callBack' | 'nothing' | 'booking' | 'unheard'
}

const EMPTY_DRAFT: ByHandDraft = { callerName: '', fromNumber: '', notes: '', ago: '0', lineNumber: '', follows: 'callBack' }

export const useByHand = create<{ readonly open: boolean; readonly draft: ByHandDraft }>(() => ({ open: false, draft: EMPTY_DRAFT }))

export function openByHand(): void {
  useByHand.setState({ open: true })
}

export function closeByHand(): void {
  useByHand.setState({ open: false })
}

export function draftByHand(change: Partial<ByHandDraft>): void {
  useByHand.setState(({ draft }) => ({ draft: { ...draft, ...change } }))
}

/** It is in the log: the next call starts with an empty form. */
export function loggedByHand(): void {
  useByHand.setState({ open: false, draft: EMPTY_DRAFT })
}
