import type { Command } from '../kernel/command.ts'

export const accountingCommands: readonly Command[] = []
