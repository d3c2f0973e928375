import type { Command } from '../kernel/command.ts'

export const dispatchCommands: readonly Command[] = []
