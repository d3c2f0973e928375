import { DAY, HOUR, MINUTE } from '../../../shared/base/time.ts'
import type { UnitKey } from './priceBook.ts'

/** The trade's own data: what a company that does all five trades starts with. */

export interface CatalogueUnit {
  readonly key: UnitKey
  readonly name: string
  /** The QuickBooks class. */
  readonly accountClass: string
}

export const UNITS: readonly CatalogueUnit[] = [
  { key: 'hvac', name: 'HVAC', accountClass: 'HVAC' },
  { key: 'plumbing', name: 'Plumbing', accountClass: 'Plumbing' },
  { key: 'electrical', name: 'Electrical', accountClass: 'Electrical' },
  { key: 'pool', name: 'Pool', accountClass: 'Pool' },
  { key: 'drains', name: 'Drains', accountClass: 'Drains' },
]

export type PriorityKey = 'emergency' | 'high' | 'normal' | 'planned' | 'flexible'

export interface CataloguePriority {
  readonly key: PriorityKey
  readonly name: string
  readonly rule: string
  readonly respondWithinMinutes: number
}

/** Most urgent first; the rules are objective so that CSR, dispatcher and technician choose alike (C13). */
export const PRIORITIES: readonly CataloguePriority[] = [
  {
    key: 'emergency',
    name: 'Emergency',
    rule: 'Gas smell, water running that can\u2019t be shut off, sparks or burning, sewage in the home. Safety words first.',
    respondWithinMinutes: (2 * HOUR) / MINUTE,
  },
  {
    key: 'high',
    name: 'High',
    rule: 'No heat below 40\u00b0, no cooling above 90\u00b0, no hot water, no power to part of the home; or a child under two or an ill or older person at home.',
    respondWithinMinutes: (8 * HOUR) / MINUTE,
  },
  { key: 'normal', name: 'Normal', rule: 'Something does not work and the home stays usable.', respondWithinMinutes: DAY / MINUTE },
  { key: 'planned', name: 'Planned', rule: 'Maintenance, estimates and installations booked ahead.', respondWithinMinutes: (7 * DAY) / MINUTE },
  { key: 'flexible', name: 'Flexible', rule: 'The customer may be moved to help somebody in need, and was told so.', respondWithinMinutes: (14 * DAY) / MINUTE },
]

export interface CatalogueJobType {
  readonly name: string
  readonly unit: UnitKey
  readonly minutes: number
  readonly skills: readonly string[]
  readonly priority: PriorityKey
  /** The price book code of the line a new job starts with. */
  readonly item: string
}

type Entry = readonly [name: string, minutes: number, skills: readonly string[], priority: PriorityKey, item: string]

const HVAC: readonly Entry[] = [
  ['No cooling', 90, ['Cooling'], 'high', 'HV-100'],
  ['No heat', 90, ['Heating'], 'high', 'HV-100'],
  ['Cooling tune-up', 60, ['Cooling'], 'planned', 'HV-110'],
  ['Heating tune-up', 60, ['Heating'], 'planned', 'HV-115'],
  ['Heat pump service', 75, ['Cooling', 'Heating'], 'planned', 'HV-120'],
  ['Water around the air handler', 90, ['Cooling'], 'normal', 'HV-100'],
  ['Noise or smell', 75, ['Cooling'], 'normal', 'HV-100'],
  ['Duct leak', 120, ['Ducts'], 'normal', 'HV-150'],
  ['Thermostat', 60, ['Cooling'], 'normal', 'HV-100'],
  ['Air quality', 90, ['Ducts'], 'planned', 'HV-100'],
  ['Replacement estimate', 90, ['Estimates'], 'planned', 'HV-160'],
  ['System installation', 480, ['Installation'], 'planned', 'HV-165'],
]

const PLUMBING: readonly Entry[] = [
  ['Leak, water running', 90, ['Plumbing'], 'emergency', 'PL-105'],
  ['Leak search', 90, ['Plumbing'], 'high', 'PL-140'],
  ['No hot water', 90, ['Water heaters'], 'high', 'PL-100'],
  ['Water heater replacement', 240, ['Water heaters'], 'normal', 'PL-135'],
  ['Faucet', 60, ['Plumbing'], 'normal', 'PL-110'],
  ['Toilet', 60, ['Plumbing'], 'normal', 'PL-120'],
  ['Gas line', 120, ['Gas'], 'high', 'PL-150'],
  ['Sump pump', 120, ['Plumbing'], 'normal', 'PL-160'],
]

const ELECTRICAL: readonly Entry[] = [
  ['Burning smell or sparks', 90, ['Electrical'], 'emergency', 'EL-105'],
  ['Dead circuit', 90, ['Electrical'], 'high', 'EL-100'],
  ['Outlet or switch', 60, ['Electrical'], 'normal', 'EL-110'],
  ['Fixture or fan', 90, ['Electrical'], 'normal', 'EL-120'],
  ['EV charger', 180, ['Electrical', 'EV chargers'], 'planned', 'EL-140'],
  ['Panel upgrade', 360, ['Electrical', 'Panels'], 'planned', 'EL-135'],
  ['Smoke alarms', 60, ['Electrical'], 'planned', 'EL-145'],
]

const POOL: readonly Entry[] = [
  ['Weekly pool service', 60, ['Pool care'], 'planned', 'PO-105'],
  ['Green pool', 120, ['Pool care'], 'normal', 'PO-110'],
  ['Pump or filter', 90, ['Pool equipment'], 'normal', 'PO-100'],
  ['Pool opening or closing', 120, ['Pool care'], 'planned', 'PO-115'],
]

const DRAINS: readonly Entry[] = [
  ['Sewage backing up', 90, ['Drains'], 'emergency', 'DR-130'],
  ['Slow drain', 60, ['Drains'], 'normal', 'DR-105'],
  ['Main line', 120, ['Drains'], 'high', 'DR-110'],
  ['Sewer camera', 90, ['Drains', 'Sewer camera'], 'normal', 'DR-115'],
]

const of = (unit: UnitKey, entries: readonly Entry[]): readonly CatalogueJobType[] =>
  entries.map(([name, minutes, skills, priority, item]) => ({ name, unit, minutes, skills, priority, item }))

export const JOB_TYPES: readonly CatalogueJobType[] = [
  ...of('hvac', HVAC),
  ...of('plumbing', PLUMBING),
  ...of('electrical', ELECTRICAL),
  ...of('pool', POOL),
  ...of('drains', DRAINS),
]
