import type { KeyboardEvent } from 'react'
import { TextInput } from '../../components/TextInput.tsx'
import { Choice } from '../../components/Choice.tsx'
import classes from './booking.module.css'
import { ReadOnly } from './ReadOnly.tsx'
import type { DraftWindow } from '../../stores/booking.ts'
import { toast } from '../../stores/toast.ts'
import { asOfNow, type OfferedWindow } from './offeredWindows.ts'
import type { Booking } from './useBooking.ts'
import { chosenWindow, emergencyRoom, isWished, windowKey } from './wishedWindow.ts'
import { inSentence, lengthLabel, whoAndWhy, windowLabel } from './words.ts'

/**
 * Takes an offered window as what it is now; what was read back to the customer about another one no longer counts. One that is
 * over is not taken, and says so.
 */
export function takeOffered(booking: Pick<Booking, 'change' | 'draft' | 'emergency' | 'today' | 'desk'>, offered: OfferedWindow): DraftWindow | null {
  const { draft, today } = booking
  if (offered.over) {
    toast(`${windowLabel(offered, today)} is over. Take a later window.`)
    return null
  }
  const next = chosenWindow(asOfNow(offered), emergencyRoom(booking))
  const same = draft.window !== null && windowKey(draft.window) === windowKey(next)
  booking.change({ window: next, askedAnew: null, ...(same ? {} : { readBack: [false, false, false, false] as const }) })
  return next
}

/** A window in the list: who would come and why, or why nobody. */
function inALine({ available, taken, over, technicians, summary }: OfferedWindow): string {
  if (over) return 'Over'
  if (taken) return 'Just taken'
  const [first] = technicians
  if (!available || !first) return summary
  return `${whoAndWhy(first).join(', ')} \u00b7 ${summary}`
}

/** Why the window is asked once more, or whether it is what they asked for; empty where they asked for none. */
function wishWords({ wished, window, askedAnew }: Booking['draft'], today: Booking['today']): string {
  if (askedAnew === 'place' && window === null) return 'The place is another one: ask for the window again.'
  if (wished.length === 0) return ''
  if (window !== null && isWished(wished, window)) return 'As they asked for.'
  return `They asked for ${wished.map((time) => inSentence(windowLabel(time, today))).join(', or ')}.`
}

export function WindowStep({ booking }: { readonly booking: Booking }) {
  const { draft, windows, best, jobType, today, errors, flow } = booking
  const { window } = draft
  const full = window?.full === 'asked'
  const current = window && windows?.find((candidate) => windowKey(candidate) === windowKey(window))
  const options = (windows ?? []).map((proposal) => ({ value: windowKey(proposal), label: windowLabel(proposal, today), detail: inALine(proposal), muted: proposal.taken || proposal.over || !proposal.available }))
  // A window that has filled up meanwhile stays readable; booking says what is wrong with it.
  const shown = window && !current ? [{ value: windowKey(window), label: windowLabel(window, today), detail: 'no longer offered' }, ...options] : options

  const onKeyDownCapture = (event: KeyboardEvent): void => {
    const target = event.target as HTMLElement
    if (target.getAttribute('aria-expanded') === 'true' || event.ctrlKey || event.altKey || event.metaKey) return
    const offered = /^[123]$/.test(event.key) ? best[Number(event.key) - 1] : undefined
    if (!offered) return
    event.preventDefault()
    event.stopPropagation()
    const next = takeOffered(booking, offered)
    if (!next) return
    if (next.full === 'asked') flow.focusFieldAfter('overbook')
    else flow.goOn('window')
  }

  return (
    <>
      <div data-field="window" className={classes['wider']} onKeyDownCapture={onKeyDownCapture}>
        <Choice
          tight
          wide
          label="Arrival window"
          options={shown}
          value={window ? windowKey(window) : null}
          onChange={(value) => {
            const proposal = windows?.find((candidate) => windowKey(candidate) === value)
            if (proposal) takeOffered(booking, proposal)
          }}
          placeholder={jobType ? 'Press 1, 2 or 3, or type a day' : 'After the job type'}
          error={errors.window}
          hint={
            window?.full !== undefined || current?.taken || current?.over ? (
              <span className={`hold-t ${classes['hintLine']}`}>{current?.over ? 'Over by now: take a later window.' : current?.taken ? 'Just taken: another, or the reason to promise it all the same.' : `${current?.summary ?? 'Full'}: dispatch has to overbook.`}</span>
            ) : (
              <span className={classes['hintLine']}>{wishWords(draft, today)}</span>
            )
          }
        />
      </div>
      {full ? (
        <div data-field="overbook" className={classes['grow']}>
          <TextInput tight label="Why promise it though full" value={draft.overbookWhy ?? ''} maxLength={200} onChange={(overbookWhy) => booking.change({ overbookWhy })} error={errors.overbook} />
        </div>
      ) : (
        <ReadOnly label="Who could come" value={window?.technicianName ?? '\u2013'} />
      )}
      <ReadOnly label="Length" value={jobType ? lengthLabel(jobType.durationMinutes) : '\u2013'} />
    </>
  )
}
