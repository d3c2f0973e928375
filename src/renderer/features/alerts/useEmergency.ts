import { useCallback, useEffect, useRef, useState } from 'react'
import { newId } from '../../../shared/base/id.ts'
import { EMERGENCY_RULES, type EmergencyKind, gravity } from '../../../shared/domain/alerts/kinds.ts'
import { recogniseEmergency } from '../../../shared/domain/alerts/recognise.ts'
import { placeName } from '../../../shared/domain/customers/naming.ts'
import { api } from '../../api/api.ts'
import { asContractError } from '../../api/errors.ts'
import { unlessDone } from '../../api/unlessDone.ts'
import { type BookingDraft, changeDraft, currentDraft, useBookingStore } from '../../stores/booking.ts'
import { toast } from '../../stores/toast.ts'
import type { Booking } from '../booking/useBooking.ts'
import { type AlertProblem, graverProblem } from './alertProblem.ts'
import { spokenEmergency } from './spokenEmergency.ts'

export interface Emergency {
  /** What it is, while an alert stands. */
  readonly kind: EmergencyKind | null
  /** What of it dispatch has not heard, where something failed. */
  readonly problem: AlertProblem | null
  /** By the key: with the kind the words speak of, or without one. */
  readonly declare: () => void
  readonly choose: (kind: EmergencyKind) => void
  readonly takeBack: () => void
  /** The summary as it was left: now its last word counts too. */
  readonly look: (whole: boolean) => void
  /** Tells dispatch what has been learned since. */
  readonly tell: () => void
}

type Known = Pick<Booking, 'customer' | 'location' | 'pop'>

/** What dispatch is told of who and where, as far as it is typed. */
function told(draft: BookingDraft, { customer, location, pop }: Known) {
  const { newPerson, newPlace } = draft
  const typed = newPerson ? [newPerson.firstName, newPerson.lastName].filter(Boolean).join(' ') || newPerson.companyName : ''
  const place = location ?? newPlace
  return {
    summary: draft.summary.slice(0, 2000),
    caller: (customer?.name ?? (typed || (pop?.known?.name ?? ''))).slice(0, 200),
    place: (place && place.line1 !== '' ? placeName(place) : '').slice(0, 300),
    customerId: draft.customerId,
    locationId: draft.locationId,
  }
}

const standing = (draft: BookingDraft | undefined) => (draft?.alert && !draft.alert.withdrawn ? draft.alert : null)

/** Whether words that speak of this begin a new alert: after one was taken back, only what is graver and dangerous does. */
function isNews(draft: BookingDraft, kind: EmergencyKind): boolean {
  return draft.alert === null || (draft.alert.withdrawn && EMERGENCY_RULES[kind].danger && gravity(kind) < gravity(draft.alert.kind))
}

/** The emergency of this booking: noticed in the summary as it is typed, or by a key; told to dispatch at once. */
export function useEmergency(booking: Omit<Booking, 'errors' | 'flow'>, step: string): Emergency {
  const { draft, desk, form } = booking
  const { key } = draft
  const [problem, setProblem] = useState<AlertProblem | null>(null)
  // What is known now, for what is sent later than it is rendered.
  const known = useRef<Known>(booking)
  /** What was said last: saying it again would be a change of nothing. */
  const lastTold = useRef('')
  useEffect(() => {
    known.current = { customer: booking.customer, location: booking.location, pop: booking.pop }
  })
  const urgentId = form.priorities[0]?.id
  const { weather } = desk

  const raise = useCallback(
    (kind: EmergencyKind, noticedBy: 'words' | 'key') => {
      const now = currentDraft(key)
      if (!now) return
      const again = standing(now)
      const alertId = again?.id ?? newId()
      changeDraft(key, { alert: { id: alertId, kind, withdrawn: false, chosen: again?.chosen ?? false }, ...(urgentId === undefined ? {} : { priorityId: urgentId }), ...(now.kind === null || now.kind === 'service' ? { kind: 'emergency' as const } : {}) })
      const said = told(now, known.current)
      lastTold.current = JSON.stringify({ alertId, kind, ...said })
      api.command('alert.raise', { alertId, kind, noticedBy, callId: now.callId, ...said }).then(
        () => setProblem(null),
        (thrown: unknown) => setProblem({ of: 'raise', message: asContractError(thrown).message }),
      )
    },
    [key, urgentId],
  )

  const tell = useCallback(
    (kind?: EmergencyKind, chosen = false) => {
      const now = currentDraft(key)
      const alert = standing(now)
      if (!now || !alert) return
      if (kind !== undefined) changeDraft(key, { alert: { ...alert, kind, chosen: alert.chosen || chosen } })
      const news = { alertId: alert.id, kind: kind ?? alert.kind, ...told(now, known.current) }
      if (lastTold.current === JSON.stringify(news)) return
      lastTold.current = JSON.stringify(news)
      api.command('alert.change', news).then(
        () => setProblem(null),
        (thrown: unknown) => {
          const { code, message } = asContractError(thrown)
          // It was never raised: then what was to be added is raised with it.
          const stands = standing(currentDraft(key))
          if (code === 'alert.unknown' && stands?.id === news.alertId) return raise(stands.kind, 'key')
          setProblem((before) => graverProblem(before, { of: 'change', message }))
          // The next step says it again.
          if (lastTold.current === JSON.stringify(news)) lastTold.current = ''
        },
      )
    },
    [key, raise],
  )

  const look = useCallback(
    (whole: boolean) => {
      const now = currentDraft(key)
      if (!now) return
      const kind = spokenEmergency(now, weather, whole)
      if (kind === null) return
      const alert = standing(now)
      if (!alert) return isNews(now, kind) ? raise(kind, 'words') : undefined
      if (!alert.chosen && gravity(kind) < gravity(alert.kind)) tell(kind)
    },
    [key, weather, raise, tell],
  )

  // Every keystroke of the summary, also while the draft on the screen waits for the sentence to settle.
  useEffect(() => {
    let heard: string | undefined
    const listen = ({ drafts }: Pick<ReturnType<typeof useBookingStore.getState>, 'drafts'>): void => {
      const summary = drafts[key]?.summary
      if (summary === heard) return
      heard = summary
      // Once the letter itself is kept: what is noticed changes the draft in turn.
      queueMicrotask(() => look(false))
    }
    listen(useBookingStore.getState())
    return useBookingStore.subscribe(listen)
  }, [key, look])
  // Whoever chose the kind of the call elsewhere said the same as the key.
  const said = draft.kind === 'emergency' && standing(draft) === null
  useEffect(() => {
    if (said) raise('other', 'key')
  }, [said, raise])
  // What a finished step has told goes to dispatch.
  useEffect(() => tell(), [step, draft.customerId, draft.locationId, tell])

  const kind = standing(draft)?.kind ?? null
  return {
    kind,
    problem,
    declare: () => raise(kind ?? recogniseEmergency(currentDraft(key)?.summary ?? '', weather) ?? 'other', 'key'),
    choose: (next) => tell(next, true),
    takeBack: () => {
      const alert = standing(draft)
      if (!alert) return
      const { kind: before } = draft
      changeDraft(key, { alert: { ...alert, withdrawn: true }, ...(before === 'emergency' ? { kind: 'service' as const } : {}) })
      unlessDone(['alert.unknown', 'alert.withdrawn'], () => api.command('alert.withdraw', { alertId: alert.id, reason: 'False alarm' })).then(
        () => {
          setProblem(null)
          toast('Alert taken back. The priority is still the most urgent: choose another in the problem.')
        },
        (thrown: unknown) => {
          changeDraft(key, { alert, kind: before })
          setProblem({ of: 'withdraw', message: asContractError(thrown).message })
        },
      )
    },
    look,
    tell: () => tell(),
  }
}
