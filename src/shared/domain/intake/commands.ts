import type { Command } from '../kernel/command.ts'

export const intakeCommands: readonly Command[] = []
