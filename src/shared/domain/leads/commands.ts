import type { Command } from '../kernel/command.ts'
import { saveLeadMailbox, saveLeadQuestion, saveLeadSource } from './configure.ts'
import { receiveLead } from './receive.ts'
import { acceptLead, answerChat, closeChat, convertLead, dismissLead, noteOnLead, qualifyLead, reopenLead, tryLead } from './working.ts'

export const leadsCommands = [receiveLead, acceptLead, tryLead, convertLead, dismissLead, reopenLead, noteOnLead, answerChat, closeChat, qualifyLead, saveLeadSource, saveLeadMailbox, saveLeadQuestion] as const satisfies readonly Command[]
