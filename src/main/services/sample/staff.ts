import { derivedId } from '../../../shared/base/id.ts'
import type { Role } from '../../../shared/domain/people/permissions.ts'
import type { Shift } from '../../../shared/domain/people/tables.ts'
import type { UnitKey } from './priceBook.ts'

export interface Person {
  readonly key: string
  readonly name: string
  readonly roles: readonly Role[]
  /** Who takes their promises while they are away. */
  readonly cover?: string
}

/** The office: every role is somebody's. The first is the owner. */
export const PEOPLE: readonly Person[] = [
  { key: 'sean', name: 'Sean Avery', roles: ['owner', 'serviceManager'] },
  { key: 'rosa', name: 'Rosa Quill', roles: ['inboundCsr'], cover: 'kim' },
  { key: 'kim', name: 'Kim Ode', roles: ['inboundCsr'], cover: 'rosa' },
  { key: 'lena', name: 'Lena Hart', roles: ['inboundCsr', 'leadCoordinator'], cover: 'rosa' },
  { key: 'dana', name: 'Dana Wray', roles: ['dispatcher'], cover: 'mira' },
  { key: 'mira', name: 'Mira Stone', roles: ['dispatchCoordinator'], cover: 'dana' },
  { key: 'tanya', name: 'Tanya Reese', roles: ['receivables'], cover: 'hugh' },
  { key: 'hugh', name: 'Hugh Lindell', roles: ['receivables', 'jobCosting'], cover: 'tanya' },
  { key: 'ivo', name: 'Ivo Marsh', roles: ['qualityAssurance', 'customerRelations'] },
  { key: 'vic', name: 'Vic Stratton', roles: ['insideSales'] },
  { key: 'noor', name: 'Noor Halim', roles: ['installationCoordinator', 'permitCoordinator'] },
  { key: 'grace', name: 'Grace Adeyemi', roles: ['membershipCoordinator'] },
]

/** Who does what in the story of the two weeks. */
export type ActorKey = 'sean' | 'rosa' | 'kim' | 'lena' | 'dana' | 'mira' | 'tanya'

export interface Worker {
  readonly name: string
  readonly unit: UnitKey
  readonly skills: readonly string[]
  readonly homeArea: string
}

export const TECHNICIANS: readonly Worker[] = [
  { name: 'Theo Barnard', unit: 'hvac', skills: ['Cooling', 'Heating', 'Ducts', 'Estimates'], homeArea: 'Juniper Heights' },
  { name: 'Lena Ruiz', unit: 'hvac', skills: ['Cooling', 'Heating'], homeArea: 'Fairhollow Center' },
  { name: 'Marcus Oyelowo', unit: 'hvac', skills: ['Cooling', 'Heating', 'Ducts', 'Installation'], homeArea: 'Northgate' },
  { name: 'Dee Halvorsen', unit: 'hvac', skills: ['Cooling', 'Heating', 'Installation'], homeArea: 'Cedar Flats' },
  { name: 'Sam Pacheco', unit: 'hvac', skills: ['Cooling', 'Heating', 'Ducts'], homeArea: 'Saltbrook' },
  { name: 'Wes Tran', unit: 'hvac', skills: ['Cooling', 'Heating', 'Estimates'], homeArea: 'Millport' },
  { name: 'Nina Kovach', unit: 'hvac', skills: ['Cooling', 'Heating', 'Ducts'], homeArea: 'Juniper Heights' },
  { name: 'Ray Dunmore', unit: 'hvac', skills: ['Cooling', 'Heating', 'Estimates', 'Installation'], homeArea: 'Quarry Hill' },
  { name: 'Al Brightwater', unit: 'plumbing', skills: ['Plumbing', 'Water heaters', 'Gas', 'Drains'], homeArea: 'Fairhollow Center' },
  { name: 'Tess Moran', unit: 'plumbing', skills: ['Plumbing', 'Water heaters'], homeArea: 'Northgate' },
  { name: 'Owen Pike', unit: 'plumbing', skills: ['Plumbing', 'Drains'], homeArea: 'Millport' },
  { name: 'Rita Sandberg', unit: 'plumbing', skills: ['Plumbing', 'Water heaters', 'Gas'], homeArea: 'Saltbrook' },
  { name: 'Gus Marchetti', unit: 'plumbing', skills: ['Plumbing', 'Water heaters', 'Drains'], homeArea: 'Juniper Heights' },
  { name: 'Hana Sorensen', unit: 'electrical', skills: ['Electrical', 'EV chargers', 'Panels'], homeArea: 'Fairhollow Center' },
  { name: 'Drew Castle', unit: 'electrical', skills: ['Electrical', 'EV chargers'], homeArea: 'Northgate' },
  { name: 'Paz Villareal', unit: 'electrical', skills: ['Electrical', 'Panels'], homeArea: 'Millport' },
  { name: 'Mo Farrell', unit: 'pool', skills: ['Pool care', 'Pool equipment'], homeArea: 'Juniper Heights' },
  { name: 'Bea Nolan', unit: 'pool', skills: ['Pool care', 'Pool equipment'], homeArea: 'Cedar Flats' },
  { name: 'Ivy Lockhart', unit: 'drains', skills: ['Drains', 'Sewer camera'], homeArea: 'Saltbrook' },
  { name: 'Ben Achebe', unit: 'drains', skills: ['Drains', 'Sewer camera', 'Plumbing'], homeArea: 'Fairhollow Center' },
]

/** Starts of the day in minutes; each technician keeps theirs. */
const SHIFT_STARTS = [7 * 60, 8 * 60, 8 * 60, 9 * 60] as const
const SHIFT_LENGTH = 9 * 60

/** Five days a week, two off in a row, spread so that somebody of every unit works on every day. */
export function shiftsOf(index: number): readonly Shift[] {
  const firstOff = (index * 3) % 7
  const start = SHIFT_STARTS[index % SHIFT_STARTS.length] ?? 8 * 60
  return [0, 1, 2, 3, 4, 5, 6]
    .filter((weekday) => weekday !== firstOff && weekday !== (firstOff + 1) % 7)
    .map((weekday) => ({ weekday, start, end: start + SHIFT_LENGTH }))
}

export const personId = (seed: number, key: string): string => derivedId('sample', String(seed), 'person', key)

export const technicianId = (seed: number, index: number): string => derivedId('sample', String(seed), 'technician', String(index))
