import type { Command } from '../kernel/command.ts'

export const paymentsCommands: readonly Command[] = []
