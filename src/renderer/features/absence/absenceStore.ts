import { create } from 'zustand'

/** Whom the dialog about going away is about; null while it is closed. */
interface AbsenceStore {
  readonly userId: string | null
  /** Who has said that they stay away, or is just going: not asked again before the page has been locked. */
  readonly staying: string | null
}

export const useAbsence = create<AbsenceStore>(() => ({ userId: null, staying: null }))

/** Asks for how long and to whom, for oneself or (a manager) for somebody else. */
export function askAway(userId: string): void {
  useAbsence.setState({ userId })
}

/** From now on nobody asks whether this person is back; with null, whoever is away is asked. */
export function stayAway(userId: string | null): void {
  useAbsence.setState({ staying: userId })
}

export function closeAway(): void {
  useAbsence.setState({ userId: null })
}
