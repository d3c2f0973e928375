import type { Command } from '../kernel/command.ts'

export const invoicesCommands: readonly Command[] = []
