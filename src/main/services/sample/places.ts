import type { StartingTaxZone } from './startingData.ts'

/**
 * One invented metropolitan area. Its ZIP codes begin with 552, which the Postal Service has given to nobody.
 */

export const STATE = 'MN'

export const TAX_ZONES: readonly StartingTaxZone[] = [
  {
    key: 'fairhollow',
    name: 'Fairhollow',
    jurisdictions: [
      { name: 'State sales tax', rate: 68_750 },
      { name: 'Larkin County tax', rate: 1500 },
      { name: 'Fairhollow city tax', rate: 5000 },
    ],
  },
  {
    key: 'millport',
    name: 'Millport',
    jurisdictions: [
      { name: 'State sales tax', rate: 68_750 },
      { name: 'Larkin County tax', rate: 1500 },
      { name: 'Millport transit tax', rate: 7500 },
    ],
  },
  {
    key: 'county',
    name: 'Larkin County',
    jurisdictions: [
      { name: 'State sales tax', rate: 68_750 },
      { name: 'Larkin County tax', rate: 1500 },
    ],
  },
]

export interface District {
  readonly name: string
  readonly city: string
  readonly postalCode: string
  readonly taxZone: string
  /** Millionths of a degree. */
  readonly latitude: number
  readonly longitude: number
  /** How far its houses lie from there, in millionths of a degree. */
  readonly spread: number
  /** How many of a hundred customers live here. */
  readonly share: number
  readonly streets: readonly string[]
}

export const DISTRICTS: readonly District[] = [
  {
    name: 'Fairhollow Center', city: 'Fairhollow', postalCode: '55201', taxZone: 'fairhollow', latitude: 44_052_000, longitude: -92_981_000, spread: 16_000, share: 22,
    streets: ['Alder Street', 'Canal Street', 'Chestnut Avenue', 'Foundry Street', 'Garnet Street', 'Market Street', 'Merchant Street', 'Second Avenue'],
  },
  {
    name: 'Juniper Heights', city: 'Fairhollow', postalCode: '55202', taxZone: 'fairhollow', latitude: 44_083_000, longitude: -92_956_000, spread: 18_000, share: 18,
    streets: ['Cypress Bend', 'Hawthorn Drive', 'Juniper Bend', 'Juniper Court', 'Larkspur Court', 'Ridge Road', 'Sumac Lane', 'Tamarack Drive'],
  },
  {
    name: 'Northgate', city: 'Fairhollow', postalCode: '55203', taxZone: 'fairhollow', latitude: 44_114_000, longitude: -92_992_000, spread: 20_000, share: 14,
    streets: ['Beacon Road', 'Birch Lane', 'Northgate Drive', 'Orchard Road', 'Pine Hollow Road', 'School Street', 'Wheatland Avenue'],
  },
  {
    name: 'Saltbrook', city: 'Fairhollow', postalCode: '55204', taxZone: 'fairhollow', latitude: 44_021_000, longitude: -93_018_000, spread: 18_000, share: 12,
    streets: ['Brook Terrace', 'Cooper Lane', 'Ferry Road', 'Mill Race Lane', 'Saltbrook Lane', 'Sawyer Street', 'Weir Street'],
  },
  {
    name: 'Millport', city: 'Millport', postalCode: '55208', taxZone: 'millport', latitude: 44_009_000, longitude: -92_902_000, spread: 17_000, share: 16,
    streets: ['Anchor Street', 'Capstan Way', 'Dock Street', 'Harbor Row', 'Lantern Street', 'Quay Street', 'Ropewalk Lane', 'Tide Street'],
  },
  {
    name: 'Cedar Flats', city: 'Cedar Flats', postalCode: '55210', taxZone: 'county', latitude: 44_061_000, longitude: -93_094_000, spread: 24_000, share: 10,
    streets: ['Cedar Flats Road', 'Drover Trail', 'Grange Road', 'Meadow View', 'Prairie Lane', 'Windmill Road'],
  },
  {
    name: 'Quarry Hill', city: 'Quarry Hill', postalCode: '55212', taxZone: 'county', latitude: 43_962_000, longitude: -92_966_000, spread: 22_000, share: 8,
    streets: ['Granite Way', 'Limestone Road', 'Old Quarry Road', 'Slate Court', 'Stonecutter Lane', 'Summit Road'],
  },
]

/** @throws where no district has that name: the lists are written here */
export function districtNamed(name: string): District {
  const district = DISTRICTS.find((candidate) => candidate.name === name)
  if (!district) throw new Error(`No district is named ${name}`)
  return district
}
