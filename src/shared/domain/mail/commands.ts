import { z } from 'zod'
import { insert, update } from '../kernel/changes.ts'
import { accept, type Command, defineIntention } from '../kernel/command.ts'
import { emailInput, lineInput, optionalLine } from '../kernel/inputs.ts'
import { all } from '../kernel/load.ts'
import { MAIL_SECURITIES, mailSettingsTable } from './tables.ts'

/** A name or an address as a server has it, without spaces and without a scheme. */
const hostInput = lineInput('The mail server', 253).pipe(z.string().regex(/^[A-Za-z0-9.:_-]+$/, 'This is not the name of a server. It looks like smtp.example.com.'))

const configure = defineIntention({
  name: 'mail.configure',
  version: 1,
  summary: 'Set the mail server that the company sends with, and who it sends as.',
  permission: 'settings.edit',
  input: z.strictObject({
    host: hostInput,
    port: z.int().min(1, 'A port is between 1 and 65535.').max(65_535, 'A port is between 1 and 65535.'),
    security: z.enum(MAIL_SECURITIES),
    userName: optionalLine('The user name', 254),
    fromName: lineInput('The sender\u2019s name', 100),
    fromAddress: emailInput,
  }),
  *load() {
    return (yield* all(mailSettingsTable))[0]
  },
  decide(input, existing, context) {
    return accept(existing ? update(mailSettingsTable, existing, input) : insert(mailSettingsTable, { id: context.companyId, ...input }))
  },
})

export const mailCommands = [configure] as const satisfies readonly Command[]
