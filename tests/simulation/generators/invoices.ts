import { addDays } from '../../../src/shared/base/time.ts'
import { instantOf, wallTimeOf } from '../../../src/shared/base/zone.ts'
import { appointmentTable } from '../../../src/shared/domain/dispatch/tables.ts'
import { type Invoice, invoiceLineTable, invoiceTable, taxZoneTable } from '../../../src/shared/domain/invoices/tables.ts'
import { ITEM_KINDS, type Job, jobTable, priceItemTable } from '../../../src/shared/domain/jobs/tables.ts'
import { companyTable } from '../../../src/shared/domain/people/tables.ts'
import type { Generator, World } from '../world.ts'

/** One in seven proposals must be refused. */
const WRONG = 0.15

const JURISDICTIONS = ['Illinois', 'Cook County', 'Fairhollow City', 'Transit District'] as const

const today = ({ at, zone }: World): string => wallTimeOf(at, zone).day

const saveTaxZone: Generator = {
  command: 'taxZone.save',
  propose: (world) => {
    const { random } = world
    const zones = world.rows(taxZoneTable)
    const existing = random.chance(0.4) ? random.pick(zones) : undefined
    const name = random.chance(WRONG) ? random.pick(zones)?.name : undefined
    return {
      input: {
        id: existing?.id ?? random.id(),
        name: name ?? existing?.name ?? `Zone ${random.below(1_000_000)}`,
        jurisdictions: JURISDICTIONS.slice(0, random.below(JURISDICTIONS.length + 1)).map((jurisdiction) => ({ name: jurisdiction, rate: random.below(90) * 625 })),
        active: true,
      },
    }
  },
}

/** Jobs whose work is done and that nobody has charged for. */
function chargeable(world: World): readonly Job[] {
  const invoiced = new Set(world.rows(invoiceTable).map((invoice) => invoice.jobId))
  const visits = world.rows(appointmentTable)
  return world.rows(jobTable).filter((job) => {
    const own = visits.filter((visit) => visit.jobId === job.id)
    return job.state !== 'canceled' && job.lineCount > 0 && !invoiced.has(job.id) && own.some((visit) => visit.state === 'done') && own.every((visit) => visit.state === 'done' || visit.state === 'canceled')
  })
}

const draft: Generator = {
  command: 'invoice.draft',
  propose: (world) => {
    const { random } = world
    const job = random.chance(WRONG) ? random.pick(world.rows(jobTable)) : random.pick(chargeable(world))
    return job && { input: { invoiceId: random.id(), jobId: job.id } }
  },
}

const inState = (world: World, state: Invoice['state']): readonly Invoice[] => world.rows(invoiceTable).filter((invoice) => invoice.state === state)

/** Mostly a draft; now and then one that is final and must not change. */
function editable(world: World): Invoice | undefined {
  return world.random.chance(WRONG / 2) ? world.random.pick(world.rows(invoiceTable)) : world.random.pick(inState(world, 'draft'))
}

const saveLine: Generator = {
  command: 'invoice.saveLine',
  propose: (world) => {
    const { random } = world
    const invoice = editable(world)
    if (!invoice) return undefined
    const lines = world.rows(invoiceLineTable).filter((line) => line.invoiceId === invoice.id)
    const line = random.chance(0.4) ? random.pick(lines) : undefined
    const discount = random.chance(0.25)
    const wrong = random.chance(WRONG / 2)
    const largest = Math.max(1, Math.floor(invoice.subtotalCents / 4))
    return {
      input: {
        invoiceId: invoice.id,
        lineId: line?.id ?? random.id(),
        priceItemId: random.chance(0.3) ? (random.pick(world.rows(priceItemTable))?.id ?? null) : null,
        kind: discount ? 'discount' : (random.pick(ITEM_KINDS.slice(0, 3)) ?? 'service'),
        description: discount ? 'Neighbor discount' : 'Extra filter 16\u00d725, 3/4"',
        quantity: discount ? 1000 : random.below(4000) + (wrong ? 0 : 1),
        unitPriceCents: discount && !wrong ? -(random.below(largest) + 1) : random.below(50_000),
        taxable: random.chance(0.6),
        reason: discount && !random.chance(WRONG / 2) ? 'Second visit' : '',
      },
    }
  },
}

const removeLine: Generator = {
  command: 'invoice.removeLine',
  propose: (world) => {
    const { random } = world
    const lines = world.rows(invoiceLineTable)
    const drafts = new Set(inState(world, 'draft').map((invoice) => invoice.id))
    const spare = lines.filter((line) => drafts.has(line.invoiceId) && lines.filter((other) => other.invoiceId === line.invoiceId).length > 1)
    const line = random.chance(WRONG) ? random.pick(lines) : random.pick(spare)
    return line && { input: { invoiceId: line.invoiceId, lineId: line.id } }
  },
}

const finalize: Generator = {
  command: 'invoice.finalize',
  propose: (world) => {
    const { random, zone } = world
    const invoice = random.chance(WRONG / 2) ? random.pick(world.rows(invoiceTable)) : random.pick(inState(world, 'draft'))
    if (!invoice) return undefined
    const closed = world.rows(companyTable)[0]?.booksClosedThrough
    const day = random.chance(WRONG / 3) ? addDays(today(world), 3) : random.chance(WRONG / 3) && closed ? closed : today(world)
    const dueDay = addDays(day, random.chance(WRONG / 3) ? -1 : invoice.termsDays)
    return { input: { invoiceId: invoice.id, day, dueDay, dueAt: instantOf(addDays(dueDay, 1), 0, zone) - 1 } }
  },
}

export const invoicesGenerators: readonly Generator[] = [saveTaxZone, draft, saveLine, removeLine, finalize]
