import { formatMoney } from '../../../shared/base/money.ts'
import { formatDay, wallTimeOf } from '../../../shared/base/zone.ts'
import type { CustomerLocation, CustomerPage } from '../../../shared/contract/methods/customers.ts'
import { FLAG_RULES } from '../../../shared/domain/customers/flags.ts'
import { languageName } from '../../../shared/domain/customers/languages.ts'
import { Facts } from '../../components/DetailPanel.tsx'
import { FlagChips, shownFlags } from '../../components/FlagChips.tsx'
import { Icon } from '../../components/icons.tsx'
import { PlainChip } from '../../components/StateGlyph.tsx'
import { routeHref } from '../../stores/route.ts'
import { useZone } from '../../stores/session.ts'
import { PhoneNumber } from '../calls/PhoneNumber.tsx'
import { AlsoHere } from '../workstations/AlsoHere.tsx'
import classes from './booking.module.css'

/** One line, or as many as are kept for it, whatever is known: what somebody else records during the call moves nothing. */
function Kept({ words, lines = 1 }: { readonly words: string; readonly lines?: 1 | 2 }) {
  return (
    <span className={lines === 1 ? classes['oneLine'] : classes['twoLines']} title={words}>
      {words === '' ? '\u2013' : words}
    </span>
  )
}

/** Who we talk to: what a CSR has to know before she promises anything. */
export function CustomerCard({ customer, location }: { readonly customer: CustomerPage; readonly location: CustomerLocation | undefined }) {
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
        {customer.kind === 'commercial' ? <PlainChip>Commercial</PlainChip> : null}
      </div>
      <p className={`row t2 ${classes['line']}`}>
        <Icon name="phone" />
        {phone ? <PhoneNumber number={phone.value} name={customer.name} customerId={customer.id} /> : <span className="nw">No number</span>}
        <span className="t3 el">{others === '' ? '' : `also ${others}, same number`}</span>
        <span className="sp" />
        <AlsoHere kind="customer" id={customer.id} />
      </p>
      {/* Flags have a line of their own: one that comes during the call takes no room from the name. */}
      <div className={`row ${classes['line']}`}>
        <FlagChips customer={customer} />
        <span className={`el ${grave && FLAG_RULES[grave].weight === 'stop' ? 'alert-t m' : 'hold-t'}`} title={grave ? FLAG_RULES[grave].advice : ''}>
          {grave ? FLAG_RULES[grave].advice : ''}
        </span>
      </div>
      <div className={classes['facts']}>
        <Facts items={facts} />
      </div>
    </section>
  )
}
