import type { Command } from '../kernel/command.ts'
import { assign, unassign } from './assign.ts'
import { closeOut } from './closeOut.ts'
import { configure } from './configure.ts'
import { changeState } from './progress.ts'
import { reschedule } from './reschedule.ts'

export const dispatchCommands = [assign, unassign, reschedule, changeState, closeOut, configure] as const satisfies readonly Command[]
