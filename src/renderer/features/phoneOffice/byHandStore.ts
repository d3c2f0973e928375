import { create } from 'zustand'

/** What is typed in the log by hand: closing it throws nothing away. */
export interface ByHandDraft {
  readonly callerName: string
  /** E.164, '' while empty, as typed where it can’t be read. */
  readonly fromNumber: string
  readonly notes: string
  /** Epoch milliseconds at which it came: from when the form was opened, as long as nobody says otherwise. */
  readonly at: number
  readonly lineNumber: string
  readonly follows: 'callBack' | 'nothing' | 'booking' | 'unheard'
}

const EMPTY_DRAFT: ByHandDraft = { callerName: '', fromNumber: '', notes: '', at: 0, lineNumber: '', follows: 'callBack' }

interface ByHandStore {
  readonly open: boolean
  /** Epoch milliseconds at which the form was opened last: the times it offers are counted back from there, and stand still. */
  readonly openedAt: number
  readonly draft: ByHandDraft
}

export const useByHand = create<ByHandStore>(() => ({ open: false, openedAt: 0, draft: EMPTY_DRAFT }))

/** What was begun keeps its moment; an empty form is about a call of just now. */
export function openByHand(): void {
  const openedAt = Date.now()
  useByHand.setState(({ draft }) => ({ open: true, openedAt, draft: draft.callerName === '' && draft.fromNumber === '' && draft.notes === '' ? { ...draft, at: openedAt } : draft }))
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
