import { customerTable, locationTable } from '../../../src/shared/domain/customers/tables.ts'
import { importRunTable } from '../../../src/shared/domain/intake/tables.ts'
import { taxZoneTable } from '../../../src/shared/domain/invoices/tables.ts'
import type { Generator, Random, World } from '../world.ts'

const FIRST_NAMES = ['Alma', 'Bo', 'Chidi', 'D\u2019Arcy', 'Eun-ji', '\u05e0\u05d5\u05e2\u05d4', '\ud83c\udf35'] as const
const LAST_NAMES = ['Okafor', 'O\u2019Brien', 'Nguyen', 'Smith-Jones', '\u0627\u0644\u0639\u0644\u064a', ''] as const
const WRONG = 0.15

function pickRun(world: World, states: readonly string[]): string | undefined {
  const { random } = world
  const runs = world.rows(importRunTable).filter((run) => run.source !== 'sample' && (states.includes(run.state) || random.chance(WRONG)))
  return random.chance(WRONG / 2) ? random.id() : random.pick(runs)?.id
}

function importedLocation(world: World, index: number) {
  const { random } = world
  return {
    id: random.id(),
    name: '',
    kind: 'home',
    line1: random.chance(0.01) ? ' ' : `${100 + random.below(9000)} Alder Street`,
    line2: index > 0 ? `Unit ${index}` : '',
    city: 'Fairhollow',
    state: 'MN',
    postalCode: '55901',
    latitude: random.chance(0.5) ? 44_000_000 + random.below(100_000) : null,
    longitude: random.chance(0.5) ? -92_000_000 - random.below(100_000) : null,
    zone: world.zone,
    taxZoneId: random.chance(0.05) ? random.id() : (random.pick(world.rows(taxZoneTable))?.id ?? null),
    accessNotes: '',
    gateCode: '',
    pets: random.chance(0.2) ? 'Two dogs' : '',
  }
}

function importedRow(world: World) {
  const { random } = world
  const phone = (): string => `+1555555${(100 + random.below(100)).toString().padStart(4, '0')}`
  return {
    customerId: random.chance(0.03) ? (random.pick(world.rows(customerTable))?.id ?? random.id()) : random.id(),
    number: `J${random.below(1_000_000)}`,
    kind: random.chance(0.8) ? 'residential' : 'commercial',
    firstName: random.pick(FIRST_NAMES) ?? '',
    lastName: random.pick(LAST_NAMES) ?? '',
    companyName: random.chance(0.2) ? 'Millport Lofts' : '',
    billing: { line1: '', line2: '', city: '', state: '', postalCode: '' },
    leadSource: '',
    taxExempt: random.chance(0.05),
    doNotService: false,
    creditHold: false,
    archived: random.chance(0.1),
    phones: Array.from({ length: random.below(3) }, () => ({ value: random.chance(0.02) ? 'abc' : phone(), label: 'Mobile' })),
    emails: Array.from({ length: random.below(2) }, () => ({ value: 'Someone@Example.com', label: '' })),
    locations: Array.from({ length: 1 + random.below(2) }, (_, index) => importedLocation(world, index)),
    note: random.chance(0.3) ? 'Tags in Jobber: VIP' : '',
  }
}

const some = <T>(random: Random, limit: number, make: () => T): readonly T[] => Array.from({ length: 1 + random.below(limit) }, make)

export const intakeGenerators: readonly Generator[] = [
  {
    command: 'import.start',
    propose: (world) => ({
      input: {
        runId: world.random.chance(WRONG) ? (world.random.pick(world.rows(importRunTable))?.id ?? 'abc') : world.random.id(),
        source: 'jobberClients',
        fileName: 'clients.csv',
        fileHash: world.random.chance(0.5) ? '' : 'ab'.repeat(32),
      },
    }),
  },
  {
    command: 'import.addRows',
    propose(world) {
      const runId = pickRun(world, ['running'])
      if (runId === undefined) return undefined
      const owner = world.random.chance(0.3) ? world.random.pick(world.rows(customerTable)) : undefined
      const customerId = world.random.chance(0.03) ? world.random.id() : owner?.id
      const further = customerId === undefined ? [] : [{ customerId, location: importedLocation(world, 0) }]
      return { input: { runId, rows: some(world.random, 4, () => importedRow(world)), further } }
    },
  },
  {
    command: 'import.reject',
    propose(world) {
      const runId = pickRun(world, ['running'])
      const row = () => ({ rowNumber: 1 + world.random.below(5000), reason: world.random.chance(0.1) ? '' : 'There is no name.', raw: [['J-ID', '1_2'], ['Display Name', '']] })
      return runId === undefined ? undefined : { input: { runId, rows: some(world.random, 3, row) } }
    },
  },
  {
    command: 'import.finish',
    propose(world) {
      const runId = pickRun(world, ['running'])
      return runId === undefined ? undefined : { input: { runId } }
    },
  },
  {
    command: 'import.undo',
    propose(world) {
      const { random } = world
      const runId = pickRun(world, ['running', 'done'])
      if (runId === undefined) return undefined
      const own = world.rows(customerTable).filter((customer) => customer.importRunId === runId)
      const customerIds = own.filter(() => random.chance(0.5)).slice(0, 20).map((customer) => customer.id)
      const stranger = random.chance(WRONG) ? random.pick(world.rows(customerTable))?.id : undefined
      const locationIds = world.rows(locationTable).filter((location) => location.importRunId === runId && random.chance(0.3)).slice(0, 20).map((location) => location.id)
      return { input: { runId, customerIds: stranger === undefined ? customerIds : [...customerIds, stranger], locationIds, last: random.chance(0.2) } }
    },
  },
]
