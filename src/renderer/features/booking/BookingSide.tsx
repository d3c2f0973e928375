import { Keycap } from '../../components/Keycap.tsx'
import { currentDraft } from '../../stores/booking.ts'
import { AnswersPanel } from '../scripts/AnswersPanel.tsx'
import { AskAnswers } from '../scripts/AskAnswers.tsx'
import { useAnswers } from '../scripts/useAnswers.ts'
import classes from './booking.module.css'
import { SentenceInput } from './SentenceInput.tsx'
import { keepCallNotes } from './submit.ts'
import type { Booking } from './useBooking.ts'
import { BestWindows } from './BestWindows.tsx'
import { CustomerCard } from './CustomerCard.tsx'
import { Duplicates } from './Duplicates.tsx'
import { BookingPromises, OpenPromises } from './SidePromises.tsx'

interface SideProps {
  readonly booking: Booking
  readonly windows: boolean
  /** False where nobody has to be found: a vendor, one of ours, a wrong number. */
  readonly asksWho: boolean
}

function SideBody({ booking, windows, asksWho }: SideProps) {
  const { draft, customer, location } = booking
  return (
    <>
      {customer ? <CustomerCard customer={customer} location={location} /> : draft.newPerson ? <Duplicates booking={booking} /> : (
        <section className={classes['block']} aria-label="Who is calling">
          <h2 className="h1 t3">{asksWho ? 'Who is calling?' : 'No customer'}</h2>
          <p className="t3">{asksWho ? 'Type a name, a number or an address into the first field.' : 'Nobody on file has to be found for this call.'}</p>
        </section>
      )}
      {customer ? <OpenPromises customer={customer} /> : null}
      {windows ? <BestWindows booking={booking} /> : null}
      {windows ? <BookingPromises booking={booking} /> : null}
    </>
  )
}

function CallNotes({ booking }: Pick<SideProps, 'booking'>) {
  const { draft, customer } = booking
  return (
    <div className={classes['notes']} data-call-notes>
      <span className={classes['notesKey']}>
        <Keycap keys="Alt+M" />
      </span>
      <SentenceInput
        booking={booking}
        name="callNotes"
        tight
        rows={2}
        lang={customer?.language ?? undefined}
        label="Call notes, kept with the call"
        onBlur={() => {
          // What can't be kept now stays in the draft and is kept when the job is booked.
          const { callId, callNotes } = currentDraft(draft.key) ?? draft
          if (callId !== null && callNotes.trim() !== '') keepCallNotes(callId, callNotes).catch(() => undefined)
        }}
      />
    </div>
  )
}

/** Beside the script: whom we talk to, when we can come, what we will owe, and the notes of the call. */
export function BookingSide({ booking, windows = true, asksWho = true }: Pick<SideProps, 'booking'> & Partial<SideProps>) {
  const answers = useAnswers()
  return (
    <aside className={classes['side']} aria-label="Beside the script">
      {answers.open ? <AnswersPanel onClose={answers.close} /> : null}
      {/* Where nothing in it takes the focus it is still scrolled by keyboard. */}
      <div className={classes['sideBody']} hidden={answers.open} tabIndex={0} role="group" aria-label="Customer, windows and promises">
        <SideBody booking={booking} windows={windows} asksWho={asksWho} />
      </div>
      <AskAnswers answers={answers} />
      {booking.draft.callId === null ? null : <CallNotes booking={booking} />}
    </aside>
  )
}
