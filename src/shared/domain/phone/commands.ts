import type { Command } from '../kernel/command.ts'
import { configurePhone, saveExtension, saveLine } from './configure.ts'
import { outageCommands } from './outage.ts'
import { statusCommands } from './status.ts'

export const phoneOfficeCommands = [saveLine, saveExtension, configurePhone, ...statusCommands, ...outageCommands] as const satisfies readonly Command[]
