import { formatMoney } from '../../../shared/base/money.ts'
import { formatTime, formatWeekday, formatWindow, wallTimeOf } from '../../../shared/base/zone.ts'
import type { CustomerPage } from '../../../shared/contract/methods/customers.ts'
import { Facts } from '../../components/DetailPanel.tsx'
import { Due } from '../../components/Due.tsx'
import { StateChip, TentativeChip } from '../../components/StateGlyph.tsx'
import { useNow } from '../../stores/clock.ts'
import { routeHref } from '../../stores/route.ts'
import { useZone } from '../../stores/session.ts'
import classes from './customers.module.css'
import { usePartName } from './restingPane.ts'

function Visit({ visit }: { readonly visit: NonNullable<CustomerPage['nextVisit']> }) {
  const partName = usePartName()
  const now = useNow()
  const zone = useZone()
  const technician = visit.technicianName === null ? 'Not assigned yet' : `${visit.technicianName}${visit.startsAt === null ? '' : `, about ${formatTime(visit.startsAt, zone)}`}`
  return (
    <section className={classes['block']} aria-label={partName('Next visit')}>
      <div className={classes['blockHead']}>
        <h2 className="h2">Next visit</h2>
        <span className="sp" />
        {visit.tentative ? <TentativeChip /> : null}
        <StateChip state={visit.state} />
      </div>
      <Facts
        items={[
          { name: 'Window', value: <span className="m">{visit.windowDay === wallTimeOf(now, visit.zone).day ? 'Today' : formatWeekday(visit.windowDay)}, {formatWindow(visit.windowStart, visit.windowEnd)}</span> },
          { name: 'Technician', value: technician },
          { name: 'Job', value: <><a href={routeHref({ area: 'jobs', path: [visit.jobId] })}>{visit.jobNumber}</a> {visit.jobTypeName}, {visit.priorityName.toLowerCase()}</> },
          { name: 'Pays by', value: visit.plannedPayment },
        ]}
      />
    </section>
  )
}

/** The right column: what is owed to the customer, the next visit, and the money. */
export function CustomerStanding({ customer }: { readonly customer: CustomerPage }) {
  const { promises, nextVisit, money } = customer
  const partName = usePartName()
  return (
    <aside className={classes['standing']} aria-label={partName('Promises and money')}>
      <div className={classes['standingHead']}>
        <h2 className="b">Open promises</h2>
        <span className="t3">{promises.length}</span>
      </div>
      {promises.length === 0 ? <p className={`${classes['block']} t2`}>Nothing is owed to this customer.</p> : null}
      <ul>
        {promises.map((promise, index) => (
          <li key={promise.id} className={`${classes['promise']} ${index === 0 && promise.mine ? classes['mine'] : ''}`}>
            <div className="row">
              <span className="m sp el">{promise.title}</span>
              <Due dueAt={promise.dueAt} since={promise.openedAt} />
            </div>
            <div className="t2">
              {promise.mine ? 'You' : promise.holder} · next: {promise.nextStep.charAt(0).toLowerCase() + promise.nextStep.slice(1)}
            </div>
          </li>
        ))}
      </ul>
      {nextVisit ? <Visit visit={nextVisit} /> : null}
      <section className={`${classes['block']} ${classes['last']}`} aria-label={partName('Money')}>
        <div className={classes['blockHead']}>
          <h2 className="h2">Money</h2>
        </div>
        <Facts
          end
          items={[
            { name: 'Balance', value: formatMoney(money.balanceCents) },
            ...(money.overdueCents > 0 ? [{ name: 'Overdue', value: <span className="alert-t">{formatMoney(money.overdueCents)}</span> }] : []),
            { name: 'Unapplied credit', value: formatMoney(money.creditCents) },
            { name: 'Paid in 12 months', value: formatMoney(money.paidLastYearCents) },
          ]}
        />
      </section>
    </aside>
  )
}
