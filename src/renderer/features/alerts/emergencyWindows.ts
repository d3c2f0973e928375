import type { WindowProposal } from '../../../shared/contract/methods/dispatch.ts'

/**
 * The three windows for an emergency: what is free today, the earliest first; then what is full today, as long as the day
 * has emergency slots left, for dispatch makes room; then what is free later.
 * @param slotsLeft how many more emergencies of today may be promised a full window
 */
export function emergencyWindows(windows: readonly WindowProposal[], today: string, slotsLeft: number): readonly WindowProposal[] {
  const early = windows.toSorted((left, right) => left.startsAt - right.startsAt)
  const free = early.filter(({ available }) => available)
  const full = slotsLeft > 0 ? early.filter(({ available, day }) => !available && day === today) : []
  return [...free.filter(({ day }) => day === today), ...full, ...free.filter(({ day }) => day !== today)].slice(0, 3)
}
