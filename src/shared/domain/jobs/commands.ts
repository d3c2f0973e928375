import type { Command } from '../kernel/command.ts'

export const jobsCommands: readonly Command[] = []
