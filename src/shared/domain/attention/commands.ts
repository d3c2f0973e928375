import { z } from 'zod'
import { derivedId } from '../../base/id.ts'
import { MAX_CENTS } from '../../base/money.ts'
import { cleanText } from '../../base/text.ts'
import { customerTable } from '../customers/tables.ts'
import { appointmentTable } from '../dispatch/tables.ts'
import { invoiceTable } from '../invoices/tables.ts'
import { jobTable } from '../jobs/tables.ts'
import { insert } from '../kernel/changes.ts'
import { accept, type Command, defineFact } from '../kernel/command.ts'
import { idInput, instantInput } from '../kernel/inputs.ts'
import { get, getIf, type Loading } from '../kernel/load.ts'
import { userTable } from '../people/tables.ts'
import { refusedChangeTable } from './tables.ts'

/** The same wherever it is opened, so that a command that is refused twice is one record. */
export function refusedChangeId(commandId: string): string {
  return derivedId('refused', commandId)
}

/** Whom the command was about, as far as its input and what is there can tell. */
function* customerOf(input: unknown): Loading<string | null> {
  const fields = typeof input === 'object' && input !== null ? (input as Readonly<Record<string, unknown>>) : {}
  const id = (field: string): string | null => (typeof fields[field] === 'string' ? fields[field] : null)
  const candidates = [
    id('customerId'),
    (yield* getIf(jobTable, id('jobId')))?.customerId,
    (yield* getIf(appointmentTable, id('appointmentId')))?.customerId,
    (yield* getIf(invoiceTable, id('invoiceId')))?.customerId,
  ]
  for (const candidate of candidates) {
    const customer = yield* getIf(customerTable, candidate)
    if (customer) return customer.id
  }
  return null
}

/** Text as both engines can keep it. What is too long is cut, not refused: the record of a refusal must come in. */
const keptText = (max: number) => z.string().transform((text) => cleanText(cleanText(text).slice(0, max)))

/** A command's input as both engines can keep it; it was checked where it was given, so nothing of it is refused here. */
function storable(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed().replaceAll('\u0000', '')
  if (Array.isArray(value)) return value.map(storable)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [storable(key), storable(item)]))
}

/** Every workstation keeps refused changes, so what only some may see does not go into one: its author gives it again by hand. */
export const WITHHELD_INPUTS: ReadonlySet<string> = new Set(['pay.set'])

const recordRefused = defineFact({
  name: 'change.refused',
  version: 1,
  summary: 'The hub could not let a change stand; a person has to settle it.',
  permission: 'hub.report',
  input: z.strictObject({
    commandId: idInput,
    commandName: keptText(80),
    commandVersion: z.int().min(1),
    input: z.unknown().transform((input) => storable(input) ?? {}),
    numbers: z.record(keptText(20), keptText(40)),
    at: instantInput,
    deviceId: idInput,
    actorId: idInput,
    kind: z.enum(['refused', 'parked', 'flagged']),
    code: keptText(80),
    message: keptText(2000),
    subject: z.strictObject({ kind: keptText(40), id: keptText(60) }).nullable(),
    amountCents: z.int().min(-MAX_CENTS).max(MAX_CENTS).nullable(),
    causeId: idInput.nullable(),
  }),
  *load(input) {
    return {
      existing: yield* get(refusedChangeTable, refusedChangeId(input.commandId)),
      actor: yield* get(userTable, input.actorId),
      cause: yield* getIf(refusedChangeTable, input.causeId),
      customerId: yield* customerOf(input.input),
    }
  },
  decide(input, { existing, actor, cause, customerId }) {
    if (existing) return accept()
    const { subject, ...values } = input
    return accept(
      insert(refusedChangeTable, {
        ...values,
        input: WITHHELD_INPUTS.has(input.commandName) ? {} : input.input,
        id: refusedChangeId(input.commandId),
        actorId: actor?.id ?? null,
        causeId: cause?.id ?? null,
        subjectKind: subject?.kind ?? null,
        subjectId: subject?.id ?? null,
        customerId,
        state: 'open',
        settledAt: null,
      }),
    )
  },
})

export const attentionCommands = [recordRefused] as const satisfies readonly Command[]
