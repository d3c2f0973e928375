import type { CustomerPage } from '../../../shared/contract/methods/customers.ts'
import { useQuery } from '../../api/api.ts'
import { Due, formatDue } from '../../components/Due.tsx'
import { useNow } from '../../stores/clock.ts'
import { useZone } from '../../stores/session.ts'
import classes from './booking.module.css'
import type { Booking } from './useBooking.ts'
import { useRowsInPlaces } from './useRowsInPlaces.ts'

/** What booking promises, before it does. */
export function BookingPromises({ booking }: { readonly booking: Booking }) {
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

export function OpenPromises({ customer }: { readonly customer: CustomerPage }) {
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
