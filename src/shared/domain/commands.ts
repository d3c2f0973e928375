import { accountingCommands } from './accounting/commands.ts'
import { alertsCommands } from './alerts/commands.ts'
import { attachmentsCommands } from './attachments/commands.ts'
import { attentionCommands } from './attention/commands.ts'
import { callsCommands } from './calls/commands.ts'
import { customersCommands } from './customers/commands.ts'
import { dispatchCommands } from './dispatch/commands.ts'
import { handoffCommands } from './handoff/commands.ts'
import { draftsCommands } from './drafts/commands.ts'
import { effectsCommands } from './effects/commands.ts'
import { fieldCommands } from './field/commands.ts'
import { intakeCommands } from './intake/commands.ts'
import { invoicesCommands } from './invoices/commands.ts'
import { jobsCommands } from './jobs/commands.ts'
import type { Command } from './kernel/command.ts'
import { leadsCommands } from './leads/commands.ts'
import { mailCommands } from './mail/commands.ts'
import { paymentsCommands } from './payments/commands.ts'
import { peopleCommands } from './people/commands.ts'
import { phoneOfficeCommands } from './phone/commands.ts'
import { practiceCommands } from './practice/commands.ts'
import { promisesCommands } from './promises/commands.ts'
import { recordingsCommands } from './recordings/commands.ts'
import { scriptsCommands } from './scripts/commands.ts'
import { tasksCommands } from './tasks/commands.ts'
import { materialCommands } from './materials/commands.ts'
import { watchCommands } from './watch/commands.ts'
import { waitListCommands } from './waitlist/commands.ts'

/** Every command by area. The union of their types is what `api.command(name, input)` is checked against. */
const registered = [
  ...peopleCommands,
  ...customersCommands,
  ...callsCommands,
  ...recordingsCommands,
  ...jobsCommands,
  ...dispatchCommands,
  ...handoffCommands,
  ...watchCommands,
  ...materialCommands,
  ...fieldCommands,
  ...promisesCommands,
  ...tasksCommands,
  ...scriptsCommands,
  ...draftsCommands,
  ...waitListCommands,
  ...leadsCommands,
  ...invoicesCommands,
  ...paymentsCommands,
  ...accountingCommands,
  ...intakeCommands,
  ...attentionCommands,
  ...mailCommands,
  ...effectsCommands,
  ...attachmentsCommands,
  ...alertsCommands,
  ...practiceCommands,
  ...phoneOfficeCommands,
] as const

export type RegisteredCommand = (typeof registered)[number]

function index(commands: readonly Command[]): ReadonlyMap<string, Command> {
  const found = new Map<string, Command>()
  for (const command of commands) {
    if (found.has(command.name)) throw new Error(`Two commands are named ${command.name}`)
    found.set(command.name, command)
  }
  return found
}

export const COMMANDS: ReadonlyMap<string, Command> = index(registered as readonly unknown[] as readonly Command[])
