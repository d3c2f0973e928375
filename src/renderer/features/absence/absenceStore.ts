import { create } from 'zustand'

/** Whom the dialog about going away is about; null while it is closed. */
interface AbsenceStore {
  readonly userId: string | null
}

export const useAbsence = create<AbsenceStore>(() => ({ userId: null }))

/** Asks for how long and to whom, for oneself or (a manager) for somebody else. */
export function askAway(userId: string): void {
  useAbsence.setState({ userId })
}

export function closeAway(): void {
  useAbsence.setState({ userId: null })
}
