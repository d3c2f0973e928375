import type { Command } from '../kernel/command.ts'
import { logByHand } from './byHand.ts'
import { callIntentions } from './conclude.ts'
import { callFacts } from './facts.ts'
import { knownNumberCommands } from './knownNumbers.ts'
import { setKind } from './setKind.ts'

export const callsCommands = [...callFacts, ...callIntentions, setKind, logByHand, ...knownNumberCommands] as const satisfies readonly Command[]
