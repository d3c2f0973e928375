import Checkbox from '@mui/material/Checkbox'
import type { ReactNode } from 'react'
import { useId, useState } from 'react'
import type { CallVisit } from '../../../shared/contract/methods/calls.ts'
import { useQuery } from '../../api/api.ts'
import { Choice } from '../../components/Choice.tsx'
import { TextInput } from '../../components/TextInput.tsx'
import type { PathDraft } from '../../stores/booking.ts'
import { useNow } from '../../stores/clock.ts'
import { CustomerStep } from '../booking/CustomerStep.tsx'
import { Merge } from '../booking/ScriptStep.tsx'
import type { Booking } from '../booking/useBooking.ts'
import { windowLabel } from '../booking/words.ts'
import type { OfficeDay } from './due.ts'
import classes from './PathFrame.module.css'
import type { PathGap, PathStep } from './PathFrame.tsx'

/** Changes some of what is typed on the path. */
export function setPath({ change }: Pick<Booking, 'change'>, part: Partial<PathDraft>): void {
  change((draft) => ({ path: { ...draft.path, ...part } }))
}

export function useOffice({ form }: Pick<Booking, 'form'>): OfficeDay {
  const now = useNow()
  return { now, zone: form.zone, opensAt: form.opensAt, closesAt: form.closesAt }
}

export const firstNameOf = ({ customer, draft }: Pick<Booking, 'customer' | 'draft'>): string => (customer ? customer.firstName || customer.name : (draft.newPerson?.firstName ?? ''))

/** The first step of every path about a customer. */
export function callerStep(booking: Booking): PathStep {
  const first = firstNameOf(booking)
  return {
    key: 'caller',
    name: 'Caller',
    words: first === '' ? '\u201cMay I have your name, please?\u201d' : <>“Hello <Merge>{first}</Merge>, thank you for calling.”</>,
    fields: <CustomerStep booking={booking} />,
  }
}

export function callerGap({ draft }: Pick<Booking, 'draft'>): PathGap | null {
  return draft.customerId === null ? { field: 'customer', message: 'Find the caller first. Somebody new is booked with the script.' } : null
}

export interface Visits {
  /** `undefined` until they are read. */
  readonly visits: readonly CallVisit[] | undefined
  readonly chosen: CallVisit | undefined
  readonly cancelReasons: readonly string[]
}

/** The visits this customer may mean; the soonest is meant until another is said, also where others book a sooner one meanwhile. */
export function useVisits({ draft }: Pick<Booking, 'draft'>, fits: (visit: CallVisit) => boolean): Visits {
  const { data } = useQuery('calls.visits', draft.customerId === null ? null : { customerId: draft.customerId })
  const [meant, setMeant] = useState<string | null>(null)
  const visits = data?.visits.filter(fits)
  const known = (id: string | null): CallVisit | undefined => visits?.find(({ appointmentId }) => appointmentId === id)
  const chosen = known(draft.path.visitId) ?? known(meant) ?? visits?.[0]
  if (chosen && chosen.appointmentId !== meant) setMeant(chosen.appointmentId)
  return { visits, chosen, cancelReasons: data?.cancelReasons ?? [] }
}

export function VisitChoice({ booking, visits, chosen, none }: Pick<Visits, 'visits' | 'chosen'> & { readonly booking: Booking; readonly none: string }) {
  return (
    <div data-field="visit" className={classes['whole']}>
      <Choice
        tight
        label="Visit"
        options={(visits ?? []).map((visit) => ({
          value: visit.appointmentId,
          label: `${windowLabel({ day: visit.windowDay, start: visit.windowStart, end: visit.windowEnd }, booking.today)} \u00b7 ${visit.jobTypeName}`,
          detail: `Job ${visit.jobNumber}, ${visit.place}`,
        }))}
        value={chosen?.appointmentId ?? null}
        onChange={(visitId) => setPath(booking, { visitId, window: null })}
        placeholder={visits && visits.length === 0 ? none : 'Choose'}
      />
    </div>
  )
}

export function Words({ booking, label, rows = 3, placeholder = '' }: { readonly booking: Booking; readonly label: string; readonly rows?: number; readonly placeholder?: string }) {
  return (
    <div data-field="words" className={classes['whole']}>
      <TextInput tight rows={rows} label={label} value={booking.draft.path.words} onChange={(words) => setPath(booking, { words })} placeholder={placeholder} maxLength={2000} />
    </div>
  )
}

/** @param aside what is ticked already as a rule: Enter passes it by */
export function Check({ checked, onChange, aside = false, children }: { readonly checked: boolean; readonly onChange: (checked: boolean) => void; readonly aside?: boolean; readonly children: ReactNode }) {
  const id = useId()
  return (
    <label {...(aside ? {} : { 'data-field': 'tick' })} className={classes['check']} htmlFor={id}>
      <Checkbox id={id} size="small" checked={checked} onChange={(event) => onChange(event.target.checked)} />
      {children}
    </label>
  )
}

/** A line for the list: what is wrong, cut where a title ends. */
export function titleFrom(begin: string, words: string): string {
  const line = words.trim().replaceAll(/\s+/g, ' ')
  const whole = line === '' ? begin : `${begin}: ${line}`
  return whole.length <= 120 ? whole : `${whole.slice(0, 119).trimEnd()}\u2026`
}
