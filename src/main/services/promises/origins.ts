import { formatMoney } from '../../../shared/base/money.ts'
import { formatDay, formatTime, formatWindow, wallTimeOf } from '../../../shared/base/zone.ts'
import { EMERGENCY_RULES } from '../../../shared/domain/alerts/kinds.ts'
import { alertTable } from '../../../shared/domain/alerts/tables.ts'
import { refusedChangeTable } from '../../../shared/domain/attention/tables.ts'
import { batchTable } from '../../../shared/domain/accounting/tables.ts'
import { callTable, type Call } from '../../../shared/domain/calls/tables.ts'
import { type Appointment, appointmentTable } from '../../../shared/domain/dispatch/tables.ts'
import { handedDraftTable } from '../../../shared/domain/drafts/tables.ts'
import { effectTable, type WorldEffect } from '../../../shared/domain/effects/tables.ts'
import { invoiceTable } from '../../../shared/domain/invoices/tables.ts'
import { jobTable, jobTypeTable } from '../../../shared/domain/jobs/tables.ts'
import { get, getIf, type Loading, range } from '../../../shared/domain/kernel/load.ts'
import { LEAD_CHANNEL_NAMES, leadTable } from '../../../shared/domain/leads/tables.ts'
import { loadMaterials } from '../../../shared/domain/materials/content.ts'
import { materialListTable } from '../../../shared/domain/materials/tables.ts'
import { suspensePaymentTable } from '../../../shared/domain/payments/suspense.ts'
import { userTable } from '../../../shared/domain/people/tables.ts'
import type { Promised, SubjectKind } from '../../../shared/domain/promises/tables.ts'
import { manualVersionTable, readReceiptTable } from '../../../shared/domain/scripts/tables.ts'
import { taskTable } from '../../../shared/domain/tasks/tables.ts'
import { TASK_TYPE_NAMES } from '../../../shared/domain/tasks/types.ts'
import { waitEntryTable } from '../../../shared/domain/waitlist/tables.ts'
import { assertNever } from '../../../shared/base/assertNever.ts'
import { leadName } from '../leads/leads.ts'
import { shownSentence } from '../attention/shownSentence.ts'

/** What a promise's record says about it: for the list's words and for opening the record. */
export interface Origin {
  /** The number people call the record by, where it has one. */
  readonly number: string | null
  readonly cameFrom: string
  readonly opens: { readonly kind: SubjectKind; readonly id: string; readonly day: string | null }
  /** Who called, where the record itself knows. */
  readonly callerName: string | null
  readonly phone: string | null
  /** What the record itself is called. */
  readonly title: string | null
  /** A caller spoke to the machine. */
  readonly voicemail: boolean
}

interface Reader {
  readonly zone: string
  readonly now: number
  /** Without the right to see prices, amounts are left out. */
  readonly pricesShown: boolean
}

const nowhere = (kind: SubjectKind, id: string): Origin => ({ number: null, cameFrom: '', opens: { kind, id, day: null }, callerName: null, phone: null, title: null, voicemail: false })

const sentence = (...parts: readonly (string | null | undefined | false)[]): string => parts.filter(Boolean).join(', ')

/** `at 1:20 PM` today, `on Jul 13, 1:20 PM` before. */
function moment(at: number, { zone, now }: Reader): string {
  const { day } = wallTimeOf(at, zone)
  return day === wallTimeOf(now, zone).day ? `at ${formatTime(at, zone)}` : `on ${formatDay(day)}, ${formatTime(at, zone)}`
}

/** `0:38` of 38 seconds. */
const lengthOf = (seconds: number): string => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`

function kindOfCall(call: Call): string {
  if (call.voicemailSeconds !== null && (call.outcome === 'abandoned' || call.outcome === 'unbooked')) return `Voicemail of ${lengthOf(call.voicemailSeconds)}`
  if (call.outcome === 'abandoned' || (call.state === 'ended' && call.answeredAt === null)) return 'Missed call'
  return call.outcome === 'unbooked' ? 'Unbooked call' : 'Call'
}

/** `3 tries, the last at 2:14 PM`. */
function triedAgain([last, ...others]: readonly Call[], reader: Reader): string | null {
  return last ? `${others.length + 2} tries, the last ${moment(last.offeredAt, reader)}` : null
}

function* ofCall(id: string, reader: Reader): Loading<Origin> {
  const call = yield* get(callTable, id)
  const origin = nowhere('call', id)
  if (!call) return origin
  const tries = (yield* range(callTable, 'byRepeat', [id])).toSorted((one, other) => other.offeredAt - one.offeredAt)
  return {
    ...origin,
    cameFrom: sentence(`${kindOfCall(call)} ${moment(call.offeredAt, reader)}`, triedAgain(tries, reader), call.reason, call.notes),
    opens: { kind: 'call', id, day: wallTimeOf(call.offeredAt, reader.zone).day },
    callerName: call.callerName === '' ? null : call.callerName,
    phone: call.callBackNumber ?? call.fromNumber,
    voicemail: call.voicemailAt !== null,
  }
}

/** What stands in a visit’s way, in the words of whoever said it. */
function whyOpen({ state, reschedule, rescheduleWhy, holdReason, cancelReason, rebooking }: Appointment): string | null | false {
  if (reschedule === 'asked' || reschedule === 'needed') return rescheduleWhy
  if (state === 'canceled' && rebooking === 'owed') return cancelReason
  return state === 'hold' && holdReason
}

function* ofVisit(id: string): Loading<Origin> {
  const visit = yield* get(appointmentTable, id)
  const job = visit && (yield* get(jobTable, visit.jobId))
  if (!visit || !job) return nowhere('appointment', id)
  const type = yield* get(jobTypeTable, job.jobTypeId)
  const when = `${formatDay(visit.windowDay)} ${formatWindow(visit.windowStart, visit.windowEnd)}`
  const onlyLacksInvoice = visit.state === 'done' && visit.closedOutAt !== null
  return {
    ...nowhere('appointment', id),
    number: job.number,
    title: visit.expectedAt === null ? null : formatTime(visit.expectedAt, visit.zone),
    cameFrom: sentence(whyOpen(visit), `Job ${job.number}`, type?.name, when),
    opens: onlyLacksInvoice ? { kind: 'job', id: job.id, day: null } : { kind: 'appointment', id, day: visit.windowDay },
  }
}

function* ofJob(id: string): Loading<Origin> {
  const job = yield* get(jobTable, id)
  const type = job && (yield* get(jobTypeTable, job.jobTypeId))
  return job ? { ...nowhere('job', id), number: job.number, cameFrom: sentence(`Job ${job.number}`, (job.waiver === 'owed' || job.waiver === 'sent') && type?.waiver, job.summary) } : nowhere('job', id)
}

function* ofInvoice(id: string, { pricesShown }: Reader): Loading<Origin> {
  const invoice = yield* get(invoiceTable, id)
  if (!invoice) return nowhere('invoice', id)
  const named = invoice.number === null ? 'Invoice in draft' : `Invoice ${invoice.number}`
  const cameFrom = sentence(
    invoice.day === null ? named : `${named} of ${formatDay(invoice.day)}`,
    pricesShown && `${formatMoney(invoice.balanceCents)} open`,
    invoice.dueDay !== null && `due ${formatDay(invoice.dueDay)}`,
  )
  return { ...nowhere('invoice', id), number: invoice.number, cameFrom }
}

const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`

function* ofBatch(id: string): Loading<Origin> {
  const batch = yield* get(batchTable, id)
  if (!batch) return nowhere('batch', id)
  const by = yield* get(userTable, batch.preparedBy)
  const days = batch.fromDay === batch.toDay ? formatDay(batch.fromDay) : `${formatDay(batch.fromDay)} to ${formatDay(batch.toDay)}`
  const what = `${counted(batch.invoiceCount, 'invoice')} and ${counted(batch.paymentCount, 'payment')}`
  return { ...nowhere('batch', id), number: batch.number, cameFrom: sentence(`${what} of ${days}`, by && `prepared by ${by.name}`) }
}

function* ofRefusedChange(id: string, { pricesShown }: Reader): Loading<Origin> {
  const refused = yield* get(refusedChangeTable, id)
  if (!refused) return nowhere('refused_change', id)
  const by = yield* getIf(userTable, refused.actorId)
  return { ...nowhere('refused_change', id), cameFrom: sentence(shownSentence(refused.message, pricesShown).replace(/\.$/, ''), by && `done by ${by.name}`) }
}

function* ofSuspense(id: string, { zone, pricesShown }: Reader): Loading<Origin> {
  const money = yield* get(suspensePaymentTable, id)
  if (!money) return nowhere('suspense_payment', id)
  const by = yield* get(userTable, money.receivedBy)
  const form = money.form === 'check' ? `Check ${money.checkNumber ?? ''}`.trim() : 'Cash'
  return {
    ...nowhere('suspense_payment', id),
    number: money.checkNumber,
    cameFrom: sentence(pricesShown ? `${form}, ${formatMoney(money.amountCents)}` : form, by && `taken by ${by.name}`, `on ${formatDay(money.day)}, ${formatTime(money.receivedAt, zone)}`, money.memo),
  }
}

function whatIsSent({ kind }: WorldEffect, number: string | null): string {
  switch (kind) {
    case 'invoice.email':
      return number === null ? 'invoice' : `invoice ${number}`
  }
}

/** Opens what is sent: there stands what became of it, with the keys that settle it. */
function* ofEffect(id: string, reader: Reader): Loading<Origin> {
  const effect = yield* get(effectTable, id)
  if (!effect) return nowhere('effect', id)
  const invoice = yield* get(invoiceTable, effect.subjectId)
  const by = yield* getIf(userTable, effect.requestedBy)
  return {
    ...nowhere('effect', id),
    number: whatIsSent(effect, invoice?.number ?? null),
    cameFrom: sentence(`To ${effect.payload.to}`, by && `asked for by ${by.name} ${moment(effect.requestedAt, reader)}`, effect.outcome.replace(/\.$/, '')),
    opens: invoice ? { kind: 'invoice', id: invoice.id, day: null } : { kind: 'effect', id, day: null },
  }
}

function* ofTask(id: string): Loading<Origin> {
  const task = yield* get(taskTable, id)
  if (!task) return nowhere('task', id)
  const by = yield* getIf(userTable, task.askedBy)
  const done = yield* getIf(userTable, task.resolvedBy)
  const cameFrom = task.state === 'open' ? sentence(TASK_TYPE_NAMES[task.type], by && `asked for by ${by.name}`, task.notes) : sentence(`Done by ${done?.name ?? 'somebody'}`, task.resolution)
  return { ...nowhere('task', id), cameFrom, title: task.title }
}

/** Opens the manual itself: there stands the key that says it was read. */
function* ofReceipt(id: string): Loading<Origin> {
  const receipt = yield* get(readReceiptTable, id)
  const version = yield* getIf(manualVersionTable, receipt?.versionId)
  if (!version) return nowhere('read_receipt', id)
  const by = yield* get(userTable, version.publishedBy)
  return { ...nowhere('read_receipt', version.manualId), cameFrom: sentence(`Version ${version.number}`, by && `published by ${by.name}`, version.note), title: version.name }
}

/** The call it came on is where more is known. */
function* ofAlert(id: string, reader: Reader): Loading<Origin> {
  const alert = yield* get(alertTable, id)
  if (!alert) return nowhere('alert', id)
  const [by, call] = [yield* getIf(userTable, alert.raisedBy), yield* getIf(callTable, alert.callId)]
  return {
    ...nowhere('alert', id),
    title: EMERGENCY_RULES[alert.kind].name,
    cameFrom: sentence(`Raised ${moment(alert.raisedAt, reader)}${by ? ` by ${by.name}` : ''}`, alert.caller, alert.place, alert.summary),
    opens: call ? { kind: 'call', id: call.id, day: wallTimeOf(call.offeredAt, reader.zone).day } : { kind: 'alert', id, day: null },
    callerName: alert.caller === '' ? null : alert.caller,
    phone: call ? (call.callBackNumber ?? call.fromNumber) : null,
  }
}

function* ofHandedDraft(id: string, reader: Reader): Loading<Origin> {
  const handed = yield* get(handedDraftTable, id)
  if (!handed) return nowhere('handed_draft', id)
  const by = yield* getIf(userTable, handed.fromUserId)
  const call = yield* getIf(callTable, handed.callId)
  return {
    ...nowhere('handed_draft', id),
    cameFrom: sentence(`Handed over${by ? ` by ${by.name}` : ''} ${moment(handed.handedAt, reader)}`, handed.about, handed.note),
    callerName: handed.who,
    phone: call?.callBackNumber ?? call?.fromNumber ?? null,
    title: handed.who,
  }
}

/** Days that would do: `Jul 14 to Jul 17, mornings`. */
function* ofWaitEntry(id: string): Loading<Origin> {
  const entry = yield* get(waitEntryTable, id)
  if (!entry) return nowhere('wait_entry', id)
  const type = yield* get(jobTypeTable, entry.jobTypeId)
  const days = entry.fromDay === entry.toDay ? formatDay(entry.fromDay) : `${formatDay(entry.fromDay)} to ${formatDay(entry.toDay)}`
  const part = entry.part === 'any' ? '' : ` ${entry.part}s`
  const { offerDay, offerStart, offerEnd } = entry
  const free = entry.state === 'offered' && offerDay !== null && offerStart !== null && offerEnd !== null && `Free: ${formatDay(offerDay)} ${formatWindow(offerStart, offerEnd)}`
  return { ...nowhere('wait_entry', id), cameFrom: sentence(free, type?.name, `would take ${days}${part}`, entry.summary), phone: entry.phone }
}

/** What they want, in the source’s words or their own. */
function* ofLead(id: string, reader: Reader): Loading<Origin> {
  const lead = yield* get(leadTable, id)
  if (!lead) return nowhere('lead', id)
  const type = yield* getIf(jobTypeTable, lead.jobTypeId)
  const tried = lead.attempts > 0 && `tried ${lead.attempts === 1 ? 'once' : `${lead.attempts} times`}`
  const cameFrom = sentence(`${LEAD_CHANNEL_NAMES[lead.channel]} of ${lead.sourceName} ${moment(lead.receivedAt, reader)}`, tried, type?.name ?? lead.wish, lead.subject || lead.words.slice(0, 120))
  return { ...nowhere('lead', id), cameFrom, callerName: leadName(lead), phone: lead.phone, title: leadName(lead) }
}

/** For which day, and what there is to pick. */
function* ofMaterialList(id: string): Loading<Origin> {
  const list = yield* get(materialListTable, id)
  if (!list) return nowhere('material_list', id)
  const { visits } = yield* loadMaterials(list.day)
  const changed = list.sentAt !== null && 'changed since the warehouse has it'
  return { ...nowhere('material_list', id), opens: { kind: 'material_list', id, day: list.day }, title: formatDay(list.day), cameFrom: sentence(`Materials of ${counted(visits.length, 'visit')} on ${formatDay(list.day)}`, changed) }
}

/** Where a promise came from, in words. */
export function* originOf(promise: Promised, reader: Reader): Loading<Origin> {
  const { subjectKind, subjectId } = promise
  switch (subjectKind) {
    case 'call':
      return yield* ofCall(subjectId, reader)
    case 'appointment':
      return yield* ofVisit(subjectId)
    case 'job':
      return yield* ofJob(subjectId)
    case 'invoice':
      return yield* ofInvoice(subjectId, reader)
    case 'batch':
      return yield* ofBatch(subjectId)
    case 'refused_change':
      return yield* ofRefusedChange(subjectId, reader)
    case 'suspense_payment':
      return yield* ofSuspense(subjectId, reader)
    case 'effect':
      return yield* ofEffect(subjectId, reader)
    case 'task':
      return yield* ofTask(subjectId)
    case 'read_receipt':
      return yield* ofReceipt(subjectId)
    case 'alert':
      return yield* ofAlert(subjectId, reader)
    case 'handed_draft':
      return yield* ofHandedDraft(subjectId, reader)
    case 'wait_entry':
      return yield* ofWaitEntry(subjectId)
    case 'lead':
      return yield* ofLead(subjectId, reader)
    case 'material_list':
      return yield* ofMaterialList(subjectId)
    default:
      return assertNever(subjectKind, 'kind of record')
  }
}
