import type { Command } from '../kernel/command.ts'

export const callsCommands: readonly Command[] = []
