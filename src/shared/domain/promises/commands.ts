import type { Command } from '../kernel/command.ts'

export const promisesCommands: readonly Command[] = []
