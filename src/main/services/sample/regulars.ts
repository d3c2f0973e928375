/** Customers written by hand, so that a tour of the sample company meets the same people every time. */

interface Place {
  readonly district: string
  readonly street: string
  readonly line2?: string
  readonly gateCode?: string
  readonly pets?: string
  readonly accessNotes?: string
}

export interface Regular {
  readonly kind: 'residential' | 'commercial'
  readonly firstName: string
  readonly lastName: string
  readonly companyName: string
  /** E.164. */
  readonly phone: string
  readonly email: string
  readonly leadSource: string
  readonly note: string
  readonly taxExempt: boolean
  readonly places: readonly Place[]
}

type More = Partial<Pick<Regular, 'email' | 'leadSource' | 'note' | 'taxExempt'>>

const NOTHING_MORE = { email: '', leadSource: 'Returning customer', note: '', taxExempt: false }

const person = (firstName: string, lastName: string, phone: string, places: readonly Place[], more: More = {}): Regular => ({
  kind: 'residential', firstName, lastName, companyName: '', phone, places, ...NOTHING_MORE, ...more,
})

const business = (companyName: string, firstName: string, lastName: string, phone: string, places: readonly Place[], more: More = {}): Regular => ({
  kind: 'commercial', firstName, lastName, companyName, phone, places, ...NOTHING_MORE, ...more,
})

export const REGULARS: readonly Regular[] = [
  person(
    'Priya', 'Natarajan', '+15550142210',
    [
      { district: 'Juniper Heights', street: '418 Juniper Bend', gateCode: '4471#', pets: 'Dog in yard', accessNotes: 'Park on street.' },
      { district: 'Millport', street: '9 Harbor Row', line2: 'Unit 3', accessNotes: 'Rental. Tenant Jon Abbey, (555) 014-5527.' },
    ],
    { email: 'priya@natarajan.example', note: 'Works nights. Text before calling back.' },
  ),
  person('Martin', 'Okonjo', '+15550146638', [{ district: 'Juniper Heights', street: '27 Larkspur Court', gateCode: '2290#', pets: 'One dog, friendly' }], {
    email: 'martin@okonjo.example',
    note: 'Wife Ada is home from 3:30. Prefers the back door.',
  }),
  person('Omar', 'Castellan', '+15550149027', [{ district: 'Saltbrook', street: '61 Saltbrook Lane' }]),
  business(
    'Coastline Property Group', 'Renata', 'Voss', '+15550143100',
    [
      { district: 'Millport', street: '14 Dock Street', line2: 'Unit 1' },
      { district: 'Millport', street: '14 Dock Street', line2: 'Unit 4' },
      { district: 'Millport', street: '14 Dock Street', line2: 'Unit 7' },
      { district: 'Millport', street: '30 Quay Street' },
      { district: 'Fairhollow Center', street: '205 Canal Street' },
    ],
    { email: 'maintenance@coastline.example', note: 'Quarterly service for every unit. Statement once a month.' },
  ),
  business('Fairhollow Little League', 'Ed', 'Barlow', '+15550143171', [{ district: 'Northgate', street: '1 School Street' }], {
    taxExempt: true,
    note: 'Snack stand and lights. Ask for a tax-exempt invoice.',
  }),
  business('Millport Dental', 'Sunita', 'Rao', '+15550143232', [{ district: 'Millport', street: '77 Lantern Street' }], { email: 'front@millportdental.example' }),
  business('Juniper Court HOA', 'Walter', 'Penrose', '+15550143353', [
    { district: 'Juniper Heights', street: '2 Juniper Court', accessNotes: 'Pump house behind building 2.' },
    { district: 'Juniper Heights', street: '18 Juniper Court' },
  ]),
  business('Harbor Row Owners', 'Alice', 'Fontaine', '+15550143474', [{ district: 'Millport', street: '40 Harbor Row' }]),
  business('Rennick Auto Glass', 'Dale', 'Rennick', '+15550143595', [{ district: 'Quarry Hill', street: '310 Granite Way' }]),
  business('Denholm Bakery', 'Maeve', 'Denholm', '+15550143616', [{ district: 'Fairhollow Center', street: '12 Market Street', accessNotes: 'Before 4 AM or after 1 PM.' }]),
  person('Gwen', 'Hollis', '+15550144011', [{ district: 'Northgate', street: '88 Orchard Road' }], { note: 'Prefers a call, not a text.' }),
  person('Nora', 'Whitfield', '+15550144122', [{ district: 'Fairhollow Center', street: '231 Alder Street' }]),
  person('Hal', 'Brenneman', '+15550144233', [{ district: 'Saltbrook', street: '7 Mill Race Lane' }]),
  person('Deborah', 'Lund', '+15550144344', [{ district: 'Cedar Flats', street: '540 Prairie Lane', accessNotes: 'Pool gate is on the left.' }]),
  person('Opal', 'Jennings', '+15550144455', [{ district: 'Juniper Heights', street: '66 Ridge Road' }]),
  person('Peter', 'Amsel', '+15550144566', [{ district: 'Northgate', street: '19 Birch Lane' }]),
  person('Aaron', 'Grayson', '+15550144677', [{ district: 'Quarry Hill', street: '5 Summit Road' }]),
  person('Bea', 'Prescott', '+15550144788', [{ district: 'Fairhollow Center', street: '402 Chestnut Avenue' }]),
  person('Jon', 'Okafor', '+15550144899', [{ district: 'Saltbrook', street: '33 Ferry Road' }]),
  person('Ruth', 'Harkness', '+15550144910', [{ district: 'Millport', street: '120 Tide Street' }]),
  person('Robert', 'Maddox', '+15550144931', [{ district: 'Juniper Heights', street: '9 Tamarack Drive' }], { note: 'Goes by Bob.' }),
  person('Luis', 'Trujillo', '+15550144952', [{ district: 'Cedar Flats', street: '71 Meadow View' }]),
]
