import type { KeyboardEvent } from 'react'
import type { WindowProposal } from '../../../shared/contract/methods/dispatch.ts'
import { Choice } from '../../components/Choice.tsx'
import type { DraftWindow } from '../../stores/booking.ts'
import classes from './booking.module.css'
import { ReadOnly } from './ReadOnly.tsx'
import type { Booking } from './useBooking.ts'
import { lengthLabel, windowLabel } from './words.ts'

export const windowKey = (window: Pick<DraftWindow, 'day' | 'start' | 'end'>): string => `${window.day}/${window.start}-${window.end}`

export function chosenWindow(proposal: WindowProposal): DraftWindow {
  const { day, start, end, startsAt, endsAt, zone, technicians } = proposal
  return { day, start, end, startsAt, endsAt, zone, technicianName: technicians[0]?.name ?? null }
}

/** Takes a window; what was read back to the customer about another one no longer counts. */
export function takeWindow(booking: Pick<Booking, 'change' | 'draft'>, proposal: WindowProposal): void {
  const taken = booking.draft.window
  const next = chosenWindow(proposal)
  const same = taken !== null && windowKey(taken) === windowKey(next)
  booking.change({ window: next, ...(same ? {} : { readBack: [false, false, false, false] as const }) })
}

export function WindowStep({ booking }: { readonly booking: Booking }) {
  const { draft, windows, best, jobType, today, errors, flow } = booking
  const { window } = draft
  const current = window && windows?.find((candidate) => windowKey(candidate) === windowKey(window))
  const options = (windows ?? []).map((proposal) => ({ value: windowKey(proposal), label: windowLabel(proposal, today), detail: proposal.summary }))
  // A window that has filled up meanwhile stays readable; booking says what is wrong with it.
  const shown = window && !current ? [{ value: windowKey(window), label: windowLabel(window, today), detail: 'no longer offered' }, ...options] : options

  const onKeyDownCapture = (event: KeyboardEvent): void => {
    const target = event.target as HTMLElement
    if (target.getAttribute('aria-expanded') === 'true' || event.ctrlKey || event.altKey || event.metaKey) return
    const proposal = /^[123]$/.test(event.key) ? best[Number(event.key) - 1] : undefined
    if (!proposal) return
    event.preventDefault()
    event.stopPropagation()
    takeWindow(booking, proposal)
    flow.goOn('window')
  }

  return (
    <>
      <div data-field="window" className={classes['wider']} onKeyDownCapture={onKeyDownCapture}>
        <Choice
          tight
          label="Arrival window"
          options={shown}
          value={window ? windowKey(window) : null}
          onChange={(value) => {
            const proposal = windows?.find((candidate) => windowKey(candidate) === value)
            if (proposal) takeWindow(booking, proposal)
          }}
          placeholder={jobType ? 'Press 1, 2 or 3, or type a day' : 'After the job type'}
          error={errors.window}
          hint={<span className={`hold-t ${classes['hintLine']}`}>{current && !current.available ? `${current.summary}: dispatch would have to overbook.` : ''}</span>}
        />
      </div>
      <ReadOnly label="Who could come" value={window?.technicianName ?? '\u2013'} />
      <ReadOnly label="Length" value={jobType ? lengthLabel(jobType.durationMinutes) : '\u2013'} />
    </>
  )
}
