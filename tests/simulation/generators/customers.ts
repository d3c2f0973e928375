import { hasFlag } from '../../../src/shared/domain/customers/flags.ts'
import { CHANNELS, CONSENT_WAYS, CONTACT_PURPOSES, contactMethodTable, CUSTOMER_FLAGS, customerTable, locationTable, noteTable, serviceAreaTable } from '../../../src/shared/domain/customers/tables.ts'
import { rolesMay } from '../../../src/shared/domain/people/permissions.ts'
import { technicianTable, userTable } from '../../../src/shared/domain/people/tables.ts'
import type { Generator, World } from '../world.ts'

/** Words that have broken software before: an apostrophe, right-to-left text, an emoji, accents, a NUL. */
const FIRST_NAMES = ['Martin', 'Ada', 'Priya', 'D\u2019Arcy', '\u05E9\u05B8\u05DC\u05D5\u05B9\u05DD', 'Ann \u{1F9CA}', 'Zo\u00EB', 'Gw\u0000en'] as const
const LAST_NAMES = ['Okonjo', 'Natarajan', 'O\u0027Neil', 'Hollis', 'Barnard-Ruiz', 'Tr\u00E4n'] as const
const STREETS = ['Larkspur Court', 'Juniper Bend', 'Harbor Row', 'Copper Lane'] as const
const CITIES = ['Fairhollow', 'Millport', 'Eastfield'] as const

/** One in seven proposals must be refused. */
const WRONG = 0.15

const phone = ({ random }: World): string => `+1555014${String(random.below(10_000)).padStart(4, '0')}`

function proposedLocation(world: World, id = world.random.id()): Readonly<Record<string, unknown>> {
  const { random, zone } = world
  return {
    id,
    kind: random.pick(['home', 'business', 'rental']),
    line1: `${random.below(900) + 1} ${random.pick(STREETS)}`,
    line2: random.chance(0.2) ? `Unit ${random.below(40) + 1}` : '',
    city: random.pick(CITIES),
    state: 'IL',
    postalCode: `60${String(random.below(1000)).padStart(3, '0')}`,
    zone,
    accessNotes: random.chance(0.3) ? 'Park on the street.' : '',
    gateCode: random.chance(0.2) ? `${random.below(10_000)}#` : '',
    pets: random.chance(0.2) ? 'One dog, friendly.' : '',
    latitude: random.chance(0.5) ? 41_800_000 + random.below(100_000) : null,
    longitude: random.chance(0.5) ? -87_600_000 - random.below(100_000) : null,
    taxZoneId: null,
    ...(random.chance(0.3) ? { parking: 'In the alley behind.' } : {}),
  }
}

const createCustomer: Generator = {
  command: 'customer.create',
  propose: (world) => {
    const { random } = world
    const nameless = random.chance(WRONG / 2)
    const commercial = random.chance(0.2)
    return {
      input: {
        customerId: random.chance(WRONG / 2) ? (random.pick(world.rows(customerTable))?.id ?? random.id()) : random.id(),
        kind: commercial ? 'commercial' : 'residential',
        firstName: nameless ? '' : random.pick(FIRST_NAMES),
        lastName: nameless ? '' : random.pick(LAST_NAMES),
        companyName: commercial && !nameless ? `${random.pick(LAST_NAMES)} Holdings` : '',
        leadSource: random.pick(['Referral', 'Returning customer', '']),
        ...(random.chance(0.3) ? { language: 'es', bestTime: 'Before noon', preferredChannel: 'text' } : {}),
        phones: Array.from({ length: random.below(3) }, (_, index) => ({ id: random.id(), value: phone(world).replace('014', `01${index}`), label: 'mobile' })),
        emails: random.chance(0.5) ? [{ id: random.id(), value: `Person${random.below(9999)}@Mail.example`, label: '' }] : [],
        location: random.chance(0.9) ? proposedLocation(world) : null,
      },
    }
  },
}

const changeCustomer: Generator = {
  command: 'customer.change',
  propose: (world) => {
    const { random } = world
    const customer = random.pick(world.rows(customerTable))
    const technician = random.pick(world.rows(technicianTable))
    if (!customer) return undefined
    if (random.chance(WRONG)) return { input: { customerId: customer.id, set: { firstName: '', lastName: '', companyName: '' } } }
    const set = random.pick([
      { lastName: random.pick(LAST_NAMES) },
      { leadSource: 'Mailer' },
      { billing: { line1: '1 Billing Way', line2: '', city: 'Millport', state: 'IL', postalCode: '60001' } },
      { archived: false },
      { doNotService: random.chance(0.1) },
      { language: random.pick(['es', 'vi', null]), bestTime: 'After five', preferredChannel: random.pick([...CHANNELS, null]) },
      ...(technician ? [{ askedForId: technician.id, notWantedIds: null }, { askedForId: null, notWantedIds: [technician.id] }] : []),
    ])
    return { input: { customerId: customer.id, set } }
  },
}

const addLocation: Generator = {
  command: 'location.add',
  propose: (world) => {
    const customer = world.random.pick(world.rows(customerTable))
    if (!customer) return undefined
    const wrong = world.random.chance(WRONG)
    return { input: { customerId: wrong ? world.random.id() : customer.id, location: proposedLocation(world) } }
  },
}

const changeLocation: Generator = {
  command: 'location.change',
  propose: (world) => {
    const { random } = world
    const location = random.pick(world.rows(locationTable))
    if (!location) return undefined
    if (random.chance(WRONG)) return { input: { locationId: location.id, set: { taxZoneId: random.id() } } }
    return { input: { locationId: location.id, set: random.pick([{ gateCode: `${random.below(10_000)}` }, { pets: '' }, { city: random.pick(CITIES) }]) } }
  },
}

const saveContactMethod: Generator = {
  command: 'contactMethod.save',
  propose: (world) => {
    const { random } = world
    const customer = random.pick(world.rows(customerTable))
    if (!customer) return undefined
    const wrong = random.chance(WRONG)
    const place = random.pick(world.rows(locationTable).filter(({ customerId }) => (customerId === customer.id) !== wrong))
    return {
      input: {
        id: random.id(),
        customerId: customer.id,
        locationId: wrong || random.chance(0.3) ? (place?.id ?? null) : null,
        kind: 'phone',
        value: phone(world),
        label: random.pick(['mobile', 'home', 'work']),
        position: random.below(9),
      },
    }
  },
}

const removeContactMethod: Generator = {
  command: 'contactMethod.remove',
  propose: ({ random, rows }) => {
    const method = random.pick(rows(contactMethodTable))
    return method && { input: { id: random.chance(WRONG) ? random.id() : method.id } }
  },
}

const addNote: Generator = {
  command: 'note.add',
  propose: ({ random, rows }) => {
    const subject = random.chance(0.5)
      ? { kind: 'customer', row: random.pick(rows(customerTable)) }
      : { kind: 'location', row: random.pick(rows(locationTable)) }
    if (!subject.row) return undefined
    const body = random.pick(['Works nights. Text before calling back.', 'Baby sleeps 1\u20133 PM.', 'Pays by check \u{1F4B5}'])
    const note = { noteId: random.id(), subjectKind: subject.kind, subjectId: subject.row.id, body, pinned: random.chance(0.3) }
    // Written elsewhere on a record that is gone, by somebody the hub does not know.
    if (random.chance(0.1)) return { place: 'hub', actorId: random.id(), input: { ...note, subjectKind: random.pick(['job', 'call', 'invoice', 'customer']), subjectId: random.id() } }
    return { input: note }
  },
}

const pinNote: Generator = {
  command: 'note.pin',
  propose: ({ random, rows }) => {
    const note = random.pick(rows(noteTable))
    return note && { input: { noteId: random.chance(WRONG) ? random.id() : note.id, pinned: !note.pinned } }
  },
}

const changeFlag: Generator = {
  command: 'customer.flag',
  propose: ({ random, rows }) => {
    const customer = random.pick(rows(customerTable))
    const manager = random.pick(rows(userTable).filter(({ presence, roles }) => presence !== 'left' && rolesMay(roles, 'settings.edit')))
    const flag = random.pick(CUSTOMER_FLAGS)
    if (!customer || !manager || !flag) return undefined
    const raised = !hasFlag(customer, flag)
    // Those who may not be serviced are few, or nothing would be booked any more.
    if (raised && flag === 'doNotService' && !random.chance(0.1)) return undefined
    const wrong = random.chance(WRONG)
    return { actorId: manager.id, input: { customerId: customer.id, flag, raised: raised !== wrong, reason: random.pick(['Threatened a technician.', 'Check came back.', 'Paid in full.']) } }
  },
}

const recordConsent: Generator = {
  command: 'consent.record',
  propose: ({ random, rows }) => {
    const customer = random.pick(rows(customerTable))
    if (!customer) return undefined
    const purpose = random.pick(CONTACT_PURPOSES)
    // Few want nothing about their own visits and invoices, or no invoice would be sent any more.
    const answer = { consentId: random.id(), channel: random.pick(CHANNELS), purpose, granted: random.chance(purpose === 'service' ? 0.95 : 0.5), way: random.pick(CONSENT_WAYS), words: random.pick(['', 'Texts are fine.']) }
    // Answered elsewhere by a customer the hub does not know, to somebody it does not know.
    if (random.chance(0.1)) return { place: 'hub', actorId: random.id(), input: { ...answer, customerId: random.id() } }
    return { input: { ...answer, customerId: random.chance(WRONG) ? random.id() : customer.id } }
  },
}

const saveServiceArea: Generator = {
  command: 'serviceArea.save',
  propose: ({ random }) => ({
    input: {
      prefixes: random.chance(WRONG) ? [] : Array.from({ length: 1 + random.below(3) }, () => `60${String(random.below(1000)).padStart(3, '0')}`.slice(0, 3 + random.below(3))),
      city: random.pick(CITIES),
      state: 'IL',
      inside: random.chance(0.7),
      note: random.chance(0.3) ? 'A trip charge applies.' : '',
    },
  }),
}

const removeServiceArea: Generator = {
  command: 'serviceArea.remove',
  propose: ({ random, rows }) => {
    const area = random.pick(rows(serviceAreaTable))
    return area && { input: { prefix: random.chance(WRONG) ? '999' : area.prefix } }
  },
}

export const customersGenerators: readonly Generator[] = [
  createCustomer,
  changeCustomer,
  addLocation,
  changeLocation,
  saveContactMethod,
  removeContactMethod,
  addNote,
  pinNote,
  changeFlag,
  recordConsent,
  saveServiceArea,
  removeServiceArea,
]
