import type { Method } from './method.ts'
import { accountingMethods } from './methods/accounting.ts'
import { alertsMethods } from './methods/alerts.ts'
import { assistantMethods } from './methods/assistant.ts'
import { attachmentsMethods } from './methods/attachments.ts'
import { callsMethods } from './methods/calls.ts'
import { customersMethods } from './methods/customers.ts'
import { dispatchMethods } from './methods/dispatch.ts'
import { draftsMethods } from './methods/drafts.ts'
import { handoffMethods } from './methods/handoff.ts'
import { hubMethods } from './methods/hub.ts'
import { intakeMethods } from './methods/intake.ts'
import { invoicesMethods } from './methods/invoices.ts'
import { jobsMethods } from './methods/jobs.ts'
import { jobFileMethods } from './methods/jobFile.ts'
import { leadSettingsMethods } from './methods/leadSettings.ts'
import { leadsMethods } from './methods/leads.ts'
import { mailMethods } from './methods/mail.ts'
import { mapMethods } from './methods/map.ts'
import { paymentsMethods } from './methods/payments.ts'
import { phoneOfficeMethods } from './methods/phoneOffice.ts'
import { exerciseMethods } from './methods/practice.ts'
import { practiceLineMethods } from './methods/practiceLine.ts'
import { phoneMethods } from './methods/phone.ts'
import { promisesMethods } from './methods/promises.ts'
import { recordingsMethods } from './methods/recordings.ts'
import { voicemailsMethods } from './methods/voicemails.ts'
import { schedulesMethods } from './methods/schedules.ts'
import { scriptsMethods } from './methods/scripts.ts'
import { searchMethods } from './methods/search.ts'
import { sessionMethods } from './methods/session.ts'
import { settingsMethods } from './methods/settings.ts'
import { tasksMethods } from './methods/tasks.ts'
import { technicianLinksMethods } from './methods/technicianLinks.ts'
import { materialMethods } from './methods/materials.ts'
import { waitListMethods } from './methods/waitlist.ts'
import { watchMethods } from './methods/watch.ts'
import { windowMethods } from './methods/windows.ts'

/** Every query and action by name; with the commands, everything that can cross the transport. */
const registered = [...invoicesMethods, ...paymentsMethods, ...accountingMethods, ...sessionMethods, ...callsMethods, ...practiceLineMethods, ...customersMethods, ...jobsMethods, ...searchMethods, ...dispatchMethods, ...assistantMethods, ...handoffMethods, ...watchMethods, ...promisesMethods, ...tasksMethods, ...scriptsMethods, ...draftsMethods, ...waitListMethods, ...leadsMethods, ...leadSettingsMethods, ...settingsMethods, ...intakeMethods, ...hubMethods, ...mailMethods, ...attachmentsMethods, ...alertsMethods, ...exerciseMethods, ...phoneOfficeMethods, ...phoneMethods, ...recordingsMethods, ...voicemailsMethods, ...technicianLinksMethods, ...schedulesMethods, ...mapMethods, ...windowMethods, ...jobFileMethods, ...materialMethods] as const

export type RegisteredMethod = (typeof registered)[number]

function index(methods: readonly Method[]): ReadonlyMap<string, Method> {
  const found = new Map<string, Method>()
  for (const method of methods) {
    if (found.has(method.name)) throw new Error(`Two methods are named ${method.name}`)
    found.set(method.name, method)
  }
  return found
}

export const METHODS: ReadonlyMap<string, Method> = index(registered as readonly unknown[] as readonly Method[])
