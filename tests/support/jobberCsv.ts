import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { sampleCustomers } from '../../src/main/services/sample/customers.ts'
import { referenceIds } from '../../src/main/services/sample/startingData.ts'

/** A thousand real American addresses, kept beside the project and not in it. */
const ADDRESSES = fileURLToPath(new URL('../../../shared/data/us-addresses-1000.json', import.meta.url))

/** Why tests on real addresses do not run here, if they do not. */
const noRealAddresses: string | false = existsSync(ADDRESSES) ? false : 'us-addresses-1000.json is not beside the project'

interface Address {
  readonly street1: string
  readonly street2: string
  readonly city: string
  readonly state: string
  readonly zip: string
}

function realAddresses(): readonly Address[] {
  const { addresses } = JSON.parse(readFileSync(ADDRESSES, 'utf8')) as {
    addresses: readonly { address1: string; address2: string; city?: string; state: string; postalCode: string }[]
  }
  return addresses.map(({ address1, address2, city, state, postalCode }) => ({ street1: address1, street2: address2, city: city ?? '', state, zip: postalCode }))
}

function inventedAddresses(): readonly Address[] {
  const customers = sampleCustomers({ seed: 7, zone: 'America/Chicago', ids: referenceIds('addresses') })
  return customers.slice(0, 1000).flatMap(({ row }) => row.locations.slice(0, 1).map(({ line1, line2, city, state, postalCode }) => ({ street1: line1, street2: line2, city, state, zip: postalCode })))
}

const JOBBER_HEADINGS = [
  'J-ID', 'Created Date', 'Is Company?', 'Display Name', 'Company Name', 'Title', 'First Name', 'Last Name', 'Main Phone #s', 'E-mails', 'Tags',
  'Billing Street 1', 'Billing Street 2', 'Billing City', 'Billing State', 'Billing Zip code', 'Mobile Phone #s', 'Work Phone #s', 'Home Phone #s',
  'CFT[Gate code]', 'Lead Source', 'Service Property Name', 'Service Street 1', 'Service Street 2', 'Service City', 'Service State', 'Service Zip code', 'Archived',
] as const

type Heading = (typeof JOBBER_HEADINGS)[number]
export type JobberRow = Readonly<Partial<Record<Heading, string>>>

const FIRST = ['Ana', 'Ben', 'Chidi', 'Dora', 'Eli', 'Fay', 'Gil', 'Hana', 'Ivo', 'June'] as const
const LAST = ['Abbott', 'Bryce', 'Cordova', 'D\u2019Amico', 'Ekberg', 'Fuentes', 'Gray, Jr.', 'Hallstr\u00f6m', 'Ito', 'Jaffe', 'Kessel', 'Lowe', 'M\u00fcller'] as const

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)

/** CSV as Jobber writes it: commas, CRLF, quotes where needed. */
export function toCsv(rows: readonly JobberRow[]): string {
  return [JOBBER_HEADINGS.join(','), ...rows.map((row) => JOBBER_HEADINGS.map((heading) => quoted(row[heading] ?? '')).join(','))].join('\r\n') + '\r\n'
}

/** A client of the export with its own telephone number, reserved for fiction. */
export function jobberRow(index: number, address: Address): JobberRow {
  const first = FIRST[index % FIRST.length] ?? ''
  const last = LAST[Math.floor(index / FIRST.length) % LAST.length] ?? ''
  const company = index % 25 === 12 ? `Client ${index} Property Group` : ''
  return {
    'J-ID': `${70_000_000 + index}_${90_000_000 + index}`,
    'Is Company?': company === '' ? 'false' : 'true',
    'Display Name': company === '' ? `${first} ${last}` : company,
    'Company Name': company,
    'First Name': first,
    'Last Name': last,
    'Main Phone #s': `(555) 01${Math.floor(index / 1000) + 5}-${(index % 1000).toString().padStart(4, '0')}`,
    'E-mails': index % 3 === 0 ? '' : `client${index}@mail.example`,
    Tags: index % 40 === 3 ? 'VIP, two systems' : '',
    'CFT[Gate code]': index % 50 === 4 ? '4471#' : '',
    'Service Street 1': address.street1,
    'Service Street 2': address.street2,
    'Service City': address.city,
    'Service State': address.state,
    'Service Zip code': address.zip,
    Archived: 'false',
  }
}

export interface JobberFile {
  readonly rows: readonly JobberRow[]
  readonly text: string
  /** Rows that must be kept aside. */
  readonly bad: number
  /** Clients that must come in. */
  readonly customers: number
}

/** What a file that has lived a while looks like: rows without a name or a street, and a telephone number that is none. */
function breakSome(rows: readonly JobberRow[]): JobberRow[] {
  return rows.map((row, index) => {
    if (index % 100 === 17) return { ...row, 'Display Name': '', 'Company Name': '', 'First Name': '', 'Last Name': ' ' }
    if (index % 100 === 42) return { ...row, 'Service Street 1': '' }
    if (index % 100 === 63) return { ...row, 'Main Phone #s': 'call after 5' }
    if (index % 100 === 84) return { ...row, 'First Name': 'x'.repeat(400) }
    return row
  })
}

/**
 * A Jobber-style export over a thousand addresses, some rows broken on purpose and every fiftieth client with a
 * second property: real addresses where they are at hand, otherwise those of the sample company.
 */
export function jobberFile(count = 1000): JobberFile {
  const addresses = (noRealAddresses === false ? realAddresses() : inventedAddresses()).slice(0, count)
  const clients = breakSome(addresses.map((address, index) => jobberRow(index, address)))
  // A few of the real addresses have no city.
  const isBad = (row: JobberRow, index: number): boolean => [17, 42, 84].includes(index % 100) || row['Service City'] === ''
  const seconds = clients.flatMap((row, index) =>
    index % 50 === 5 && !isBad(row, index) ? [{ ...row, 'J-ID': `${row['J-ID']?.split('_')[0]}_${95_000_000 + index}`, 'Service Street 1': `${row['Service Street 1']}, rear` }] : [],
  )
  const rows = [...clients, ...seconds]
  const bad = clients.filter(isBad).length
  return { rows, text: toCsv(rows), bad, customers: clients.length - bad }
}
