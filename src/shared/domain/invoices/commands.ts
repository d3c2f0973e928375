import type { Command } from '../kernel/command.ts'
import { draftInvoice } from './draft.ts'
import { finalizeInvoice } from './finalize.ts'
import { removeInvoiceLine, saveInvoiceLine } from './lines.ts'
import { saveTaxZone } from './taxZones.ts'

export const invoicesCommands = [saveTaxZone, draftInvoice, saveInvoiceLine, removeInvoiceLine, finalizeInvoice] as const satisfies readonly Command[]
