import { derivedId } from '../../../shared/base/id.ts'
import type { LineHours, LinePurpose } from '../../../shared/domain/phone/tables.ts'
import type { UnitKey } from './priceBook.ts'
import { personId } from './staff.ts'
import type { ReferenceIds, Step } from './startingData.ts'

interface SampleLine {
  readonly key: string
  readonly name: string
  readonly number: string
  readonly unit: UnitKey | null
  readonly purpose: LinePurpose
  readonly skills?: readonly string[]
  readonly firstSeconds?: number
  readonly hours?: readonly LineHours[]
}

const DAYS = [0, 1, 2, 3, 4, 5, 6] as const
const hoursOn = (weekdays: readonly number[], opensAt: number, closesAt: number): readonly LineHours[] => weekdays.map((weekday) => ({ weekday, opensAt, closesAt }))

/** One number a unit, pools under a brand of their own; estimates go to the lead coordinator. Numbers reserved for fiction. */
const LINES: readonly SampleLine[] = [
  { key: 'hvac', name: 'HVAC line', number: '+15550142000', unit: 'hvac', purpose: 'general' },
  { key: 'plumbing', name: 'Plumbing line', number: '+15550142001', unit: 'plumbing', purpose: 'service' },
  { key: 'electrical', name: 'Electrical line', number: '+15550142002', unit: 'electrical', purpose: 'service' },
  { key: 'pool', name: 'Bluestone Pools', number: '+15550142003', unit: 'pool', purpose: 'service' },
  { key: 'drains', name: 'Drains line', number: '+15550142004', unit: 'drains', purpose: 'service' },
  { key: 'estimates', name: 'Estimates', number: '+15550142009', unit: null, purpose: 'sales', skills: ['Sales'], firstSeconds: 12, hours: hoursOn([1, 2, 3, 4, 5], 8 * 60, 17 * 60) },
  { key: 'emergency', name: '24-hour line', number: '+15550142011', unit: null, purpose: 'emergency', firstSeconds: 0, hours: hoursOn(DAYS, 0, 1440) },
]

const BACKUP = '+15550142090'

const CONSENT = 'This call may be recorded so that we can check what we promised.'

interface SampleExtension {
  readonly person: string
  readonly extension: string
  readonly groups?: readonly string[]
  readonly skills?: readonly string[]
}

const EXTENSIONS: readonly SampleExtension[] = [
  { person: 'sean', extension: '100' },
  { person: 'rosa', extension: '101', groups: ['Front desk'] },
  { person: 'kim', extension: '102', groups: ['Front desk'], skills: ['Spanish'] },
  { person: 'lena', extension: '103', groups: ['Front desk', 'Sales'], skills: ['Sales'] },
  { person: 'dana', extension: '110', groups: ['Dispatch'] },
  { person: 'mira', extension: '111', groups: ['Dispatch'] },
  { person: 'vic', extension: '120', groups: ['Sales'], skills: ['Sales'] },
  { person: 'ivo', extension: '130' },
  { person: 'tanya', extension: '140', groups: ['Billing'] },
  { person: 'hugh', extension: '141', groups: ['Billing'] },
]

/** What a call of the story says of the line it came on. */
export function lineWords(key: string): { readonly lineName: string; readonly lineNumber: string } {
  const line = LINES.find((one) => one.key === key)
  if (!line) throw new Error(`The sample company has no line ${key}`)
  return { lineName: line.name, lineNumber: line.number }
}

/** The telephone of the sample company, as commands. */
export function lineSteps(seed: number, ids: ReferenceIds): readonly Step[] {
  return [
    { name: 'phoneRules.configure', input: { set: { backupNumber: BACKUP } } },
    ...LINES.map(({ key, name, number, unit, purpose, skills = [], firstSeconds = null, hours = [] }, position) => ({
      name: 'phoneLine.save',
      input: { id: derivedId('sample', String(seed), 'line', key), number, name, businessUnitId: unit === null ? null : ids.unit(unit), purpose, skills, roles: [], firstSeconds, backupNumber: '', ringLimitSeconds: null, hours, consentText: CONSENT, recordingDays: null, position, active: true },
    })),
    ...EXTENSIONS.map(({ person, extension, groups = [], skills = [] }) => ({ name: 'phoneExtension.save', input: { userId: personId(seed, person), extension, groups, skills } })),
  ]
}
