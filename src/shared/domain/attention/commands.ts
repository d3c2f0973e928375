import { z } from 'zod'
import { derivedId } from '../../base/id.ts'
import { MAX_CENTS } from '../../base/money.ts'
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

const recordRefused = defineFact({
  name: 'change.refused',
  version: 1,
  summary: 'The hub could not let a change stand; a person has to settle it.',
  permission: 'hub.report',
  input: z.strictObject({
    commandId: idInput,
    commandName: z.string().min(1).max(80),
    commandVersion: z.int().min(1),
    input: z.unknown(),
    numbers: z.record(z.string().max(20), z.string().max(40)),
    at: instantInput,
    deviceId: idInput,
    actorId: idInput,
    kind: z.enum(['refused', 'parked', 'flagged']),
    code: z.string().max(80),
    message: z.string().max(2000),
    subject: z.strictObject({ kind: z.string().max(40), id: z.string().max(60) }).nullable(),
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
