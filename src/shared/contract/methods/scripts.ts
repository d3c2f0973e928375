import { z } from 'zod'
import { idInput } from '../../domain/kernel/inputs.ts'
import { ROLES } from '../../domain/people/permissions.ts'
import { contentInput, SCRIPT_PURPOSES } from '../../domain/scripts/content.ts'
import { SPECIAL_KINDS } from '../../domain/scripts/tables.ts'
import { defineQuery } from '../method.ts'

const binding = { purpose: z.enum(SCRIPT_PURPOSES), businessUnitId: z.string().nullable(), jobTypeId: z.string().nullable() }

const publishedScript = z.object({ versionId: z.string(), scriptId: z.string(), name: z.string(), number: z.int(), ...binding, content: contentInput })

const special = z.object({ id: z.string(), name: z.string(), kind: z.enum(SPECIAL_KINDS), words: z.string(), fromDay: z.string(), toDay: z.string(), businessUnitId: z.string().nullable() })

const bookingScripts = z.object({
  scripts: z.array(publishedScript),
  /** Without those that name a price, for who must not quote. */
  specials: z.array(special),
})

export type BookingScripts = z.output<typeof bookingScripts>

const scriptSettings = z.object({
  id: z.string(),
  name: z.string(),
  ...binding,
  content: contentInput,
  state: z.enum(['draft', 'published', 'retired']),
  versionNumber: z.int(),
  /** Written since the last version. */
  unpublished: z.boolean(),
})

export type ScriptSettings = z.output<typeof scriptSettings>

const versionRow = z.object({ versionId: z.string(), number: z.int(), name: z.string(), note: z.string(), publishedAt: z.int(), publishedBy: z.string() })

const manualRow = z.object({
  manualId: z.string(),
  name: z.string(),
  versionId: z.string(),
  number: z.int(),
  note: z.string(),
  publishedAt: z.int(),
  publishedBy: z.string(),
  /** What it is to me: owed until then, read then, or nothing I must read. */
  mine: z.enum(['due', 'read', 'none']),
  dueAt: z.int().nullable(),
  readAt: z.int().nullable(),
})

export type ManualRow = z.output<typeof manualRow>

const manualSection = z.object({
  /** The manual and the place in it. */
  key: z.string(),
  manualName: z.string(),
  heading: z.string(),
  text: z.string(),
})

const manualSettings = z.object({
  id: z.string(),
  name: z.string(),
  body: z.string(),
  roles: z.array(z.enum(ROLES)),
  /** `shipped`: the words that come with the program, which nobody has changed yet. */
  state: z.enum(['shipped', 'draft', 'published', 'retired']),
  versionNumber: z.int(),
  unpublished: z.boolean(),
  read: z.int(),
  due: z.int(),
})

export type ManualSettings = z.output<typeof manualSettings>

const scriptReads = ['script', 'script_version', 'user'] as const
const manualReads = ['manual', 'manual_version', 'read_receipt', 'promise', 'user'] as const

export const scriptsMethods = [
  defineQuery({
    name: 'booking.scripts',
    summary: 'The words of calls: every script that is published, and what is on offer.',
    permission: 'office.view',
    input: z.strictObject({}),
    reads: ['script', 'script_version', 'special', 'user'],
    output: bookingScripts,
  }),
  defineQuery({
    name: 'scripts.list',
    summary: 'Every script as it is written, with what is published of it, and the specials.',
    permission: 'settings.edit',
    input: z.strictObject({}),
    reads: [...scriptReads, 'special'],
    output: z.object({ scripts: z.array(scriptSettings), specials: z.array(special.extend({ active: z.boolean() })) }),
  }),
  defineQuery({
    name: 'scripts.history',
    summary: 'What was published of a script, the newest first.',
    permission: 'settings.edit',
    input: z.strictObject({ scriptId: idInput }),
    reads: scriptReads,
    output: z.object({ versions: z.array(versionRow.extend({ content: contentInput })) }),
  }),
  defineQuery({
    name: 'manuals.list',
    summary: 'The manuals there are to read; those I owe first.',
    permission: 'office.view',
    input: z.strictObject({}),
    reads: manualReads,
    output: z.object({ manuals: z.array(manualRow) }),
  }),
  defineQuery({
    name: 'manuals.get',
    summary: 'A manual as it is published.',
    permission: 'office.view',
    input: z.strictObject({ manualId: idInput }),
    reads: manualReads,
    output: manualRow.extend({ body: z.string() }).nullable(),
  }),
  defineQuery({
    name: 'manuals.answers',
    summary: 'What the manuals say, section by section, to be searched while somebody is on the line; the common questions first.',
    permission: 'office.view',
    input: z.strictObject({}),
    reads: ['manual', 'manual_version'],
    output: z.object({ sections: z.array(manualSection) }),
  }),
  defineQuery({
    name: 'manuals.settings',
    summary: 'Every manual as it is written, and how many have read what is published.',
    permission: 'settings.edit',
    input: z.strictObject({}),
    reads: manualReads,
    output: z.object({ manuals: z.array(manualSettings) }),
  }),
  defineQuery({
    name: 'manuals.readers',
    summary: 'Who has read the manual as it is published and who has not, and what was published before.',
    permission: 'settings.edit',
    input: z.strictObject({ manualId: idInput }),
    reads: manualReads,
    output: z.object({
      readers: z.array(z.object({ userId: z.string(), name: z.string(), state: z.enum(['due', 'read']), dueAt: z.int(), readAt: z.int().nullable() })),
      versions: z.array(versionRow),
    }),
  }),
] as const
