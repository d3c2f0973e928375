import { COMMANDS } from '../../../shared/domain/commands.ts'
import type { Deed } from './deed.ts'
import type { Given, Opens } from './given.ts'
import { batchWords, invoiceWords, jobWords, type Look, technicianWords, visitWords } from './look.ts'

/** More would be a form, not a sentence; the whole input is kept with the change. */
const MAX_LINES = 6
const MAX_LENGTH = 120

type Fields = Readonly<Record<string, unknown>>

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)

/** How an id of a known kind is said, by the name of its field. */
const NAMED: Readonly<Record<string, (id: string, look: Look) => string>> = {
  customerId: (id, look) => `Customer: ${look.customer(id)}`,
  appointmentId: (id, look) => `About ${visitWords(id, look)}`,
  jobId: (id, look) => `About ${jobWords(look.job(id))}`,
  invoiceId: (id, look) => `About ${invoiceWords(look.invoice(id), look)}`,
  batchId: (id, look) => `About ${batchWords(look.batch(id))}`,
  technicianId: (id, look) => `Technician: ${technicianWords(id, look)}`,
  userId: (id, look) => `Person: ${look.person(id) || 'somebody who is not here'}`,
}

const PAGES: readonly (readonly [field: string, kind: string, there: (id: string, look: Look) => boolean])[] = [
  ['jobId', 'job', (id, look) => look.job(id) !== undefined],
  ['appointmentId', 'appointment', (id, look) => look.visit(id) !== undefined],
  ['invoiceId', 'invoice', (id, look) => look.invoice(id) !== undefined],
  ['batchId', 'batch', (id, look) => look.batch(id) !== undefined],
  ['callId', 'call', (id, look) => look.call(id) !== undefined],
  ['customerId', 'customer', (id, look) => look.page(id) !== null],
]

/** `windowDay` as people say it: `Window day`. */
function spoken(field: string): string {
  const words = field.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** Money, instants and ids mean nothing as bare numbers and letters; words, choices and days do. */
function lineOf(field: string, value: unknown, look: Look): string | null {
  if (typeof value === 'string') {
    const named = NAMED[field]
    if (named) return named(value, look)
    if (value === '' || field === 'id' || /(?:Id|Hash)$/.test(field)) return null
    return `${spoken(field)}: ${value.length > MAX_LENGTH ? `${value.slice(0, MAX_LENGTH)}\u2026` : value}`
  }
  if (typeof value === 'boolean') return `${spoken(field)}: ${value ? 'yes' : 'no'}`
  return null
}

function opensOf(fields: Fields, look: Look): Opens | null {
  for (const [field, kind, there] of PAGES) {
    const id = fields[field]
    if (typeof id === 'string' && there(id, look)) return { kind, id, day: null }
  }
  return null
}

/** What a command says of itself, with the words in its input: for the commands that nobody wrote better words for. */
export function genericDeed({ commandName, input }: Given, look: Look): Deed {
  const fields = isFields(input) ? input : {}
  const set = isFields(fields['set']) ? fields['set'] : {}
  const lines = [...Object.entries(fields), ...Object.entries(set)].flatMap(([field, value]) => lineOf(field, value, look) ?? [])
  return {
    title: COMMANDS.get(commandName)?.summary.replace(/\.$/, '') ?? `Did something that this version does not know (${commandName})`,
    lines: lines.slice(0, MAX_LINES),
    opens: opensOf(fields, look),
  }
}
