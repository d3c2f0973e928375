import { METHODS } from '../../shared/contract/methods.ts'
import type { Handler } from '../core/service.ts'
import { phoneAccountService } from '../phone/accountService.ts'
import { callsService } from './calls/calls.ts'
import { practiceLineService } from './calls/practiceLine.ts'
import { customersService } from './customers/customers.ts'
import { alertsService } from './alerts/alerts.ts'
import { attachmentsService } from './attachments/attachments.ts'
import { attentionService } from './attention/attention.ts'
import { accountingService } from './accounting/accounting.ts'
import { dispatchService } from './dispatch/dispatch.ts'
import { assistantService } from './dispatch/planning/assistant.ts'
import { handoffService } from './handoff/handoff.ts'
import { draftsService } from './drafts/drafts.ts'
import { hubService } from './hub/hub.ts'
import { intakeService } from './intake/intake.ts'
import { jobFileService } from './intake/jobFile.ts'
import { jobsService } from './jobs/jobs.ts'
import { leadSettingsService } from './leads/leadSettings.ts'
import { leadsService } from './leads/leads.ts'
import { mailService } from './mail/mail.ts'
import { mapService } from './map/map.ts'
import { paymentsService } from './payments/payments.ts'
import { phoneOfficeService } from './phoneOffice/phoneOffice.ts'
import { practiceService } from './practice/practice.ts'
import { promisesService } from './promises/promises.ts'
import { recordingsService } from './recordings/recordings.ts'
import { voicemailsService } from './recordings/voicemails.ts'
import { schedulesService } from './schedules/schedules.ts'
import { scriptsService } from './scripts/scripts.ts'
import { searchService } from './search/search.ts'
import { invoicesService } from './invoices/invoices.ts'
import { sessionService } from './session/session.ts'
import { settingsService } from './settings/settings.ts'
import { tasksService } from './tasks/tasks.ts'
import { technicianLinksService } from './field/technicianLinks.ts'
import { materialsService } from './materials/materials.ts'
import { waitListService } from './waitlist/waitlist.ts'
import { watchService } from './watch/watch.ts'
import { windowsService } from './windows/windows.ts'

/** Every implementation; each file answers the methods of one contract file. */
const implementations = [invoicesService, paymentsService, accountingService, sessionService, callsService, practiceLineService, customersService, jobsService, searchService, dispatchService, assistantService, handoffService, watchService, promisesService, tasksService, scriptsService, draftsService, waitListService, leadsService, leadSettingsService, settingsService, intakeService, hubService, mailService, attentionService, attachmentsService, alertsService, practiceService, phoneOfficeService, phoneAccountService, recordingsService, voicemailsService, technicianLinksService, schedulesService, mapService, windowsService, jobFileService, materialsService]

/**
 * The handlers by method name.
 * @throws where an implementation has no method or two answer the same one: a bug, found at the first start
 */
export function collectHandlers(): ReadonlyMap<string, Handler> {
  const handlers = new Map<string, Handler>()
  for (const implementation of implementations) {
    for (const [name, handler] of Object.entries(implementation)) {
      if (!METHODS.has(name)) throw new Error(`${name} is implemented but not in the contract`)
      if (handlers.has(name)) throw new Error(`${name} is implemented twice`)
      // The contract's schema has validated the input by the time the handler sees it.
      handlers.set(name, handler as Handler)
    }
  }
  return handlers
}
