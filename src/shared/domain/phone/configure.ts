import { z } from 'zod'
import { insert, update } from '../kernel/changes.ts'
import { accept, defineIntention } from '../kernel/command.ts'
import { idInput, lineInput, minuteInput, optionalLine, phoneInput, textInput } from '../kernel/inputs.ts'
import { all, get, getIf } from '../kernel/load.ts'
import { refuse } from '../kernel/refusal.ts'
import { businessUnitTable, userTable } from '../people/tables.ts'
import { ROLES } from '../people/permissions.ts'
import { CONSENTS, RECORD_MODES } from '../recordings/tables.ts'
import { phoneRules } from './settings.ts'
import { LINE_PURPOSES, phoneExtensionTable, phoneLineTable, phoneSettingTable } from './tables.ts'

const skills = z.array(lineInput('The skill', 40)).max(20, 'At most 20 skills.')
const firstSeconds = z.int().min(0).max(120, 'After two minutes at most it rings everybody.')
const recordingDays = z.int().min(1, 'Keep recordings for a day at least.').max(3650, 'Recordings are kept for ten years at most.')
/** A secure page only: a card number is typed there. */
const paymentPage = z.string().trim().max(400).refine((text) => /^https:\/\/[^\s/]+/.test(text), 'The address of a payment page begins with https://.')
const maybeNumber = z.string().refine((text) => text === '' || phoneInput.safeParse(text).success, 'This is not a telephone number.')

const lineHours = z
  .strictObject({ weekday: z.int().min(0).max(6), opensAt: minuteInput, closesAt: minuteInput })
  .refine(({ opensAt, closesAt }) => opensAt < closesAt, 'A line must open before it closes.')

export const saveLine = defineIntention({
  name: 'phoneLine.save',
  version: 1,
  summary: 'Add or change a line: its number, its brand, whom it rings first and when it is open.',
  permission: 'settings.edit',
  input: z.strictObject({
    id: idInput,
    number: phoneInput,
    name: lineInput('The name', 80),
    businessUnitId: idInput.nullable(),
    purpose: z.enum(LINE_PURPOSES),
    skills,
    roles: z.array(z.enum(ROLES)).max(ROLES.length),
    firstSeconds: firstSeconds.nullable(),
    backupNumber: maybeNumber,
    ringLimitSeconds: z.int().min(6, 'Three rings take 6 seconds at least.').max(60, 'Three rings take 60 seconds at most.').nullable(),
    hours: z
      .array(lineHours)
      .max(7)
      .refine((hours) => new Set(hours.map(({ weekday }) => weekday)).size === hours.length, 'A weekday is listed twice.'),
    consentText: textInput('The consent text', 500),
    recordingDays: recordingDays.nullable(),
    recordMode: z.enum(RECORD_MODES).nullable().default(null),
    consentBy: z.enum(CONSENTS).nullable().default(null),
    position: z.int().min(0).max(999),
    active: z.boolean(),
  }),
  *load(input) {
    return { lines: yield* all(phoneLineTable), unit: yield* getIf(businessUnitTable, input.businessUnitId) }
  },
  decide({ id, ...values }, { lines, unit }) {
    if (values.businessUnitId !== null && !unit) return refuse('phoneLine.unknownUnit', 'This business unit is not there any more. Choose another, or none.', { field: 'businessUnitId' })
    const same = lines.find((line) => line.id !== id && line.number === values.number && line.active)
    if (same && values.active) return refuse('phoneLine.taken', `${same.name} has this number already. Change that line, or switch it off first.`, { field: 'number' })
    if (values.backupNumber === values.number) return refuse('phoneLine.sameBackup', 'The back-up number must be another one: while this line is gone, it can\u2019t be reached.', { field: 'backupNumber' })
    const existing = lines.find((line) => line.id === id)
    return accept(existing ? update(phoneLineTable, existing, values) : insert(phoneLineTable, { id, ...values }))
  },
})

export const saveExtension = defineIntention({
  name: 'phoneExtension.save',
  version: 1,
  summary: 'Say where a person is reached, in which groups, and which lines ring them first.',
  permission: 'settings.edit',
  input: z.strictObject({
    userId: idInput,
    extension: optionalLine('The extension', 12)
      .refine((text) => /^[0-9*#]*$/.test(text), 'An extension is made of digits.')
      .nullable(),
    groups: z.array(lineInput('The group', 40)).max(10, 'At most 10 groups.'),
    skills,
  }),
  *load({ userId }) {
    return { user: yield* get(userTable, userId), all: yield* all(phoneExtensionTable), users: yield* all(userTable) }
  },
  decide({ userId, ...input }, { user, all: rows, users }) {
    if (!user) return refuse('people.unknown', 'This person is not in the office.', { field: 'userId' })
    const extension = input.extension === '' ? null : input.extension
    const holder = extension === null ? undefined : rows.find((row) => row.userId !== userId && row.extension === extension)
    if (holder) {
      const name = users.find(({ id }) => id === holder.userId)?.name ?? 'A colleague'
      return refuse('phoneExtension.taken', `${name} has extension ${extension ?? ''} already.`, { field: 'extension' })
    }
    const values = { userId, extension, groups: [...new Set(input.groups)], skills: [...new Set(input.skills)] }
    const existing = rows.find((row) => row.userId === userId)
    return accept(existing ? update(phoneExtensionTable, existing, values) : insert(phoneExtensionTable, { id: userId, ...values }))
  },
})

export const configurePhone = defineIntention({
  name: 'phoneRules.configure',
  version: 1,
  summary: 'Set how long a wrap-up lasts, how long a line rings only its own people, and how long recordings are kept.',
  permission: 'settings.edit',
  input: z.strictObject({
    set: z
      .strictObject({
        wrapUpSeconds: z.int().min(0).max(1800, 'A wrap-up lasts half an hour at most.'),
        firstSeconds,
        recordingDays,
        backupNumber: maybeNumber,
        paymentPage: paymentPage.nullable(),
        voicemailNumber: z.string().trim().regex(/^[0-9*#]{2,20}$/, 'What is dialled for the voicemails is made of digits, * and #.').nullable(),
        voicemailSenders: z.string().trim().max(400).regex(/^(?:[^\s,;@]*@?[^\s,;@]+\.[^\s,;@]+(?:[\s,;]+|$))+$/, 'Enter an address or a domain, such as pbx@example.com; with a space between two.').nullable(),
      })
      .partial(),
  }),
  *load() {
    return yield* all(phoneSettingTable)
  },
  decide({ set }, rows, context) {
    const [existing] = rows
    if (existing) return accept(update(phoneSettingTable, existing, set))
    const { wrapUpSeconds, firstSeconds: seconds, recordingDays: days, backupNumber } = phoneRules(rows)
    return accept(
      insert(phoneSettingTable, {
        id: context.companyId,
        wrapUpSeconds: set.wrapUpSeconds ?? wrapUpSeconds,
        firstSeconds: set.firstSeconds ?? seconds,
        recordingDays: set.recordingDays ?? days,
        backupNumber: set.backupNumber ?? backupNumber,
        paymentPage: set.paymentPage ?? null,
        voicemailNumber: set.voicemailNumber ?? null,
        voicemailSenders: set.voicemailSenders ?? null,
      }),
    )
  },
})
