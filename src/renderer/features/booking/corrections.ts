import type { CommandInput } from '../../api/types.ts'

type Sent = CommandInput<'job.book'>
type Line = Sent['lines'][number]

/** What has been typed otherwise since the job was booked, as the commands that say it. */
export interface Corrections {
  /** Of the job itself; empty where nothing differs. */
  readonly set: Partial<Pick<Sent, 'priorityId' | 'summary' | 'notes' | 'plannedPayment' | 'answers'>>
  readonly added: readonly Line[]
  readonly changed: readonly Pick<Line, 'id' | 'quantity'>[]
  readonly removed: readonly string[]
  /** What was said for items of the hand-off checklist. */
  readonly handOff: NonNullable<Sent['handOff']>
}

const same = (left: unknown, right: unknown): boolean => JSON.stringify(left) === JSON.stringify(right)

/**
 * Only what differs from what was sent: whatever others changed of the job meanwhile stands.
 * @param sent the booking as it was recorded
 * @param now the booking as it is typed now
 */
export function correctionsOf(sent: Sent, now: Sent): Corrections {
  const before = new Map(sent.lines.map((line) => [line.id, line]))
  const kept = new Set(now.lines.map(({ id }) => id))
  const said = new Map((sent.handOff ?? []).map((entry) => [entry.item, entry.said]))
  const answers = now.answers ?? []
  return {
    set: {
      ...(sent.priorityId === now.priorityId ? {} : { priorityId: now.priorityId }),
      ...(sent.summary === now.summary ? {} : { summary: now.summary }),
      ...(sent.notes === now.notes ? {} : { notes: now.notes }),
      ...(sent.plannedPayment === now.plannedPayment ? {} : { plannedPayment: now.plannedPayment }),
      ...(same(sent.answers ?? [], answers) ? {} : { answers }),
    },
    added: now.lines.filter(({ id }) => !before.has(id)),
    changed: now.lines.flatMap(({ id, quantity }) => (before.has(id) && before.get(id)?.quantity !== quantity ? [{ id, quantity }] : [])),
    removed: sent.lines.flatMap(({ id }) => (kept.has(id) ? [] : [id])),
    handOff: (now.handOff ?? []).filter(({ item, said: words }) => said.get(item) !== words),
  }
}

/** What makes it another job than the one that is booked: neither can be changed of a job. */
export function otherJob(sent: Sent, now: Sent): { readonly field: 'customerId' | 'locationId' | 'jobTypeId'; readonly words: string } | null {
  if (sent.customerId !== now.customerId) return { field: 'customerId', words: 'customer' }
  if (sent.locationId !== now.locationId) return { field: 'locationId', words: 'place' }
  return sent.jobTypeId !== now.jobTypeId || sent.businessUnitId !== now.businessUnitId ? { field: 'jobTypeId', words: 'kind of job' } : null
}
