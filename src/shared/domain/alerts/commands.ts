import type { Command } from '../kernel/command.ts'
import { acknowledgeAlert, changeAlert, withdrawAlert } from './answer.ts'
import { configureDesk } from './configure.ts'
import { raiseAlert } from './raise.ts'

export const alertsCommands = [raiseAlert, acknowledgeAlert, changeAlert, withdrawAlert, configureDesk] as const satisfies readonly Command[]
