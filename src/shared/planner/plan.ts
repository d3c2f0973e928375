/** What one technician does, in the order of it. Times in seconds from the problem's zero. */
export interface PlanRoute {
  readonly technicianId: string
  readonly entries: readonly PlanEntry[]
  /** The drive to the end place after the last entry; 0 without one. */
  readonly homeSeconds: number
  /** When the end place is reached; the shift's beginning where there is nothing to do. */
  readonly endsAt: number
}

export interface PlanEntry {
  readonly kind: 'stop' | 'block'
  readonly id: string
  readonly startsAt: number
  readonly endsAt: number
  /** The drive that ends here. */
  readonly travelSeconds: number
}

/** A block's id may be the company's, so that it counts with its technician. */
export const entryKey = (technicianId: string, { kind, id }: Pick<PlanEntry, 'kind' | 'id'>): string => (kind === 'stop' ? `stop ${id}` : `block ${technicianId} ${id}`)

/** Cents and seconds of a whole plan; `total` is the sum of the prices. */
export interface PlanCost {
  readonly travelSeconds: number
  readonly overtimeSeconds: number
  /** Beginnings after soft windows. */
  readonly lateSeconds: number
  readonly travel: number
  readonly overtime: number
  readonly late: number
  /** Windows that are not the wished one, and promised windows left. */
  readonly windows: number
  /** Preferences, and promised technicians changed; may be negative. */
  readonly technicians: number
  readonly dropped: number
  readonly skippedBlocks: number
  readonly total: number
}

export interface Plan {
  /** One for each technician of the problem, in its order. */
  readonly routes: readonly PlanRoute[]
  /** Stops that nobody does that day. */
  readonly dropped: readonly string[]
  /** Blocks for which there is no room; `technicianId` because a lunch's id may be the company's. */
  readonly skippedBlocks: readonly { readonly technicianId: string; readonly id: string }[]
  readonly cost: PlanCost
}
