import type { Command } from '../kernel/command.ts'
import { acknowledgeManual, publishManual, retireManual, saveManual } from './manualCommands.ts'
import { saveSpecial } from './saveSpecial.ts'
import { publishScript, retireScript, saveScript } from './scriptCommands.ts'

export const scriptsCommands = [saveScript, publishScript, retireScript, saveSpecial, saveManual, publishManual, retireManual, acknowledgeManual] as const satisfies readonly Command[]
