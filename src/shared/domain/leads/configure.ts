import { z } from 'zod'
import { DAY } from '../../base/time.ts'
import { jobTypeTable } from '../jobs/tables.ts'
import { insert, update } from '../kernel/changes.ts'
import { accept, defineIntention } from '../kernel/command.ts'
import { idInput, instantInput, lineInput } from '../kernel/inputs.ts'
import { all, get, getIf } from '../kernel/load.ts'
import { refuse } from '../kernel/refusal.ts'
import { MAIL_SECURITIES } from '../mail/tables.ts'
import { ROLES } from '../people/permissions.ts'
import { QUESTION_KINDS } from '../scripts/content.ts'
import { leadSourceId, MAILBOX_SOURCE_KEY } from './ids.ts'
import { CHANNEL_DEFAULTS, LEAD_CHANNELS, leadMailboxTable, leadQuestionTable, leadSourceTable } from './tables.ts'

/** The longest a first contact may be left: a working week. */
const LONGEST_CONTACT_MINUTES = 5 * 10 * 60

/** Letters older than this are no leads any more. */
const FURTHEST_BACK = 30 * DAY

export const LEAD_SOURCE_KEY = /^[a-z][a-z0-9-]{1,39}$/

export const saveLeadSource = defineIntention({
  name: 'leadSource.save',
  version: 1,
  summary: 'Add or change who sends leads: through what, who works them, how soon.',
  permission: 'settings.edit',
  input: z.strictObject({
    id: idInput,
    key: z.string().regex(LEAD_SOURCE_KEY, 'A key is small letters, digits and hyphens, such as angi or web-form.'),
    name: lineInput('The name', 60),
    channel: z.enum(LEAD_CHANNELS),
    role: z.enum(ROLES),
    contactMinutes: z.int().min(1, 'Leave at least a minute.').max(LONGEST_CONTACT_MINUTES, 'The first contact is owed within a working week.'),
    active: z.boolean(),
  }),
  *load(input) {
    return yield* get(leadSourceTable, input.id)
  },
  decide(input, existing) {
    if (input.id !== leadSourceId(input.key)) return refuse('leadSource.key', 'A source\u2019s id follows from its key, and the key stays as it is.', { field: 'key' })
    const { id: _id, ...values } = input
    return accept(existing ? update(leadSourceTable, existing, values) : insert(leadSourceTable, input))
  },
})

export const saveLeadMailbox = defineIntention({
  name: 'leadMailbox.save',
  version: 1,
  summary: 'Set the mailbox whose new emails become leads.',
  permission: 'settings.edit',
  input: z.strictObject({
    host: lineInput('The mail server', 253).pipe(z.string().regex(/^[A-Za-z0-9.:_-]+$/, 'This is not the name of a server. It looks like imap.example.com.')),
    port: z.int().min(1, 'A port is between 1 and 65535.').max(65_535, 'A port is between 1 and 65535.'),
    security: z.enum(MAIL_SECURITIES),
    userName: lineInput('The user name', 254),
    folder: lineInput('The folder', 200),
    /** From when on emails become leads; null: from now where it is another mailbox, as before where it is the same. */
    since: instantInput.nullable(),
    active: z.boolean(),
  }),
  *load() {
    return { existing: (yield* all(leadMailboxTable))[0], source: yield* get(leadSourceTable, leadSourceId(MAILBOX_SOURCE_KEY)) }
  },
  decide(input, { existing, source }, context) {
    // What it brings has a source of its own, whose role and time may be changed like any other's.
    const own = source ? [] : [insert(leadSourceTable, { id: leadSourceId(MAILBOX_SOURCE_KEY), key: MAILBOX_SOURCE_KEY, name: 'Office mailbox', channel: 'email', active: true, ...CHANNEL_DEFAULTS.email })]
    const { since: asked, ...values } = input
    if (asked !== null && asked < context.at - FURTHEST_BACK) return refuse('leadMailbox.since', 'Emails are read back 30 days at most. Choose a later day.', { field: 'since' })
    // The same letters on another server are known by their ids; another folder begins with what comes from now on.
    const same = existing?.folder === input.folder && existing.userName === input.userName
    const since = asked ?? (same ? existing.since : context.at)
    return accept(existing ? update(leadMailboxTable, existing, { ...values, since }) : insert(leadMailboxTable, { id: context.companyId, ...values, since }), own)
  },
})

export const saveLeadQuestion = defineIntention({
  name: 'leadQuestion.save',
  version: 1,
  summary: 'Add or change a question that qualifies leads of a job type.',
  permission: 'settings.edit',
  input: z.strictObject({
    id: idInput,
    jobTypeId: idInput.nullable(),
    position: z.int().min(0).max(9999),
    label: lineInput('The question', 120),
    kind: z.enum(QUESTION_KINDS),
    options: z.array(lineInput('The answer', 60)).max(12, 'A question has at most 12 answers to choose from.'),
    active: z.boolean(),
  }),
  *load(input) {
    return { existing: yield* get(leadQuestionTable, input.id), jobType: yield* getIf(jobTypeTable, input.jobTypeId) }
  },
  decide(input, { existing, jobType }) {
    if (input.jobTypeId !== null && !jobType) return refuse('leadQuestion.jobType', 'Choose a job type from the list.', { field: 'jobTypeId' })
    if (input.kind === 'choice' && input.options.length < 2) return refuse('leadQuestion.options', 'A choice needs at least two answers.', { field: 'options' })
    const { id: _id, ...values } = input
    return accept(existing ? update(leadQuestionTable, existing, values) : insert(leadQuestionTable, input))
  },
})
