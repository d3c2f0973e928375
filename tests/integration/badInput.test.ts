import { describe, expect, it } from 'vitest'
import { METHODS } from '../../src/shared/contract/methods.ts'
import { newId } from '../../src/shared/base/id.ts'
import { COMMANDS } from '../../src/shared/domain/commands.ts'
import { readInput } from '../../src/shared/domain/kernel/readInput.ts'
import { playSequence } from '../simulation/sequences.ts'
import { Tally } from '../simulation/tally.ts'

/** What a tool or a broken page may put where a value belongs. */
const WRONG: readonly unknown[] = [null, undefined, '', ' ', 'abc', 'x'.repeat(20_000), '\u0000', '\uD800', -1, 0, 1.5, 1e300, true, [], {}, [[]]]

const HUMAN = /^[A-Z\u201c].*[.]$/su
const MACHINE = /\b(invalid|expected|unrecognized|undefined|null|NaN|regex|string|pattern)\b|>=|<=|too (?:big|small)/iu

function isSentence(message: string): boolean {
  return HUMAN.test(message) && !MACHINE.test(message.replace(/\u201c[^\u201d]*\u201d/g, ''))
}

/** The same value once for each of its leaves and branches, with `wrong` in that one place. */
function* spoiled(value: unknown, wrong: unknown): Generator<unknown> {
  yield wrong
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) for (const other of spoiled(item, wrong)) yield value.with(index, other)
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) for (const other of spoiled(item, wrong)) yield { ...value, [key]: other }
    yield { ...value, aFieldNobodyKnows: wrong }
  }
}

function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([key, item]) => [key, ...textsOf(item)]) : []
}

/** PostgreSQL stores neither of them, so neither may come in. */
const storable = (text: string): boolean => !text.includes('\u0000') && text.isWellFormed()

const SEEDS = 30
/** Some commands wait for their moment, a night that went by for example: for those it is looked on. */
const MOST_SEEDS = 300

/** Up to three accepted inputs of every command, from seeded office days. */
function acceptedInputs(): ReadonlyMap<string, readonly unknown[]> {
  const found = new Map<string, unknown[]>()
  const tally = new Tally()
  for (let seed = 1; seed <= SEEDS || (found.size < COMMANDS.size && seed <= MOST_SEEDS); seed++) {
    for (const { name, input } of playSequence(seed, 120, tally).log) {
      const inputs = found.get(name) ?? []
      if (inputs.length < 3) found.set(name, [...inputs, input])
    }
  }
  return found
}

const samples = acceptedInputs()

const METHOD_INPUTS: Readonly<Record<string, unknown>> = {
  'calls.day': { day: '2026-07-14' },
  'phone.dial': { number: '+15550146638' },
  'customers.timeline': { customerId: newId(), kind: 'note', limit: 10 },
  'customers.list': { text: 'a', order: 'name', offset: 0, limit: 10 },
  'customers.duplicates': { phones: ['+15550146638'], emails: ['a@b.example'], firstName: '', lastName: '', companyName: '', line1: '', postalCode: '' },
  'search.query': { text: 'a', kinds: ['customer'], limit: 5 },
  'dispatch.windows': { jobTypeId: newId(), fromDay: '2026-07-14', days: 7 },
  'board.day': { day: '2026-07-14' },
  'dispatch.suggest': { appointmentId: newId(), day: '2026-07-14' },
  'dispatch.replan': { day: '2026-07-14', happened: [{ kind: 'sick', technicianId: newId(), from: 1.7e12, until: null }] },
  'dispatch.tryMoves': { day: '2026-07-14', moves: [{ appointmentId: newId(), to: { technicianId: newId(), startsAt: 1.7e12, endsAt: 1.7e12 } }] },
  'queue.items': { of: { kind: 'queue', queueId: newId() } },
  'session.signIn': { userId: newId(), pin: '1234' },
  'company.setUp': { companyName: 'Copper Ridge', zone: 'America/Chicago', ownerName: 'Sean Avery', pin: '4821' },
  'company.startSample': { seed: 1, clientOperationId: 'a' },
  'people.setPin': { userId: newId(), pin: '1234' },
  'import.upload': { uploadId: newId(), fileName: 'clients.csv', part: 0, last: true, base64: '' },
  'booking.items': { text: 'a', businessUnitId: newId(), limit: 3 },
  'booking.promises': { windowStartsAt: 1.7e12, windowEndsAt: 1.7e12, confirmation: true },
}

describe('what cannot be read', () => {
  it.each([...COMMANDS.values()].map((command) => [command.name, command] as const))('%s says so in a sentence, and lets nothing through that PostgreSQL could not keep', (name, command) => {
    const inputs = samples.get(name) ?? []
    expect(inputs.length, 'an accepted input to spoil').toBeGreaterThan(0)
    const unclear = new Set<string>()
    const kept = new Set<string>()
    for (const input of inputs) {
      for (const wrong of WRONG) {
        for (const bad of spoiled(input, wrong)) {
          const read = readInput(command.input, bad)
          if (read.kind === 'read') {
            for (const text of textsOf(read.value)) if (!storable(text)) kept.add(JSON.stringify(text))
          } else if (!isSentence(read.message)) unclear.add(`${read.field}: ${read.message}`)
        }
      }
    }
    expect({ unclear: [...unclear], kept: [...kept] }).toEqual({ unclear: [], kept: [] })
  })

  it.each([...METHODS.values()].map((method) => [method.name, method] as const))('%s answers it with a sentence', (name, method) => {
    const unclear = new Set<string>()
    for (const wrong of WRONG) {
      for (const bad of spoiled(METHOD_INPUTS[name] ?? { callId: 'x', customerId: 'x', jobId: 'x', invoiceId: 'x', batchId: 'x', uploadId: 'x', runId: 'x', operationId: '' }, wrong)) {
        const read = readInput(method.input, bad)
        if (read.kind === 'unreadable' && !isSentence(read.message)) unclear.add(`${read.field}: ${read.message}`)
      }
    }
    expect([...unclear]).toEqual([])
  })
})
