import { isFixedBlock, isFixedStop, type PlanTechnician, type Problem } from '../problem.ts'

/**
 * What stands fixed in a technician's day. Boards hold fixed visits that overlap, that lie before the shift, or between which
 * nobody could drive in time: that is the dispatcher's business and no reason to have no plan. Such neighbours are bundled
 * into one piece of work that begins and ends where they do, between which nothing is put.
 */
export interface FixedWork {
  readonly start: number
  readonly end: number
  /** Where it begins and ends; null where it is wherever the technician is. */
  readonly placeIn: number | null
  readonly placeOut: number | null
  readonly load: number
  readonly members: readonly FixedMember[]
}

export interface FixedMember {
  readonly kind: 'stop' | 'block'
  /** Its index among the problem's stops, or the technician's blocks. */
  readonly index: number
  readonly start: number
  readonly end: number
  readonly place: number | null
  readonly load: number
}

export interface FixedDay {
  readonly work: readonly FixedWork[]
  /** When the technician may leave the start place, at the earliest. */
  readonly from: number
  /** The first piece can only be reached by leaving before the shift, or has begun: nothing comes before it. */
  readonly beginsFixed: boolean
  /** When the end place has to be reached. */
  readonly until: number
}

const driving = ({ travel }: Problem, from: number | null, to: number | null): number =>
  from === null || to === null || from === to ? 0 : (travel.seconds[from * travel.places + to] ?? 0)

const byStart = (left: FixedMember, right: FixedMember): number => left.start - right.start || left.end - right.end

function membersOf(problem: Problem, technician: PlanTechnician, stopsOf: readonly number[]): readonly FixedMember[] {
  const stops = stopsOf.flatMap((index): FixedMember[] => {
    const stop = problem.stops[index]
    if (!stop || !isFixedStop(stop) || stop.pinned.start === null) return []
    return [{ kind: 'stop', index, start: stop.pinned.start, end: stop.pinned.start + stop.seconds, place: stop.place, load: stop.load }]
  })
  const blocks = technician.blocks.flatMap((block, index): FixedMember[] =>
    isFixedBlock(block) ? [{ kind: 'block', index, start: block.earliest, end: block.earliest + block.seconds, place: block.place, load: 0 }] : [],
  )
  return [...stops, ...blocks].sort(byStart)
}

const alone = (member: FixedMember): FixedWork => ({ start: member.start, end: member.end, placeIn: member.place, placeOut: member.place, load: member.load, members: [member] })

function joined(work: FixedWork, next: FixedWork): FixedWork {
  const members = [...work.members, ...next.members].sort(byStart)
  return {
    start: Math.min(work.start, next.start),
    end: Math.max(work.end, next.end),
    placeIn: members.find(({ place }) => place !== null)?.place ?? null,
    placeOut: members.findLast(({ place }) => place !== null)?.place ?? null,
    load: work.load + next.load,
    members,
  }
}

/**
 * Bundles what nobody can carry out one after the other; what begins after `upper` holds the technician from there on, or from
 * being there. A bundle that begins with lunch has to be reached with the drive to what follows it, so that it may swallow what is before it.
 */
function bundled(problem: Problem, startPlace: number | null, pieces: readonly FixedWork[], { lower, upper }: { readonly lower: number; readonly upper: number }): FixedWork[] {
  const work: FixedWork[] = []
  const reachedAfterLast = (placeIn: number | null): number => {
    const place = work.findLast(({ placeOut }) => placeOut !== null)?.placeOut ?? startPlace
    return (work.at(-1)?.end ?? lower) + driving(problem, place, placeIn)
  }
  for (const piece of pieces) {
    let whole = piece
    while (work.length > 0 && whole.start < reachedAfterLast(whole.placeIn)) {
      const last = work.pop()
      if (last) whole = joined(last, whole)
    }
    work.push({ ...whole, start: Math.min(whole.start, Math.max(upper, reachedAfterLast(whole.placeIn))) })
  }
  return work
}

/** @param stopsOf the indexes of the stops that are pinned to this technician */
export function fixedDay(problem: Problem, technician: PlanTechnician, stopsOf: readonly number[]): FixedDay {
  const { shift, overtime, startPlace, endPlace } = technician
  const lower = Math.max(shift.from, problem.now ?? Number.NEGATIVE_INFINITY)
  const upper = Math.max(shift.to, overtime?.until ?? Number.NEGATIVE_INFINITY)
  const members = membersOf(problem, technician, stopsOf).map(alone)
  // What began before anything may be planned is one piece up to that moment; what ends after the last one is too.
  const before = members.filter(({ start }) => start < lower)
  const after = members.filter(({ start, end }) => start >= lower && end > upper)
  const between = members.filter(({ start, end }) => start >= lower && end <= upper)
  const history = before.length === 0 ? [] : [before.reduce(joined)].map((work) => ({ ...work, end: Math.max(work.end, lower) }))
  const beyond = after.length === 0 ? [] : [after.reduce(joined)]
  const work = bundled(problem, startPlace, [...history, ...between, ...beyond], { lower, upper })
  const [first, last] = [work[0], work.at(-1)]
  const lastPlace = members.findLast(({ placeOut }) => placeOut !== null)?.placeOut ?? startPlace
  const leaves = first === undefined ? lower : first.start - driving(problem, startPlace, first.placeIn)
  return {
    work,
    from: Math.min(lower, leaves),
    beginsFixed: leaves < lower,
    until: last === undefined ? upper : Math.max(upper, last.end + driving(problem, lastPlace, endPlace)),
  }
}
