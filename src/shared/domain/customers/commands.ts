import type { Command } from '../kernel/command.ts'

export const customersCommands: readonly Command[] = []
