import { api } from '../../api/api.ts'
import { RequestError } from '../../api/errors.ts'
import type { CommandInput } from '../../api/types.ts'
import type { BookingDraft } from '../../stores/booking.ts'

/** What became of the time that a booking claimed. */
export type Claimed = 'held' | 'lost'

type Capacity = NonNullable<CommandInput<'job.book'>['capacity']>

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
export async function claimedWords(appointmentId: string, { commandId }: { readonly commandId: string }): Promise<string> {
  // The window is promised whatever becomes of this question.
  const became = await claimed(appointmentId, commandId).catch(() => 'held' as const)
  return became === 'lost' ? ' Another desk had that time a moment before. The window stays promised, and \u201cSlots taken meanwhile\u201d asks for another.' : ''
}

/** The job is booked and its time went to somebody else: it gets the window that was chosen instead, or the reason to keep its own. */
async function claimAnew(draft: BookingDraft, window: NonNullable<BookingDraft['window']>): Promise<Claimed> {
  const { appointment } = draft.ids
  const now = await slotOf(appointment)
  const stands = now.windowDay === window.day && now.windowStart === window.start && now.windowEnd === window.end
  if (stands && now.slot !== 'lost') return 'held'
  const { commandId } = await api.command('appointment.reschedule', {
    appointmentId: appointment,
    windowDay: window.day,
    windowStart: window.start,
    windowEnd: window.end,
    windowStartsAt: window.startsAt,
    windowEndsAt: window.endsAt,
    reason: stands ? 'Its time was taken meanwhile, and it is kept' : 'Its time was taken meanwhile',
    capacity: capacityOf(draft),
    expectedVersion: now.version,
  })
  return claimed(appointment, commandId)
}

/**
 * Books, and waits a moment for the hub's word on the time it claims. What was booked before stays booked.
 * @returns `lost` where another workstation had the last place before
 */
export async function bookAndClaim(draft: BookingDraft, input: CommandInput<'job.book'>): Promise<Claimed> {
  if (draft.slotLost === true && draft.window) return claimAnew(draft, draft.window)
  try {
    const { commandId } = await api.command('job.book', input)
    return await claimed(input.appointment.id, commandId)
  } catch (thrown) {
    // An answer was lost on the way: what is booked already is what was wanted.
    if (!(thrown instanceof RequestError) || thrown.code !== 'job.exists') throw thrown
    return claimed(input.appointment.id, undefined)
  }
}
