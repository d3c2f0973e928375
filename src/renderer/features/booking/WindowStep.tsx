import type { KeyboardEvent } from 'react'
import type { WindowProposal } from '../../../shared/contract/methods/dispatch.ts'
import { Choice } from '../../components/Choice.tsx'
import classes from './booking.module.css'
import { ReadOnly } from './ReadOnly.tsx'
import type { Booking } from './useBooking.ts'
import { chosenWindow, isWished, windowKey } from './wishedWindow.ts'
import { inSentence, lengthLabel, windowLabel } from './words.ts'

/** Takes a window; what was read back to the customer about another one no longer counts. */
export function takeWindow(booking: Pick<Booking, 'change' | 'draft'>, proposal: WindowProposal): void {
  const taken = booking.draft.window
  const next = chosenWindow(proposal)
  const same = taken !== null && windowKey(taken) === windowKey(next)
  booking.change({ window: next, ...(same ? {} : { readBack: [false, false, false, false] as const }) })
}

/** Whether the window is what they asked for; empty where they asked for none. */
function wishWords({ wished, window }: Pick<Booking['draft'], 'wished' | 'window'>, today: Booking['today']): string {
  if (wished.length === 0) return ''
  if (window !== null && isWished(wished, window)) return 'As they asked for.'
  return `They asked for ${wished.map((time) => inSentence(windowLabel(time, today))).join(', or ')}.`
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
          hint={
            current && !current.available ? (
              <span className={`hold-t ${classes['hintLine']}`}>{`${current.summary}: dispatch would have to overbook.`}</span>
            ) : (
              <span className={classes['hintLine']}>{wishWords(draft, today)}</span>
            )
          }
        />
      </div>
      <ReadOnly label="Who could come" value={window?.technicianName ?? '\u2013'} />
      <ReadOnly label="Length" value={jobType ? lengthLabel(jobType.durationMinutes) : '\u2013'} />
    </>
  )
}
