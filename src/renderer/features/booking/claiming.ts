import { newId } from '../../../shared/base/id.ts'
import { api } from '../../api/api.ts'
import { RequestError } from '../../api/errors.ts'
import type { CommandInput } from '../../api/types.ts'
import { unlessDone } from '../../api/unlessDone.ts'
import { type BookingDraft, changeDraft, currentDraft, putDraft } from '../../stores/booking.ts'
import { toast } from '../../stores/toast.ts'
import { type Corrections, correctionsOf, otherJob } from './corrections.ts'

/** What became of the time that a booking claimed. */
export type Claimed = 'held' | 'lost'

type BookInput = CommandInput<'job.book'>
type Capacity = NonNullable<BookInput['capacity']>

/** What the page knows of the window that it promises. */
export function capacityOf({ window, overbookWhy, alert }: Pick<BookingDraft, 'window' | 'overbookWhy' | 'alert'>): Capacity {
  if (window?.full === undefined) return { kind: 'free' }
  const why = (overbookWhy ?? '').trim()
  return { kind: 'overbook', why: why !== '' ? why : alert && !alert.withdrawn ? 'Emergency, with an alert' : 'Emergency' }
}

const slotOf = async (appointmentId: string, commandId?: string) => api.action('dispatch.claimed', { appointmentId, ...(commandId === undefined ? {} : { commandId }) })

/** The hub’s word on what was just claimed; where it has none yet, the promise stands as it was made and the ledger keeps watch. */
async function claimed(appointmentId: string, commandId: string | undefined): Promise<Claimed> {
  const { slot } = await slotOf(appointmentId, commandId)
  return slot === 'lost' ? 'lost' : 'held'
}

/**
 * What to say after a visit got another window, beside that it has it: empty where its time was claimed, or where the hub has
 * not said otherwise yet.
 */
export async function claimedWords(appointmentId: string, { commandId }: { readonly commandId?: string }): Promise<string> {
  // The window is promised whatever becomes of this question.
  const became = await claimed(appointmentId, commandId).catch(() => 'held' as const)
  return became === 'lost' ? ' Another desk had that time a moment before. The window stays promised, and \u201cSlots taken meanwhile\u201d asks for another.' : ''
}

/** Nobody waits for the hub’s word on a visit that has its window: where somebody else had the time before, it is said once it is known. */
export function tellIfLost(who: string, appointmentId: string, said: { readonly commandId: string }): void {
  void claimedWords(appointmentId, said).then((more) => (more === '' ? undefined : toast(`${who}.${more}`)))
}

/** The last place of a window was gone before the answer came: of a job that is booked, what stays of it is said. */
export const goneWords = ({ sent }: Pick<BookingDraft, 'sent'>): string =>
  sent ? 'That time was just taken too. The job stays booked with the window it had.' : 'That time was just taken; nothing is booked yet, and all you typed is here.'

/**
 * The visit of a job that is booked gets the window that stands in the draft, or the reason to keep its own; where it has it
 * already, only whether a confirmation was promised is said to it.
 * @param said whether one was, as the visit has it
 */
async function claimAnew(draft: BookingDraft, window: NonNullable<BookingDraft['window']>, said: boolean): Promise<Claimed> {
  const { appointment } = draft.ids
  const now = await slotOf(appointment)
  const stands = now.windowDay === window.day && now.windowStart === window.start && now.windowEnd === window.end
  const promised = { appointmentId: appointment, windowDay: window.day, windowStart: window.start, windowEnd: window.end, windowStartsAt: window.startsAt, windowEndsAt: window.endsAt, confirmation: draft.confirmation }
  if (stands && now.slot !== 'lost') {
    // Whoever has set out by now confirms it by coming.
    if (draft.confirmation !== said) await unlessDone(['dispatch.notReschedulable'], () => api.command('appointment.reschedule', { ...promised, reason: 'The confirmation, as it was agreed in the call' }))
    return 'held'
  }
  const taken = 'Its time was taken meanwhile'
  const { commandId } = await api.command('appointment.reschedule', {
    ...promised,
    reason: stands ? `${taken}, and it is kept` : now.slot === 'lost' ? taken : 'Another window was agreed on in the call',
    capacity: capacityOf(draft),
    expectedVersion: now.version,
  })
  return claimed(appointment, commandId)
}

/** Says to a job that is booked what was typed otherwise since; said twice, it is there once. */
async function correct(jobId: string, appointmentId: string, { set, added, changed, removed, handOff }: Corrections): Promise<void> {
  if (Object.keys(set).length > 0) await api.command('job.change', { jobId, set })
  for (const line of added) await unlessDone(['job.doubledLine'], () => api.command('job.addLine', { jobId, line }))
  for (const { id, quantity } of changed) await api.command('job.changeLine', { lineId: id, set: { quantity } })
  // The last line of a job stays, so those that are new came first.
  for (const lineId of removed) await unlessDone(['job.unknownLine'], () => api.command('job.removeLine', { lineId }))
  // As with the booking itself, what is not on the checklist, or not so, is left out.
  for (const { item, said } of handOff) await unlessDone(['handoff.ticked', 'handoff.unknownItem', 'handoff.notTicked', 'handoff.untrue', 'handoff.words'], () => api.command('handoff.tick', { appointmentId, item, said }))
}

/** What is typed becomes a job of its own: the one that it had been is canceled, and takes nothing more of it. */
function asNewJob(draft: BookingDraft): BookingDraft {
  return { ...draft, ids: { ...draft.ids, job: newId(), appointment: newId() }, lines: draft.lines.map((line) => ({ ...line, id: newId() })), slotLost: false, sent: null }
}

/**
 * The job is booked already, as it was sent before: everything that was typed otherwise since is said to it.
 * @throws where it would be another job
 */
async function goOnWith(draft: BookingDraft, input: BookInput): Promise<Claimed> {
  const sent = draft.sent ?? input
  const other = otherJob(sent, input)
  const { number, state } = await api.query('jobs.get', { jobId: input.jobId })
  if (state === 'canceled') {
    // With what was typed while the answer was on its way.
    putDraft(asNewJob(currentDraft(draft.key) ?? draft))
    throw new RequestError({ code: 'job.canceledMeanwhile', message: `Job ${number}, which this was booked as, is canceled. All you typed is here: book again, and it becomes a job of its own.` })
  }
  if (other) {
    throw new RequestError({
      code: 'job.bookedOtherwise',
      message: `Job ${number} is booked and kept, for another ${other.words}. All you typed is here: put the ${other.words} back, or cancel job ${number} and book this as a job of its own.`,
      field: other.field,
    })
  }
  await correct(input.jobId, input.appointment.id, correctionsOf(sent, input))
  // The confirmation is said together with the window.
  changeDraft(draft.key, { sent: { ...input, confirmation: sent.confirmation } })
  const became = draft.window ? await claimAnew(draft, draft.window, sent.confirmation) : await claimed(input.appointment.id, undefined)
  changeDraft(draft.key, { sent: input })
  return became
}

/** Whether nobody knows what became of what was sent. */
const isLost = (thrown: unknown): boolean => !(thrown instanceof RequestError) || thrown.code.startsWith('connection.')

/**
 * Books, and waits a moment for the hub’s word on the time it claims. What was booked before stays booked.
 * @returns `lost` where another workstation had the last place before
 */
export async function bookAndClaim(draft: BookingDraft, input: BookInput): Promise<Claimed> {
  if (draft.slotLost === true) return goOnWith(draft, input)
  // What was sent before and never answered may be what is booked.
  if (!draft.sent) changeDraft(draft.key, { sent: input })
  const { commandId } = await api.command('job.book', input).catch((thrown: unknown) => {
    if (thrown instanceof RequestError && thrown.code === 'job.exists') return { commandId: null }
    if (!isLost(thrown)) changeDraft(draft.key, { sent: null })
    throw thrown
  })
  // An answer was lost on the way: what is booked already is what was wanted then.
  if (commandId === null) return goOnWith(draft, input)
  changeDraft(draft.key, { sent: input })
  return claimed(input.appointment.id, commandId)
}
