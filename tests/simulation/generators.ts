import type { Generator } from './world.ts'
import { absenceGenerators } from './generators/absence.ts'
import { accountingGenerators } from './generators/accounting.ts'
import { alertsGenerators } from './generators/alerts.ts'
import { attachmentsGenerators } from './generators/attachments.ts'
import { attentionGenerators } from './generators/attention.ts'
import { callsGenerators } from './generators/calls.ts'
import { customersGenerators } from './generators/customers.ts'
import { dispatchGenerators } from './generators/dispatch.ts'
import { draftsGenerators } from './generators/drafts.ts'
import { handoffGenerators } from './generators/handoff.ts'
import { effectsGenerators } from './generators/effects.ts'
import { fieldGenerators } from './generators/field.ts'
import { intakeGenerators } from './generators/intake.ts'
import { invoicesGenerators } from './generators/invoices.ts'
import { jobsGenerators } from './generators/jobs.ts'
import { leadsGenerators } from './generators/leads.ts'
import { paymentsGenerators } from './generators/payments.ts'
import { peopleGenerators } from './generators/people.ts'
import { phoneGenerators } from './generators/phone.ts'
import { practiceGenerators } from './generators/practice.ts'
import { promisesGenerators } from './generators/promises.ts'
import { recordingsGenerators } from './generators/recordings.ts'
import { scriptsGenerators } from './generators/scripts.ts'
import { tasksGenerators } from './generators/tasks.ts'
import { rescheduleGenerators } from './generators/reschedules.ts'
import { watchGenerators } from './generators/watch.ts'
import { waitListGenerators } from './generators/waitList.ts'

export const GENERATORS: readonly Generator[] = [
  ...peopleGenerators,
  ...absenceGenerators,
  ...customersGenerators,
  ...callsGenerators,
  ...jobsGenerators,
  ...dispatchGenerators,
  ...handoffGenerators,
  ...watchGenerators,
  ...rescheduleGenerators,
  ...fieldGenerators,
  ...promisesGenerators,
  ...tasksGenerators,
  ...scriptsGenerators,
  ...draftsGenerators,
  ...waitListGenerators,
  ...leadsGenerators,
  ...invoicesGenerators,
  ...paymentsGenerators,
  ...accountingGenerators,
  ...intakeGenerators,
  ...attentionGenerators,
  ...effectsGenerators,
  ...attachmentsGenerators,
  ...practiceGenerators,
  ...alertsGenerators,
  ...phoneGenerators,
  ...recordingsGenerators,
]
