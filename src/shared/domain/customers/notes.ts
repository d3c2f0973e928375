import { z } from 'zod'
import { callTable } from '../calls/tables.ts'
import { invoiceTable } from '../invoices/tables.ts'
import { jobTable } from '../jobs/tables.ts'
import { accept, defineFact, defineIntention } from '../kernel/command.ts'
import { idInput } from '../kernel/inputs.ts'
import { get, type Loading } from '../kernel/load.ts'
import { insert, update } from '../kernel/changes.ts'
import { refuse } from '../kernel/refusal.ts'
import { assertNever } from '../../base/assertNever.ts'
import { cleanText } from '../../base/text.ts'
import { customerTable, locationTable, noteTable } from './tables.ts'

const NOTE_SUBJECTS = ['customer', 'location', 'job', 'call', 'invoice'] as const

type NoteSubject = (typeof NOTE_SUBJECTS)[number]

/** Whose page the note shows on beside its subject's. */
export function* customerOf(kind: NoteSubject, id: string): Loading<string | null> {
  switch (kind) {
    case 'customer':
      return (yield* get(customerTable, id))?.id ?? null
    case 'location':
      return (yield* get(locationTable, id))?.customerId ?? null
    case 'job':
      return (yield* get(jobTable, id))?.customerId ?? null
    case 'call':
      return (yield* get(callTable, id))?.customerId ?? null
    case 'invoice':
      return (yield* get(invoiceTable, id))?.customerId ?? null
    default:
      return assertNever(kind, 'note subject')
  }
}

/** A fact: what somebody wrote down was written, whatever became of the record meanwhile. */
export const addNote = defineFact({
  name: 'note.add',
  version: 1,
  summary: 'Write a note on a customer, location, job, call or invoice.',
  permission: 'customer.edit',
  input: z.strictObject({
    noteId: idInput,
    subjectKind: z.enum(NOTE_SUBJECTS),
    subjectId: idInput,
    body: z.string().transform(cleanText).pipe(z.string().min(1, 'The note is empty.').max(4000, 'The note is longer than 4000 characters.')),
    pinned: z.boolean(),
  }),
  *load(input) {
    return { existing: yield* get(noteTable, input.noteId), customerId: yield* customerOf(input.subjectKind, input.subjectId) }
  },
  decide(input, { existing, customerId }, context) {
    if (existing) return accept()
    const { noteId, ...values } = input
    return accept(insert(noteTable, { id: noteId, ...values, customerId, authorId: context.actorId, at: context.at }))
  },
})

export const pinNote = defineIntention({
  name: 'note.pin',
  version: 1,
  summary: 'Pin a note so that it shows first, or unpin it.',
  permission: 'customer.edit',
  input: z.strictObject({ noteId: idInput, pinned: z.boolean() }),
  *load(input) {
    return yield* get(noteTable, input.noteId)
  },
  decide(input, note) {
    if (!note) return refuse('note.unknown', 'This note is gone.')
    return accept(update(noteTable, note, { pinned: input.pinned }))
  },
})
