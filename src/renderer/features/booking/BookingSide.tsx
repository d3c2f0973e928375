import { formatMoney } from '../../../shared/base/money.ts'
import { formatDay, wallTimeOf } from '../../../shared/base/zone.ts'
import type { CustomerLocation, CustomerPage } from '../../../shared/contract/methods/customers.ts'
import type { WindowProposal } from '../../../shared/contract/methods/dispatch.ts'
import { FLAG_RULES } from '../../../shared/domain/customers/flags.ts'
import { languageName } from '../../../shared/domain/customers/languages.ts'
import { useQuery } from '../../api/api.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { Facts } from '../../components/DetailPanel.tsx'
import { Due, formatDue } from '../../components/Due.tsx'
import { FlagChips, shownFlags } from '../../components/FlagChips.tsx'
import { Icon } from '../../components/icons.tsx'
import { Keycap } from '../../components/Keycap.tsx'
import { PlainChip } from '../../components/StateGlyph.tsx'
import { TextInput } from '../../components/TextInput.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { useNow } from '../../stores/clock.ts'
import { routeHref } from '../../stores/route.ts'
import { useZone } from '../../stores/session.ts'
import { AnswersPanel } from '../scripts/AnswersPanel.tsx'
import { AskAnswers } from '../scripts/AskAnswers.tsx'
import { useAnswers } from '../scripts/useAnswers.ts'
import { AlsoHere } from '../workstations/AlsoHere.tsx'
import classes from './booking.module.css'
import { FullDay, isFullToday } from './FullDay.tsx'
import { keepCallNotes } from './submit.ts'
import type { Booking } from './useBooking.ts'
import type { OfferedWindow } from './offeredWindows.ts'
import { takeWindow, windowKey } from './WindowStep.tsx'
import { windowLabel } from './words.ts'
import { useRowsInPlaces } from './useRowsInPlaces.ts'
import { PhoneNumber } from '../calls/PhoneNumber.tsx'

/** One line, or as many as are kept for it, whatever is known: what somebody else records during the call moves nothing. */
function Kept({ words, lines = 1 }: { readonly words: string; readonly lines?: 1 | 2 }) {
  return (
    <span className={lines === 1 ? classes['oneLine'] : classes['twoLines']} title={words}>
      {words === '' ? '\u2013' : words}
    </span>
  )
}

function CustomerCard({ customer, location }: { readonly customer: CustomerPage; readonly location: CustomerLocation | undefined }) {
  const zone = useZone()
  const [phone] = customer.phones
  const pinned = customer.notes.find((note) => note.pinned) ?? customer.notes[0]
  const [open, ...more] = customer.openJobs
  const [grave] = shownFlags(customer)
  const place = location ? [location.pets, location.parking === '' ? '' : `Park: ${location.parking}`].filter(Boolean).join(' \u00b7 ') : ''
  const reach = customer.language === null && customer.bestTime === '' ? '' : [languageName(customer.language), customer.bestTime].filter(Boolean).join(', ')
  const others = phone?.sharedWith.map(({ name }) => name).join(', ') ?? ''
  const facts = [
    {
      name: 'Balance',
      value: (
        <>
          <span className={customer.money.overdueCents > 0 ? 'm alert-t' : 'm'}>{formatMoney(customer.money.balanceCents)}</span>
          {customer.money.overdueCents > 0 ? <span className="t3"> · {formatMoney(customer.money.overdueCents)} overdue</span> : null}
        </>
      ),
    },
    {
      name: 'Last visit',
      value: (
        <Kept
          words={
            customer.lastVisit
              ? [formatDay(wallTimeOf(customer.lastVisit.doneAt, zone).day), customer.lastVisit.jobTypeName, customer.lastVisit.technicianName ?? ''].filter(Boolean).join(', ')
              : 'None yet'
          }
        />
      ),
    },
    { name: 'Open', value: <Kept words={open ? `Job ${open.number}, ${open.jobTypeName}${more.length > 0 ? ` and ${more.length} more` : ''}` : 'Nothing'} /> },
    { name: 'Note', value: <Kept words={pinned?.body ?? ''} lines={2} /> },
    { name: 'Mind', value: <Kept words={[place, reach].filter(Boolean).join(' \u00b7 ')} /> },
  ]
  return (
    <section className={classes['block']} aria-label="Who is calling">
      <div className="row">
        <h2 className="h1 el">
          <a className={classes['plainLink']} href={routeHref({ area: 'customers', path: [customer.id] })}>
            {customer.name}
          </a>
        </h2>
        <span className="sp" />
        <FlagChips customer={customer} />
        {customer.kind === 'commercial' ? <PlainChip>Commercial</PlainChip> : null}
      </div>
      <p className={`row t2 ${classes['line']}`}>
        <Icon name="phone" />
        {phone ? <PhoneNumber number={phone.value} name={customer.name} customerId={customer.id} /> : <span className="nw">No number</span>}
        <span className="t3 el">{others === '' ? '' : `also ${others}, same number`}</span>
        <span className="sp" />
        <AlsoHere kind="customer" id={customer.id} />
      </p>
      <p className={`${classes['line']} el ${grave && FLAG_RULES[grave].weight === 'stop' ? 'alert-t m' : 'hold-t'}`} title={grave ? FLAG_RULES[grave].advice : ''}>
        {grave ? FLAG_RULES[grave].advice : ''}
      </p>
      <div className={classes['facts']}>
        <Facts items={facts} />
      </div>
    </section>
  )
}

/** While somebody new is typed: who it may be already. */
function Duplicates({ booking }: { readonly booking: Booking }) {
  const { draft, change, flow } = booking
  const { newPerson, newPlace } = draft
  const typed = newPerson
    ? {
        phones: newPerson.phone.trim() === '' ? [] : [newPerson.phone.trim().slice(0, 20)],
        emails: newPerson.email.trim() === '' ? [] : [newPerson.email.trim().slice(0, 254)],
        firstName: newPerson.firstName.slice(0, 400),
        lastName: newPerson.lastName.slice(0, 400),
        companyName: newPerson.companyName.slice(0, 400),
        line1: (newPlace?.line1 ?? '').slice(0, 400),
        postalCode: (newPlace?.postalCode ?? '').slice(0, 40),
      }
    : null
  const matches = useQuery('customers.duplicates', typed, { keep: true }).data?.matches ?? []
  const take = (customerId: string): void => {
    change({ customerId, newPerson: null, newPlace: null, locationId: null, accessNotes: null, gateCode: null })
    flow.goOnAfter('customer')
  }
  const [likeliest] = matches
  useHotkeys('Booking', likeliest ? [{ keys: 'Alt+U', label: 'Use the recorded customer', run: () => take(likeliest.customerId) }] : [])
  return (
    <section className={classes['block']} aria-label="New customer" aria-live="polite">
      <h2 className="h1 el">{[newPerson?.firstName, newPerson?.lastName].filter(Boolean).join(' ') || newPerson?.companyName || 'New customer'}</h2>
      {matches.length === 0 ? <p className="t3">New. Nobody recorded has this number or address.</p> : <p className="hold-t m">Perhaps recorded already</p>}
      <ul className={classes['matches']}>
        {matches.map(({ customerId, name, place, flag, why }, index) => (
          <li key={customerId}>
            <div className="sp">
              <div className="m el">{name}</div>
              <div className="t2 dense el">{place}</div>
              <div className="t3 dense">{[flag, ...why].filter(Boolean).join(', ')}</div>
            </div>
            <ActionButton
              small
              label="Use"
              {...(index === 0 ? { keys: 'Alt+U' } : {})}
              onClick={() => take(customerId)}
            />
          </li>
        ))}
      </ul>
    </section>
  )
}

function BestWindow(props: { readonly number: number; readonly proposal: OfferedWindow; readonly label: string; readonly chosen: boolean; readonly onTake: () => void }) {
  const { number, proposal, label, chosen, onTake } = props
  const [first, ...others] = proposal.technicians
  return (
    <li>
      <button type="button" tabIndex={-1} className={`${classes['window']} ${chosen ? classes['chosen'] : ''}`} aria-pressed={chosen} onClick={onTake}>
        <Keycap keys={String(number)} />
        <span>
          <span className="row">
            <span className="m el">{label}</span>
            <span className="sp" />
            <span className={classes['fill']} aria-hidden="true">
              <i style={{ width: `${proposal.fullness}%` }} />
            </span>
            <span className={`t2 dense nw ${classes['full']}`}>{proposal.fullness}% full</span>
          </span>
          <span className={`${classes['tech']} m`}>{first?.name ?? ''}</span>
          {first?.why.map((reason) => (
            <span key={reason} className={classes['reason']}>
              <Icon name="tick" size={12} />
              {reason}
            </span>
          ))}
          <span className={`${classes['reason']} ${proposal.taken ? 'hold-t m' : 't3'}`}>{proposal.taken ? 'Taken meanwhile: Alt+A shows all' : !proposal.available ? 'Full: an emergency slot, dispatch makes room' : others.length === 0 ? 'Nobody else is free then' : `${proposal.summary}, also ${others.slice(0, 2).map(({ name }) => name).join(', ')}`}</span>
        </span>
      </button>
    </li>
  )
}

/** Why the technicians who are not offered are not, for the day of the best window. */
function whyNot(best: readonly WindowProposal[]): string {
  const [first] = best
  if (!first) return ''
  const offered = new Set(best.flatMap(({ technicians }) => technicians.map(({ id }) => id)))
  const shown = first.whyNot.filter(({ id, why }) => !offered.has(id) && !why.startsWith('No '))
  const unskilled = first.whyNot.length - first.whyNot.filter(({ why }) => !why.startsWith('No ')).length
  const named = shown.slice(0, 5).map(({ name, why }) => `${name}: ${why.charAt(0).toLowerCase()}${why.slice(1)}`)
  const rest = shown.length - named.length
  return [...named, ...(rest > 0 ? [`${rest} more are busy`] : []), ...(unskilled > 0 ? [`${unskilled} lack the skill`] : [])].join('. ')
}

function Windows({ booking }: { readonly booking: Booking }) {
  const { draft, windows, best, today, emergency } = booking
  const reasons = whyNot(best)
  return (
    <section aria-label="Arrival windows">
      <div className={classes['blockHead']}>
        <h2 className="b">{emergency && windows && best.length > 0 ? 'Today first' : best.length === 3 || !windows ? 'Three best windows' : best.length === 0 ? 'No window is free' : `${best.length} free`}</h2>
        <span className="sp" />
        <span className={`dense ${isFullToday(booking) ? 'hold-t m' : 't3'}`}>{isFullToday(booking) ? 'today is full' : 'press a number in the window field'}</span>
      </div>
      {windows === undefined ? <p className={`${classes['quiet']} t3`}>They follow from the job type.</p> : null}
      {windows && best.length === 0 ? <p className={`${classes['quiet']} t2`}>Nobody with the skill is free in the next days. <Keycap keys="Alt+L" /> puts them on the wait list: they are called when a time comes free. Or choose a full window in the field and tell dispatch.</p> : null}
      <ul className={classes['windows']}>
        {best.map((proposal, index) => (
          <BestWindow
            key={windowKey(proposal)}
            number={index + 1}
            proposal={proposal}
            label={windowLabel(proposal, today)}
            chosen={draft.window !== null && windowKey(draft.window) === windowKey(proposal)}
            onTake={() => takeWindow(booking, proposal)}
          />
        ))}
      </ul>
      <FullDay booking={booking} />
      {reasons === '' ? null : (
        <p className={`${classes['whyNot']} dense t2`}>
          <b className="m">Why not others.</b> {reasons}. <Keycap keys="Alt+A" /> all windows, <Keycap keys="Alt+L" /> wait list
        </p>
      )}
    </section>
  )
}

function Promises({ booking }: { readonly booking: Booking }) {
  const { window, confirmation } = booking.draft
  const now = useNow()
  const zone = useZone()
  const promises = useQuery('booking.promises', window ? { windowStartsAt: window.startsAt, windowEndsAt: window.endsAt, confirmation } : null, { keep: true }).data?.promises
  return (
    <section className={classes['block']} aria-label="Promises">
      <h2 className="cap">When you book, Baton holds these promises</h2>
      {promises ? (
        <ul className={classes['promises']}>
          {promises.map(({ title, holder, dueAt }) => (
            <li key={title}>
              <span className="m el">{title}</span>
              <span className="t2 el">
                {holder}, by {formatDue(dueAt, now, zone)}
              </span>
            </li>
          ))}
        </ul>
      ) : (
        <p className="t3 dense">They follow from the window.</p>
      )}
    </section>
  )
}

/** As many as there is room kept for. */
const OWED_SHOWN = 2

function OpenPromises({ customer }: { readonly customer: CustomerPage }) {
  const { promises } = customer
  const shown = useRowsInPlaces(customer.id, promises, OWED_SHOWN)
  return (
    <section className={classes['block']} aria-label="Owed already">
      <h2 className="cap el">{promises.length > OWED_SHOWN ? `Owed to ${customer.name} already, ${OWED_SHOWN} of ${promises.length}` : `Owed to ${customer.name} already`}</h2>
      <ul className={`${classes['promises']} ${classes['owed']}`}>
        {promises.length === 0 ? <li className="t3">Nothing</li> : null}
        {shown.map(({ id, title, dueAt, openedAt }) => (
          <li key={id}>
            <span className="m el">{title}</span>
            <Due dueAt={dueAt} since={openedAt} />
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Beside the script: whom we talk to, when we can come, what we will owe, and the notes of the call. */
export function BookingSide({ booking, windows = true, asksWho = true }: {
  readonly booking: Booking
  readonly windows?: boolean
  /** False where nobody has to be found: a vendor, one of ours, a wrong number. */
  readonly asksWho?: boolean
}) {
  const { draft, customer, change } = booking
  const answers = useAnswers()
  return (
    <aside className={classes['side']} aria-label="Beside the script">
      {answers.open ? <AnswersPanel onClose={answers.close} /> : null}
      {/* Where nothing in it takes the focus it is still scrolled by keyboard. */}
      <div className={classes['sideBody']} hidden={answers.open} tabIndex={0} role="group" aria-label="Customer, windows and promises">
        {customer ? <CustomerCard customer={customer} location={booking.location} /> : draft.newPerson ? <Duplicates booking={booking} /> : (
          <section className={classes['block']} aria-label="Who is calling">
            <h2 className="h1 t3">{asksWho ? 'Who is calling?' : 'No customer'}</h2>
            <p className="t3">{asksWho ? 'Type a name, a number or an address into the first field.' : 'Nobody on file has to be found for this call.'}</p>
          </section>
        )}
        {customer ? <OpenPromises customer={customer} /> : null}
        {windows ? <Windows booking={booking} /> : null}
        {windows ? <Promises booking={booking} /> : null}
      </div>
      <AskAnswers answers={answers} />
      {draft.callId === null ? null : (
        <div className={classes['notes']} data-call-notes>
          <span className={classes['notesKey']}>
            <Keycap keys="Alt+M" />
          </span>
          <TextInput
            tight
            rows={2}
            lang={customer?.language ?? undefined}
            label="Call notes, kept with the call"
            value={draft.callNotes}
            onChange={(callNotes) => change({ callNotes })}
            onBlur={() => {
              // What can't be kept now stays in the draft and is kept when the job is booked.
              if (draft.callId !== null && draft.callNotes.trim() !== '') keepCallNotes(draft.callId, draft.callNotes).catch(() => undefined)
            }}
          />
        </div>
      )}
    </aside>
  )
}
