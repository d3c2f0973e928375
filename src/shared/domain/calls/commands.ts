import type { Command } from '../kernel/command.ts'
import { callIntentions } from './conclude.ts'
import { callFacts } from './facts.ts'

export const callsCommands = [...callFacts, ...callIntentions] as const satisfies readonly Command[]
