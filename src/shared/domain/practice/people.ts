/** Who is in the books of the practice company before the telephone rings. */
export interface PracticePerson {
  readonly key: string
  readonly firstName: string
  readonly lastName: string
  /** E.164; reserved for fiction. */
  readonly phone: string
  readonly line1: string
  readonly note: string
}

export const PRACTICE_CITY = { city: 'Fairhollow', state: 'MN', postalCode: '55201' } as const

const person = (key: string, firstName: string, lastName: string, phone: string, line1: string, note = ''): PracticePerson => ({ key, firstName, lastName, phone, line1, note })

export const PRACTICE_PEOPLE: readonly PracticePerson[] = [
  person('walter', 'Walter', 'Haines', '+15550147702', '9 Orchard Row'),
  person('june', 'June', 'Haines', '+15550147702', '77 Millrace Lane', 'Shares her telephone with her father Walter.'),
  person('elena', 'Elena', 'Brandt', '+15550147703', '230 Foundry Street'),
  person('gordon', 'Gordon', 'Pike', '+15550147704', '5 Harbor View', 'Customer for nine years.'),
  person('marisol', 'Marisol', 'Vega', '+15550147705', '41 Cedar Loop'),
  person('devon', 'Devon', 'Clarke', '+15550147706', '18 Saltbrook Avenue'),
  person('harriet', 'Harriet', 'Boone', '+15550147707', '64 Juniper Bend'),
  // Somebody with nearly the same name, so that nobody books on the first they find.
  person('naomi', 'Naomi', 'Castle', '+15550147790', '120 Larkspur Avenue'),
  person('ruben', 'Ruben', 'Ortiz', '+15550147791', '81 Tanner Street'),
]

/** A visit that is there before the telephone rings. */
export interface PracticeVisit {
  readonly person: string
  /** Days from today. */
  readonly day: number
  /** Minutes of the local day; a visit of today lies around now instead. */
  readonly start: number
  readonly unit: 'hvac' | 'plumbing' | 'drains'
  readonly jobType: string
  readonly summary: string
  /** Its technician is set, and on the way where that is said. */
  readonly state: 'scheduled' | 'dispatched'
}

export const PRACTICE_VISITS: readonly PracticeVisit[] = [
  { person: 'marisol', day: 0, start: 0, unit: 'hvac', jobType: 'No cooling', summary: 'Blows warm air since yesterday.', state: 'dispatched' },
  { person: 'devon', day: 1, start: 10 * 60, unit: 'hvac', jobType: 'Heating tune-up', summary: 'Yearly tune-up.', state: 'scheduled' },
]
