import type { Command } from '../kernel/command.ts'
import { beginEffect, doubtEffect, failEffect, finishEffect } from './attempts.ts'
import { emailInvoice } from './invoiceEmail.ts'
import { settleEffect } from './settle.ts'

export const effectsCommands = [emailInvoice, beginEffect, finishEffect, failEffect, doubtEffect, settleEffect] as const satisfies readonly Command[]
