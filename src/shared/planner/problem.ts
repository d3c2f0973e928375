import type { TravelMatrix } from './travel.ts'

/**
 * A day to be planned, as numbers: who works when and where, what has to be done, and what each departure from the wish
 * costs. Times are whole seconds from a zero that the caller chooses (the board's zero), so that a shift over midnight or
 * a day of 23 hours is nothing special here. Prices are cents. Places are rows of the travel matrix.
 */
export interface Problem {
  readonly technicians: readonly PlanTechnician[]
  readonly stops: readonly PlanStop[]
  readonly travel: TravelMatrix
  /** Cents for a minute behind the wheel. */
  readonly travelPrice: number
  /** Nobody sets out for anything that is not pinned before it; null plans a whole day. */
  readonly now: number | null
}

export interface PlanTechnician {
  readonly id: string
  readonly skills: readonly string[]
  /** From leaving the start place to reaching the end place. */
  readonly shift: { readonly from: number; readonly to: number }
  /** How long beyond the shift, and cents for a minute of it; null where the shift's end is firm. */
  readonly overtime: { readonly until: number; readonly price: number } | null
  /** null: the day begins at the first stop and ends at the last. */
  readonly startPlace: number | null
  readonly endPlace: number | null
  readonly blocks: readonly PlanBlock[]
  /** What fits into the van, in the unit of the stops' `load`; null without limit. */
  readonly capacity: number | null
}

/** Lunch, training, a meeting, time off. Fixed where `earliest` is `latest`. */
export interface PlanBlock {
  readonly id: string
  /** Its beginning lies between the two. */
  readonly earliest: number
  readonly latest: number
  readonly seconds: number
  /** null: wherever the technician is by then. The drive comes after it. */
  readonly place: number | null
  /** Cents for leaving it out; a fixed one is never left out. */
  readonly skipPrice: number
}

/** When the work may begin. */
export interface PlanWindow {
  readonly from: number
  readonly to: number
  /** Cents for beginning in this window at all: 0 for the one that is wished. */
  readonly price: number
  /** Beginning after `to`, until when, and cents for a minute; null where the window is hard. */
  readonly late: { readonly until: number; readonly price: number } | null
}

export interface PlanStop {
  readonly id: string
  readonly place: number
  /** Seconds of work; 0 is a visit too. */
  readonly seconds: number
  readonly skills: readonly string[]
  /** At least one. */
  readonly windows: readonly PlanWindow[]
  readonly load: number
  /** Cents for not doing it that day: what makes an emergency come before a tune-up. */
  readonly dropPrice: number
  /** Cents by technician: what is added for one who is unwanted, negative for one who is liked or sells well, Infinity for never. */
  readonly technicianPrices: Readonly<Record<string, number>>
  /** Only this technician; only this beginning. Both: the visit stands where it stands. */
  readonly pinned: { readonly technicianId: string | null; readonly start: number | null }
  readonly promised: PlanPromise | null
}

/** What a customer was told, and what it costs in cents to go back on it: for another window, for another technician. */
export interface PlanPromise {
  readonly window: { readonly from: number; readonly to: number; readonly price: number } | null
  readonly technician: { readonly id: string; readonly price: number } | null
}

/** A stop without wishes; tests and mappings say what is different. */
export const PLAIN_STOP = {
  skills: [],
  load: 0,
  dropPrice: 1_000_000,
  technicianPrices: {},
  pinned: { technicianId: null, start: null },
  promised: null,
} as const satisfies Partial<PlanStop>

export const isFixedBlock = (block: PlanBlock): boolean => block.earliest >= block.latest

/** True where technician and beginning are given: the planner takes it as it is, even where it collides with another. */
export const isFixedStop = ({ pinned }: PlanStop): boolean => pinned.technicianId !== null && pinned.start !== null
