import { formatPhone } from '../../../shared/base/phone.ts'
import { addDays } from '../../../shared/base/time.ts'
import { alertTable } from '../../../shared/domain/alerts/tables.ts'
import { callIdOf } from '../../../shared/domain/calls/facts.ts'
import { CALL_KIND_RULES } from '../../../shared/domain/calls/kinds.ts'
import { knownNumberId } from '../../../shared/domain/calls/knownNumbers.ts'
import { type Call, callTable, knownNumberTable } from '../../../shared/domain/calls/tables.ts'
import { contactMethodTable, type Customer, customerTable, type Location, locationTable } from '../../../shared/domain/customers/tables.ts'
import { type Appointment, appointmentTable } from '../../../shared/domain/dispatch/tables.ts'
import { type Job, jobTable, jobTypeTable, priorityTable } from '../../../shared/domain/jobs/tables.ts'
import { PAYMENT_FORM_NAMES } from '../../../shared/domain/jobs/words.ts'
import { get, getIf, range } from '../../../shared/domain/kernel/load.ts'
import { ROLE_NAMES } from '../../../shared/domain/people/permissions.ts'
import { businessUnitTable } from '../../../shared/domain/people/tables.ts'
import type { Observed } from '../../../shared/domain/practice/caller.ts'
import type { Performance } from '../../../shared/domain/practice/parts.ts'
import { PRACTICE_PEOPLE } from '../../../shared/domain/practice/people.ts'
import { type Task, taskTable } from '../../../shared/domain/tasks/tables.ts'
import { TASK_TYPE_NAMES } from '../../../shared/domain/tasks/types.ts'
import type { Services } from '../../core/service.ts'
import { todayOf } from '../company.ts'
import { practicePersonId } from './build.ts'
import type { Exercise } from './exercise.ts'

const OUTCOMES: Readonly<Record<NonNullable<Call['outcome']>, string>> = { booked: 'Booked', unbooked: 'Unbooked', excused: 'Excused', notLead: 'Not a lead', abandoned: 'Abandoned' }

const ON_FILE = new Set(PRACTICE_PEOPLE.map(({ key }) => practicePersonId(key)))

/** The records that came of the call, as far as there are any. */
interface Records {
  readonly call: Call
  readonly customer: Customer | undefined
  readonly location: Location | undefined
  readonly phones: readonly string[]
  readonly job: Job | undefined
  readonly visit: Appointment | undefined
  readonly task: Task | undefined
}

function recordsOf({ store: { engine } }: Services, call: Call): Records {
  const customer = engine.run(getIf(customerTable, call.customerId))
  const ofCustomer = customer ? engine.run(range(jobTable, 'byCustomer', [customer.id])) : []
  // Booked on this call, or the one that the caller has with us.
  const job = engine.run(getIf(jobTable, call.jobId)) ?? ofCustomer[0]
  const visits = job ? engine.run(range(appointmentTable, 'byJob', [job.id])) : []
  return {
    call,
    customer,
    location: engine.run(getIf(locationTable, job?.locationId ?? call.locationId)),
    phones: customer ? engine.run(range(contactMethodTable, 'byCustomer', [customer.id])).flatMap(({ kind, value }) => (kind === 'phone' ? [value] : [])) : [],
    job,
    visit: visits[0],
    task: engine.run(range(taskTable, 'byCall', [call.id])).at(-1),
  }
}

function dayIn(today: string, day: string): string {
  return day === today ? 'Today' : day === addDays(today, 1) ? 'Tomorrow' : day
}

const joined = (...parts: readonly (string | null | undefined)[]): string => parts.filter((part) => part !== null && part !== undefined && part.trim() !== '').join('; ')

/** What is looked at, in the words of the screen. */
function observe(services: Services, { call, customer, location, phones, job, visit, task }: Records): Observed {
  const { engine } = services.store
  const blocked = call.fromNumber !== null && engine.run(get(knownNumberTable, knownNumberId(call.fromNumber)))?.kind === 'blocked'
  const alerted = engine.run(range(alertTable, 'byCall', [call.id])).some(({ state }) => state !== 'withdrawn')
  return {
    record: customer ? (ON_FILE.has(customer.id) ? 'On file' : 'New') : 'None',
    name: customer?.name ?? call.callerName,
    callback: joined(...[...phones, call.callBackNumber].map((number) => (number === null ? null : formatPhone(number)))),
    address: joined(location?.line1, location?.line2),
    access: joined(location?.gateCode, location?.accessNotes, location?.parking),
    unit: engine.run(getIf(businessUnitTable, job?.businessUnitId))?.name ?? '',
    type: engine.run(getIf(jobTypeTable, job?.jobTypeId))?.name ?? '',
    problem: job?.summary ?? '',
    priority: engine.run(getIf(priorityTable, job?.priorityId))?.name ?? '',
    source: customer?.leadSource ?? '',
    window: visit ? dayIn(todayOf(services), visit.windowDay) : '',
    payment: job ? PAYMENT_FORM_NAMES[job.plannedPayment] : '',
    kind: call.kind === null ? '' : CALL_KIND_RULES[call.kind].name,
    alert: alerted ? 'Raised' : '',
    visit: job ? (job.state === 'canceled' || visit?.state === 'canceled' ? 'Canceled' : 'Booked') : '',
    task: task ? `${TASK_TYPE_NAMES[task.type]}, ${ROLE_NAMES[task.role]}` : '',
    taskWords: joined(task?.title, task?.notes),
    notes: joined(call.notes, job?.notes, blocked ? 'Number blocked' : null),
    outcome: call.outcome === null ? '' : OUTCOMES[call.outcome],
    reason: joined(job?.cancelReason, call.reason),
    callBack: call.followUp === 'owed' ? 'Owed' : '',
  }
}

/** The call of an exercise, once it has rung. */
export function exerciseCall({ store }: Services, exercise: Exercise): Call | undefined {
  return store.engine.run(get(callTable, callIdOf(store.companyId, exercise.externalId)))
}

/** What was made of the exercise, read off the records that it left. */
export function gather(services: Services, exercise: Exercise, call: Call): Performance {
  const records = recordsOf(services, call)
  const { job, task } = records
  // What was written before the call is not the trainee’s.
  const own = job && job.callId === call.id ? [job.summary, job.notes] : []
  return {
    fields: observe(services, records),
    said: exercise.said,
    typed: [...own, call.notes, task?.title ?? '', task?.notes ?? ''].filter((text) => text !== ''),
    seconds: Math.round((call.talkMs ?? 0) / 1000),
  }
}
