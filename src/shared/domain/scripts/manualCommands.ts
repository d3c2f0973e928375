import { z } from 'zod'
import { insert, update } from '../kernel/changes.ts'
import { accept, defineIntention } from '../kernel/command.ts'
import { idInput, instantInput, lineInput, optionalLine, textInput } from '../kernel/inputs.ts'
import { all, get, getIf, range } from '../kernel/load.ts'
import { refuse, type Refused } from '../kernel/refusal.ts'
import { ROLES } from '../people/permissions.ts'
import { userTable } from '../people/tables.ts'
import { dropDue, mustRead, owe, READING_TIME, receiptId } from './reading.ts'
import { manualTable, manualVersionTable, readReceiptTable } from './tables.ts'

const unknownManual = (): Refused => refuse('manual.unknown', 'This manual is not there. Look at the list again.', { field: 'manualId' })

export const saveManual = defineIntention({
  name: 'manual.save',
  version: 1,
  summary: 'Write a manual or change what is written; people go on reading the version that is published.',
  permission: 'settings.edit',
  input: z.strictObject({
    manualId: idInput,
    name: lineInput('The name', 80),
    body: textInput('The manual', 40_000),
    roles: z.array(z.enum(ROLES)).min(1, 'Choose whose manual it is.').max(ROLES.length),
  }),
  *load(input) {
    return yield* get(manualTable, input.manualId)
  },
  decide(input, existing) {
    const { manualId, ...values } = input
    if (existing?.state === 'retired') return refuse('manual.retired', `\u201c${existing.name}\u201d is retired. Write a new manual.`, { subject: { kind: 'manual', id: existing.id } })
    return accept(existing ? update(manualTable, existing, values) : insert(manualTable, { id: manualId, ...values, state: 'draft', versionId: null, versionNumber: 0, readBy: [] }))
  },
})

export const publishManual = defineIntention({
  name: 'manual.publish',
  version: 1,
  summary: 'Give everybody in its roles a manual to read; each of them says that they have.',
  permission: 'settings.edit',
  input: z.strictObject({ manualId: idInput, versionId: idInput, note: optionalLine('What is new', 200), readByAt: instantInput }),
  *load(input) {
    const manual = yield* get(manualTable, input.manualId)
    return {
      manual,
      version: yield* get(manualVersionTable, input.versionId),
      current: yield* getIf(manualVersionTable, manual?.versionId),
      users: yield* all(userTable),
      receipts: yield* range(readReceiptTable, 'byManual', [input.manualId]),
    }
  },
  decide(input, { manual, version, current, users, receipts }, context) {
    if (!manual) return unknownManual()
    const subject = { kind: 'manual', id: manual.id }
    if (version) return refuse('manual.published', `This is published already, as version ${version.number}.`, { subject })
    if (manual.state === 'retired') return refuse('manual.retired', `\u201c${manual.name}\u201d is retired. Write a new manual.`, { subject })
    if (manual.body.trim() === '') return refuse('manual.empty', 'There is nothing to read yet. Write the manual first.', { field: 'body', subject })
    if (input.readByAt <= context.at) return refuse('manual.past', 'It must be read by a time that is still to come.', { field: 'readByAt' })
    if (current && current.name === manual.name && current.body === manual.body && current.roles.join() === manual.roles.join()) {
      return refuse('manual.unchanged', `Nothing has changed since version ${current.number}.`, { subject })
    }
    const { name, body, roles } = manual
    const number = manual.versionNumber + 1
    const published = { state: 'published' as const, versionId: input.versionId, versionNumber: number, readBy: roles }
    const readers = users.filter((user) => mustRead({ ...manual, ...published }, user))
    return accept(
      insert(manualVersionTable, { id: input.versionId, manualId: manual.id, number, name, body, roles, note: input.note, publishedAt: context.at, publishedBy: context.actorId }),
      update(manualTable, manual, published),
      dropDue(receipts),
      // Who published it knows what it says.
      readers.map(({ id }) =>
        id === context.actorId
          ? insert(readReceiptTable, { id: receiptId(input.versionId, id), manualId: manual.id, versionId: input.versionId, userId: id, state: 'read', dueAt: input.readByAt, readAt: context.at })
          : owe(manual.id, input.versionId, id, input.readByAt),
      ),
    )
  },
})

export const retireManual = defineIntention({
  name: 'manual.retire',
  version: 1,
  summary: 'Take a manual out of use; nobody owes reading it any more.',
  permission: 'settings.edit',
  input: z.strictObject({ manualId: idInput }),
  *load(input) {
    return { manual: yield* get(manualTable, input.manualId), receipts: yield* range(readReceiptTable, 'byManual', [input.manualId, 'due']) }
  },
  decide(_input, { manual, receipts }) {
    if (!manual) return unknownManual()
    if (manual.state === 'retired') return refuse('manual.retired', `\u201c${manual.name}\u201d is retired already.`, { subject: { kind: 'manual', id: manual.id } })
    return accept(update(manualTable, manual, { state: 'retired' }), dropDue(receipts))
  },
})

/** Only for oneself, and never too late: who read a version that was replaced meanwhile has read it all the same. */
export const acknowledgeManual = defineIntention({
  name: 'manual.acknowledge',
  version: 1,
  summary: 'Say that you have read a manual.',
  permission: 'promise.work',
  input: z.strictObject({ versionId: idInput }),
  *load(input, by) {
    return {
      version: yield* get(manualVersionTable, input.versionId),
      reader: yield* get(userTable, by.actorId),
      receipt: yield* get(readReceiptTable, receiptId(input.versionId, by.actorId)),
    }
  },
  decide(input, { version, reader, receipt }, context) {
    if (!version) return refuse('manual.unknownVersion', 'This version is not there. Open the manual again.', { field: 'versionId' })
    if (!reader) return refuse('people.unknown', 'Sign in first.')
    if (receipt?.state === 'read') return accept()
    if (receipt) return accept(update(readReceiptTable, receipt, { state: 'read', readAt: context.at }))
    return accept(insert(readReceiptTable, { id: receiptId(input.versionId, reader.id), manualId: version.manualId, versionId: version.id, userId: reader.id, state: 'read', dueAt: context.at + READING_TIME, readAt: context.at }))
  },
})
