import { derivedId } from '../../../shared/base/id.ts'
import type { Jurisdiction } from '../../../shared/domain/invoices/tables.ts'
import { STANDARD_CHECKLIST } from '../../../shared/domain/handoff/checklist.ts'
import { DEFAULT_QUEUES } from '../../../shared/domain/promises/defaultQueues.ts'
import { type CatalogueJobType, JOB_TYPES, PRIORITIES, type PriorityKey, UNITS } from './catalogue.ts'
import { type CatalogueItem, PRICE_BOOK, type UnitKey } from './priceBook.ts'

/** A command to be, without who and when. */
export interface Step {
  readonly name: string
  readonly input: unknown
}

export interface StartingTaxZone {
  readonly key: string
  readonly name: string
  readonly jurisdictions: readonly Jurisdiction[]
}

/** The ids of reference data, the same whenever they are made for one company. */
export interface ReferenceIds {
  readonly unit: (key: UnitKey) => string
  readonly priority: (key: PriorityKey) => string
  readonly item: (code: string) => string
  readonly jobType: (type: Pick<CatalogueJobType, 'unit' | 'name'>) => string
  readonly taxZone: (key: string) => string
}

export function referenceIds(scope: string): ReferenceIds {
  return {
    unit: (key) => derivedId(scope, 'unit', key),
    priority: (key) => derivedId(scope, 'priority', key),
    item: (code) => derivedId(scope, 'item', code),
    jobType: ({ unit, name }) => derivedId(scope, 'jobType', unit, name),
    taxZone: (key) => derivedId(scope, 'taxZone', key),
  }
}

/**
 * The reference data a company works with, as commands in an order in which each finds what it refers to:
 * units, priorities, price book, job types, tax zones, queues.
 */
export function startingData(ids: ReferenceIds, items: readonly CatalogueItem[], taxZones: readonly StartingTaxZone[]): readonly Step[] {
  return [
    ...UNITS.map(({ key, name, accountClass }, position) => ({ name: 'businessUnit.save', input: { id: ids.unit(key), name, position, accountClass, active: true } })),
    ...PRIORITIES.map(({ key, ...priority }, index) => ({ name: 'priority.save', input: { id: ids.priority(key), rank: index + 1, ...priority, active: true } })),
    ...items.map(({ unit, ...item }) => ({
      name: 'priceItem.save',
      input: { id: ids.item(item.code), ...item, description: '', businessUnitId: unit === null ? null : ids.unit(unit), taxable: item.kind === 'material' || item.kind === 'equipment', active: true },
    })),
    ...JOB_TYPES.map((type) => ({
      name: 'jobType.save',
      input: {
        id: ids.jobType(type),
        name: type.name,
        businessUnitId: ids.unit(type.unit),
        durationMinutes: type.minutes,
        skills: type.skills,
        defaultPriorityId: ids.priority(type.priority),
        defaultItemId: ids.item(type.item),
        active: true,
        checklist: STANDARD_CHECKLIST,
        ...(type.skills.includes('Estimates') ? { sells: true } : {}),
      },
    })),
    ...taxZones.map(({ key, ...zone }) => ({ name: 'taxZone.save', input: { id: ids.taxZone(key), ...zone, active: true } })),
    ...DEFAULT_QUEUES.map((queue) => ({ name: 'queue.save', input: queue })),
  ]
}

/** A new company keeps the calls and services its job types start with, and puts its own prices on them. */
function firstItems(): readonly CatalogueItem[] {
  const needed = new Set(JOB_TYPES.map((type) => type.item))
  return PRICE_BOOK.filter((item) => item.unit === null || needed.has(item.code))
}

/** The rate is the company's to fill in: a wrong tax on an invoice is worse than a missing one. */
const FIRST_TAX_ZONE: StartingTaxZone = { key: 'local', name: 'Our area', jurisdictions: [{ name: 'State sales tax', rate: 0 }] }

/**
 * A new company's first business units, job types, priorities, price book, queues and tax zone.
 * They are ordinary records: each can be renamed, changed or switched off.
 */
export function firstSteps(companyId: string): readonly Step[] {
  return startingData(referenceIds(companyId), firstItems(), [FIRST_TAX_ZONE])
}
