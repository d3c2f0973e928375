import { derivedId } from '../../../shared/base/id.ts'
import type { ImportedCustomer } from '../../../shared/domain/intake/rows.ts'
import { Chance } from './chance.ts'
import { ACCESS_NOTES, BUSINESS_BEGINNINGS, BUSINESS_ENDINGS, CUSTOMER_NOTES, FIRST_NAMES, LAST_NAMES, LEAD_SOURCES, PETS } from './names.ts'
import { type District, DISTRICTS, districtNamed, STATE } from './places.ts'
import { REGULARS, type Regular } from './regulars.ts'
import type { ReferenceIds } from './startingData.ts'

export const CUSTOMER_COUNT = 5000
const LOCATION_COUNT = 6500

/** Numbers below those that the office gives out itself. */
const FIRST_NUMBER = 1001

type ImportedLocation = ImportedCustomer['locations'][number]

/** A customer with the districts of their locations, for the story to send the right technician. */
export interface SampleCustomer {
  readonly row: ImportedCustomer
  readonly districts: readonly string[]
}

interface Setting {
  readonly seed: number
  readonly zone: string
  readonly ids: ReferenceIds
}

/** (555) 01N-NNNN: area code 555 is nobody's. 37139 and 100,000 share no factor, so each index has a number of its own. */
function phoneNumber(index: number): string {
  return `+155501${((index * 37_139 + 50_211) % 100_000).toString().padStart(5, '0')}`
}

const TAKEN = new Set(REGULARS.map((regular) => regular.phone))

function* freePhones(): Generator<string, never> {
  for (let index = 0; ; index++) {
    const phone = phoneNumber(index)
    // 014-20xx are the office's own lines.
    if (!TAKEN.has(phone) && !phone.startsWith('+1555014200') && !phone.startsWith('+1555014210')) yield phone
  }
}

function pickDistrict(chance: Chance): District {
  let rest = chance.below(100)
  for (const district of DISTRICTS) {
    rest -= district.share
    if (rest < 0) return district
  }
  return districtNamed('Fairhollow Center')
}

/** The nearer to the middle of the district the likelier. */
function near(chance: Chance, centre: number, spread: number): number {
  return centre + Math.round((chance.next() + chance.next() - 1) * spread)
}

class CustomerMaker {
  readonly #setting: Setting
  readonly #chance: Chance
  readonly #phones = freePhones()
  #lastPhone = '+15550142299'

  constructor(setting: Setting) {
    this.#setting = setting
    this.#chance = new Chance(setting.seed, 'customers')
  }

  /** Now and then somebody shares a number with the customer before: a household, a landlord, an office. */
  #phone(): string {
    if (!this.#chance.chance(0.02)) this.#lastPhone = this.#phones.next().value
    return this.#lastPhone
  }

  #location(customer: number, position: number, kind: ImportedLocation['kind'], district: District, street: string): ImportedLocation {
    const chance = this.#chance
    return {
      id: derivedId('sample', String(this.#setting.seed), 'location', String(customer), String(position)),
      name: '',
      kind,
      line1: street,
      line2: kind !== 'home' && chance.chance(0.35) ? `Unit ${chance.between(1, 24)}` : '',
      city: district.city,
      state: STATE,
      postalCode: district.postalCode,
      latitude: near(chance, district.latitude, district.spread),
      longitude: near(chance, district.longitude, district.spread),
      zone: this.#setting.zone,
      taxZoneId: this.#setting.ids.taxZone(district.taxZone),
      accessNotes: chance.chance(0.12) ? chance.pick(ACCESS_NOTES) : '',
      gateCode: chance.chance(0.07) ? `${chance.between(1000, 9999)}#` : '',
      pets: kind === 'home' && chance.chance(0.18) ? chance.pick(PETS) : '',
    }
  }

  #names(commercial: boolean): Pick<ImportedCustomer, 'kind' | 'firstName' | 'lastName' | 'companyName'> {
    const chance = this.#chance
    const person = { firstName: chance.pick(FIRST_NAMES), lastName: chance.pick(LAST_NAMES) }
    return commercial
      ? { kind: 'commercial', ...person, companyName: `${chance.pick(BUSINESS_BEGINNINGS)} ${chance.pick(BUSINESS_ENDINGS)}` }
      : { kind: 'residential', ...person, companyName: '' }
  }

  #base(customer: number): Pick<ImportedCustomer, 'customerId' | 'number' | 'billing' | 'taxExempt' | 'doNotService' | 'creditHold' | 'archived'> {
    return {
      customerId: derivedId('sample', String(this.#setting.seed), 'customer', String(customer)),
      number: String(FIRST_NUMBER + customer),
      billing: { line1: '', line2: '', city: '', state: '', postalCode: '' },
      taxExempt: false,
      doNotService: false,
      creditHold: false,
      archived: false,
    }
  }

  /** Somebody written by hand, as the office knows them. */
  regular(customer: number, regular: Regular): SampleCustomer {
    const places = regular.places.map((place) => ({ ...place, district: districtNamed(place.district) }))
    const locations = places.map(({ district, street, ...more }, position) => ({
      ...this.#location(customer, position, regular.kind === 'commercial' ? 'business' : position === 0 ? 'home' : 'rental', district, street),
      line2: '',
      accessNotes: '',
      gateCode: '',
      pets: '',
      ...more,
    }))
    const { firstName, lastName, companyName, kind, phone, email, leadSource, note, taxExempt } = regular
    return {
      districts: places.map(({ district }) => district.name),
      row: {
        ...this.#base(customer),
        kind,
        firstName,
        lastName,
        companyName,
        leadSource,
        taxExempt,
        phones: [{ value: phone, label: kind === 'commercial' ? 'Office' : 'Mobile' }],
        emails: email === '' ? [] : [{ value: email, label: '' }],
        locations,
        note,
      },
    }
  }

  /** @param extra locations beside the first */
  invented(customer: number, commercial: boolean, extra: number): SampleCustomer {
    const chance = this.#chance
    const names = this.#names(commercial)
    const home = pickDistrict(chance)
    const districts = [home, ...Array.from({ length: extra }, () => pickDistrict(chance))]
    const locations = districts.map((district, position) =>
      this.#location(customer, position, commercial ? 'business' : position === 0 ? 'home' : 'rental', district, `${chance.between(1, 999)} ${chance.pick(district.streets)}`),
    )
    const address = `${names.firstName}.${names.lastName}`.toLowerCase()
    const phones = [{ value: this.#phone(), label: commercial ? 'Office' : 'Mobile' }]
    if (chance.chance(0.28)) phones.push({ value: this.#phones.next().value, label: commercial ? 'Mobile' : 'Home' })
    const billing = chance.chance(commercial ? 0.4 : 0.08)
    return {
      districts: districts.map((district) => district.name),
      row: {
        ...this.#base(customer),
        ...names,
        ...(billing ? { billing: { line1: `PO Box ${chance.between(10, 999)}`, line2: '', city: home.city, state: STATE, postalCode: home.postalCode } } : {}),
        leadSource: chance.pick(LEAD_SOURCES),
        taxExempt: commercial && chance.chance(0.05),
        doNotService: chance.chance(0.003),
        creditHold: chance.chance(0.006),
        archived: chance.chance(0.02),
        phones,
        emails: chance.chance(0.72) ? [{ value: `${address}@${commercial ? 'office' : 'mail'}.example`, label: '' }] : [],
        locations,
        note: chance.chance(0.08) ? chance.pick(CUSTOMER_NOTES) : '',
      },
    }
  }
}

/** Every twelfth customer is a business. */
const isCommercial = (customer: number): boolean => customer % 12 === 5

/** 5,000 customers with 6,500 locations, the ones the office talks about first. */
export function sampleCustomers(setting: Setting): readonly SampleCustomer[] {
  const maker = new CustomerMaker(setting)
  const customers = REGULARS.map((regular, customer) => maker.regular(customer, regular))
  const places = customers.reduce((sum, { row }) => sum + row.locations.length, 0)
  // Landlords and property groups share out the locations that go beyond one each.
  let extra = LOCATION_COUNT - places - (CUSTOMER_COUNT - customers.length)
  for (let customer = customers.length; customer < CUSTOMER_COUNT; customer++) {
    const commercial = isCommercial(customer)
    const wanted = commercial ? (customer % 36 === 5 ? 5 : 0) : customer % 6 === 2 ? 1 : 0
    const given = customer === CUSTOMER_COUNT - 1 ? extra : Math.min(wanted, extra)
    extra -= given
    customers.push(maker.invented(customer, commercial, given))
  }
  return customers
}
