import { HOUR, MINUTE } from '../../../src/shared/base/time.ts'

/** What every board of the comparison shows: technicians, and ten visits a day for each, none over another. */
export interface BenchTechnician {
  readonly id: string
  readonly title: string
}

export interface BenchVisit {
  readonly id: string
  readonly technicianId: string
  readonly start: number
  readonly end: number
  readonly title: string
  readonly color: string
}

export interface BenchDays {
  /** Midnight of the first day, by the browser's own clock. */
  readonly from: number
  readonly days: number
  readonly technicians: readonly BenchTechnician[]
  readonly visits: readonly BenchVisit[]
}

const TITLES = ['AC tune-up', 'Leak', 'Panel', 'Furnace', 'Drain'] as const
const COLORS = ['#1976d2', '#2e7d32', '#ed6c02', '#9c27b0', '#d32f2f'] as const
const A_DAY = 10

/** How many there are, from the page's address: `?r=500&n=20`. */
export function askedSize(): { readonly technicians: number; readonly visitsEach: number } {
  const query = new URLSearchParams(location.search)
  return { technicians: Number(query.get('r') ?? 500), visitsEach: Number(query.get('n') ?? 20) }
}

/** The same chance in every page and run: the linear congruential generator that the peers' own page uses, so that all draw the same days. */
function chance(): () => number {
  let seed = 12345
  return () => (seed = (seed * 1103515245 + 12345) & 0x7fffffff) / 0x7fffffff
}

export function makeDays(technicianCount: number, visitsEach: number): BenchDays {
  const next = chance()
  const from = new Date(2026, 10, 23).getTime()
  const days = Math.ceil(visitsEach / A_DAY)
  const technicians = Array.from({ length: technicianCount }, (_, index) => ({ id: `t${index}`, title: `Technician ${String(index + 1).padStart(3, '0')}` }))
  const visits = technicians.flatMap(({ id }, index) =>
    Array.from({ length: visitsEach }, (_, number): BenchVisit => {
      const start = from + Math.floor(number / A_DAY) * 24 * HOUR + 6 * HOUR + (number % A_DAY) * 1.4 * HOUR + Math.round(next() * 4) * 5 * MINUTE
      const end = start + (35 + Math.round(next() * 5) * 5) * MINUTE
      const title = `${TITLES[Math.floor(next() * 5)] ?? ''} #${index * visitsEach + number}`
      return { id: `j${index}_${number}`, technicianId: id, start, end, title, color: COLORS[Math.floor(next() * 5)] ?? '' }
    }),
  )
  return { from, days, technicians, visits }
}
