import { addDays } from '../../../src/shared/base/time.ts'
import { instantOf, wallTimeOf } from '../../../src/shared/base/zone.ts'
import { callTable } from '../../../src/shared/domain/calls/tables.ts'
import { customerTable, locationTable } from '../../../src/shared/domain/customers/tables.ts'
import { READ_BACK_ITEMS, STANDARD_CHECKLIST } from '../../../src/shared/domain/handoff/checklist.ts'
import { type Job, jobLineTable, jobTable, jobTypeTable, PAYMENT_FORMS, priceItemTable, priorityTable } from '../../../src/shared/domain/jobs/tables.ts'
import { businessUnitTable } from '../../../src/shared/domain/people/tables.ts'
import { scriptVersionTable } from '../../../src/shared/domain/scripts/tables.ts'
import type { Generator, World } from '../world.ts'

const WRONG = 0.15

const savePriority: Generator = {
  command: 'priority.save',
  propose: ({ random, rows }) => {
    const known = random.chance(0.6) ? random.pick(rows(priorityTable)) : undefined
    return {
      input: {
        id: known?.id ?? random.id(),
        name: known?.name ?? random.pick(['Emergency', 'High', 'Normal', 'Low']),
        rank: random.chance(WRONG) ? 0 : 1 + random.below(9),
        rule: 'Heat over 95 degrees, a child under two.',
        respondWithinMinutes: 60 * (1 + random.below(72)),
        active: known ? known.active : true,
      },
    }
  },
}

const saveJobType: Generator = {
  command: 'jobType.save',
  propose: ({ random, rows }) => {
    const unit = random.pick(rows(businessUnitTable))
    const priority = random.pick(rows(priorityTable))
    if (!unit || !priority) return undefined
    const known = random.chance(0.5) ? random.pick(rows(jobTypeTable)) : undefined
    return {
      input: {
        id: known?.id ?? random.id(),
        name: `Service ${random.below(100)}`,
        businessUnitId: known?.businessUnitId ?? unit.id,
        durationMinutes: 30 + 15 * random.below(12),
        skills: random.chance(0.5) ? ['cooling'] : [],
        defaultPriorityId: random.chance(WRONG) ? random.id() : priority.id,
        defaultItemId: random.pick(rows(priceItemTable))?.id ?? null,
        active: true,
        ...(random.chance(0.1) ? { waiver: 'Roof access release' } : {}),
        ...(random.chance(0.5) ? { checklist: random.chance(WRONG) ? [...STANDARD_CHECKLIST, ...STANDARD_CHECKLIST] : random.chance(0.2) ? null : STANDARD_CHECKLIST } : {}),
      },
    }
  },
}

const savePriceItem: Generator = {
  command: 'priceItem.save',
  propose: ({ random, rows }) => {
    const known = random.chance(0.4) ? random.pick(rows(priceItemTable)) : undefined
    const taken = random.chance(WRONG) ? random.pick(rows(priceItemTable)) : undefined
    return {
      input: {
        id: known?.id ?? random.id(),
        code: taken?.code ?? known?.code ?? `ITEM-${random.below(1_000_000)}`,
        name: known?.name ?? `Item ${random.below(1000)}`,
        description: '',
        kind: known?.kind ?? random.pick(['service', 'material', 'equipment', 'discount']),
        businessUnitId: null,
        priceCents: random.below(200_000),
        costCents: random.below(50_000),
        taxable: random.chance(0.5),
        active: random.chance(0.95),
      },
    }
  },
}

/** After the hours of the opening day's technicians. */
const EVENING = 19 * 60

function proposedLine({ random, rows }: World): Readonly<Record<string, unknown>> {
  const item = random.pick(rows(priceItemTable).filter(({ active, kind }) => active && kind !== 'discount'))
  return item
    ? { id: random.id(), priceItemId: item.id, kind: item.kind, description: item.name, quantity: 250 * (1 + random.below(16)) }
    : { id: random.id(), priceItemId: null, kind: 'service', description: 'Diagnostic visit', quantity: 1000 }
}

/** A window on the hour, one to fourteen days ahead. */
function proposedWindow(world: World, zone: string, durationMinutes: number, start = 60 * (8 + 2 * world.random.below(5))): Readonly<Record<string, unknown>> {
  const day = addDays(wallTimeOf(world.at, zone).day, 1 + world.random.below(14))
  return {
    id: world.random.id(),
    windowDay: day,
    windowStart: start,
    windowEnd: start + 120,
    zone,
    windowStartsAt: instantOf(day, start, zone),
    windowEndsAt: instantOf(day, start + 120, zone),
    durationMinutes,
  }
}

/** The ways in which a booking must be refused, one at a time. */
function spoiled(world: World, booking: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const appointment = booking['appointment'] as Readonly<Record<string, number | string>>
  return {
    ...booking,
    ...world.random.pick([
      { lines: [] },
      { readBack: false },
      { locationId: world.random.id() },
      { priorityId: world.random.id() },
      { appointment: { ...appointment, windowEnd: appointment['windowStart'] } },
      { lines: [{ ...proposedLine(world), quantity: -1000 }] },
      { lines: [{ ...proposedLine(world), priceItemId: world.random.id() }] },
    ]),
  }
}

const bookJob: Generator = {
  command: 'job.book',
  propose: (world) => {
    const { random, rows } = world
    const welcome = new Set(rows(customerTable).flatMap(({ id, archived, doNotService }) => (archived || doNotService ? [] : [id])))
    const location = random.pick(rows(locationTable).filter(({ customerId }) => welcome.has(customerId)))
    const units = new Set(rows(businessUnitTable).flatMap(({ id, active }) => (active ? [id] : [])))
    const jobType = random.pick(rows(jobTypeTable).filter(({ active, businessUnitId }) => active && units.has(businessUnitId)))
    const priority = random.pick(rows(priorityTable).filter(({ active }) => active))
    if (!location || !jobType || !priority) return undefined
    const call = random.chance(0.5) ? random.pick(rows(callTable).filter(({ jobId, state }) => jobId === null && state !== 'ringing')) : undefined
    const booking = {
      jobId: random.id(),
      customerId: location.customerId,
      locationId: location.id,
      businessUnitId: jobType.businessUnitId,
      jobTypeId: jobType.id,
      priorityId: priority.id,
      summary: random.pick(['Not cooling since last night.', 'Water under the sink', '\u05DE\u05D9\u05DD \u05E2\u05DC \u05D4\u05E8\u05E6\u05E4\u05D4']),
      notes: random.chance(0.3) ? 'Call from the gate.' : '',
      plannedPayment: random.pick(PAYMENT_FORMS),
      lines: Array.from({ length: 1 + random.below(3) }, () => proposedLine(world)),
      appointment: proposedWindow(world, location.zone, jobType.durationMinutes),
      callId: call?.id ?? null,
      readBack: true,
      confirmation: random.chance(0.7),
      ...(random.chance(0.8) ? { handOff: [...READ_BACK_ITEMS, ...(random.chance(0.6) ? ['home'] : [])].map((item) => ({ item, said: 'The customer' })) } : {}),
      // Most bookings say when they were begun; some were begun before their job type was taken out of use.
      ...(random.chance(0.7) ? { begunAt: world.at - random.below(30) * 60_000, scriptVersionId: random.pick(rows(scriptVersionTable))?.id ?? null, answers: random.chance(0.4) ? [{ key: random.id(), question: 'When did it start?', answer: 'Last night' }] : [] } : {}),
    }
    // Some say that they know the window to be full.
    const capacity = random.chance(0.15) ? { capacity: { kind: 'overbook', why: 'No heat, and a child in the house' } } : {}
    // Promised at another workstation, which saw the window free; half of them in an evening that nobody works any more.
    if (random.chance(0.12)) {
      const evening = { appointment: proposedWindow(world, location.zone, jobType.durationMinutes, EVENING) }
      return { place: 'hub', input: { ...booking, ...capacity, ...(random.chance(0.5) ? evening : {}), claimed: true } }
    }
    return { input: random.chance(WRONG) ? spoiled(world, booking) : { ...booking, ...capacity } }
  },
}

const changeable = (job: Job): boolean => job.state !== 'canceled' && job.invoiceId === null

const changeJob: Generator = {
  command: 'job.change',
  propose: ({ random, rows }) => {
    const job = random.pick(rows(jobTable).filter(({ state }) => state !== 'canceled'))
    if (!job) return undefined
    if (random.chance(WRONG)) return { input: { jobId: job.id, set: { priorityId: random.id() } } }
    return { input: { jobId: job.id, set: random.pick([{ summary: 'Both floors now.' }, { plannedPayment: random.pick(PAYMENT_FORMS) }, { notes: 'Side gate.' }]) } }
  },
}

const cancelJob: Generator = {
  command: 'job.cancel',
  propose: ({ random, rows }) => {
    const open = random.pick(rows(jobTable).filter((job) => job.state === 'open' && changeable(job)))
    const settled = random.pick(rows(jobTable).filter((job) => !changeable(job)))
    const job = random.chance(WRONG) ? settled : open
    return job && { input: { jobId: job.id, reason: 'The customer solved it.' } }
  },
}

const addJobLine: Generator = {
  command: 'job.addLine',
  propose: (world) => {
    const job = world.random.pick(world.rows(jobTable).filter(changeable))
    if (!job) return undefined
    const line = proposedLine(world)
    return { input: { jobId: job.id, line: world.random.chance(WRONG) ? { ...line, quantity: 0 } : line } }
  },
}

function pickLine({ random, rows }: World) {
  const job = random.pick(rows(jobTable).filter((candidate) => changeable(candidate) && candidate.lineCount > 1)) ?? random.pick(rows(jobTable).filter(changeable))
  return job && random.pick(rows(jobLineTable).filter(({ jobId }) => jobId === job.id))
}

const changeJobLine: Generator = {
  command: 'job.changeLine',
  propose: (world) => {
    const line = pickLine(world)
    if (!line) return undefined
    const quantity = world.random.chance(WRONG) ? -1 : 500 * (1 + world.random.below(10))
    return { input: { lineId: line.id, set: { quantity } } }
  },
}

const removeJobLine: Generator = {
  command: 'job.removeLine',
  propose: (world) => {
    const line = pickLine(world)
    return line && { input: { lineId: world.random.chance(WRONG) ? world.random.id() : line.id } }
  },
}

const setWaiver: Generator = {
  command: 'job.setWaiver',
  propose: ({ random, rows }) => {
    const job = random.pick(rows(jobTable).filter(({ waiver, state }) => (waiver !== null && state === 'open') || random.chance(WRONG)))
    return job && { input: { jobId: job.id, waiver: random.pick(['sent', 'returned', 'returned', 'none']), said: random.chance(WRONG) ? '' : 'By email' } }
  },
}

export const jobsGenerators: readonly Generator[] = [
  setWaiver,
  savePriority,
  saveJobType,
  savePriceItem,
  bookJob,
  changeJob,
  cancelJob,
  addJobLine,
  changeJobLine,
  removeJobLine,
]
