import { useLayoutEffect, useMemo } from 'react'
import type { BookingForm, ItemChoice } from '../../../shared/contract/methods/jobs.ts'
import { useQuery } from '../../api/api.ts'
import type { OutputOf } from '../../api/types.ts'
import type { BookingDraft } from '../../stores/booking.ts'
import { keepPin, openPin, usePin } from '../../stores/callPin.ts'

export interface Pinned {
  readonly form: BookingForm
  readonly words: OutputOf<'booking.scripts'>
  readonly triage: boolean
  /** Epoch milliseconds; null while nothing has begun. */
  readonly begunAt: number | null
}

const EVERYTHING = {} as const

/** A call has begun when it rings; without one, with the first thing that is said. */
function hasBegun({ callId, customerId, newPerson, jobTypeId, summary, lines, callNotes }: BookingDraft): boolean {
  return callId !== null || customerId !== null || newPerson !== null || jobTypeId !== null || summary !== '' || lines.length > 0 || callNotes !== ''
}

/** Whoever sits here now may see less than who began it, or more: then a price that came without is the price book’s. */
function shownTo(live: BookingForm, form: BookingForm): BookingForm {
  const { pricesHidden } = live
  const prices = new Map(live.jobTypes.flatMap(({ defaultItem }) => (defaultItem ? [[defaultItem.id, defaultItem.priceCents]] : [])))
  const shown = (item: ItemChoice): ItemChoice => ({ ...item, priceCents: pricesHidden ? null : (item.priceCents ?? prices.get(item.id) ?? null) })
  return { ...form, pricesHidden, jobTypes: form.jobTypes.map((jobType) => ({ ...jobType, defaultItem: jobType.defaultItem && shown(jobType.defaultItem) })) }
}

/**
 * What a booking chooses from and what is said in it, as they were when the call began.
 * @param triage whether better screening holds now; undefined until it is known
 */
export function usePinned(key: string, draft: BookingDraft | undefined, triage: boolean | undefined): Pinned | undefined {
  const form = useQuery('booking.form', EVERYTHING).data
  const words = useQuery('booking.scripts', EVERYTHING).data
  useLayoutEffect(() => openPin(key), [key])
  const pin = usePin(key)
  const begins = draft !== undefined && pin === undefined && hasBegun(draft)
  useLayoutEffect(() => {
    if (begins && form && words && triage !== undefined) keepPin(key, { form, words, triage })
  }, [key, begins, form, words, triage])
  const pinned = useMemo(() => form && pin && shownTo(form, pin.form), [form, pin])
  if (!form || !words || triage === undefined) return undefined
  return pin && pinned ? { form: pinned, words: pin.words, triage: pin.triage, begunAt: pin.begunAt } : { form, words, triage, begunAt: null }
}
