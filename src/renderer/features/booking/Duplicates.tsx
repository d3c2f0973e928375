import { useQuery } from '../../api/api.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import classes from './booking.module.css'
import type { Booking } from './useBooking.ts'

/** While somebody new is typed: who it may be already. */
export function Duplicates({ booking }: { readonly booking: Booking }) {
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
