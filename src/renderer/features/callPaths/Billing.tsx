import { formatMoney } from '../../../shared/base/money.ts'
import { formatDay } from '../../../shared/base/zone.ts'
import { useQuery } from '../../api/api.ts'
import { ReadOnly } from '../booking/ReadOnly.tsx'
import { SegmentedControl } from '../../components/SegmentedControl.tsx'
import { bySameDay, spokenDue } from './due.ts'
import { callerGap, callerStep, setPath, titleFrom, useOffice, Words } from './parts.tsx'
import classes from './PathFrame.module.css'
import { PathFrame, type PathGap, type PathProps } from './PathFrame.tsx'
import { handOn } from './tasks.ts'

/** A question about money: what is open is in sight, and what can't be answered goes to receivables with a due time. */
export function Billing({ booking }: PathProps) {
  const { draft, customer } = booking
  const office = useOffice(booking)
  const rows = useQuery('customers.invoices', draft.customerId === null ? null : { customerId: draft.customerId }).data?.rows.filter(({ practice }) => !practice) ?? []
  const { words, other: answered } = draft.path
  const dueAt = bySameDay(office)
  const owes = (customer?.money.balanceCents ?? 0) > 0
  const gap: PathGap | null = callerGap(booking) ?? (words.trim() === '' ? { field: 'words', message: 'Write down what they ask, so that nobody asks them again.' } : null)
  return (
    <PathFrame
      booking={booking}
      kind="billing"
      steps={[
        callerStep(booking),
        {
          key: 'account',
          name: 'The account',
          words: '\u201cLet me look at your account with you.\u201d',
          fields: (
            <>
              <div className={classes['facts']}>
                <ReadOnly label="Balance" value={customer ? formatMoney(customer.money.balanceCents) : '\u2013'} />
                <ReadOnly label="Overdue" value={customer ? formatMoney(customer.money.overdueCents) : '\u2013'} />
                <ReadOnly label="Credit" value={customer ? formatMoney(customer.money.creditCents) : '\u2013'} />
                <ReadOnly label="Paid in a year" value={customer ? formatMoney(customer.money.paidLastYearCents) : '\u2013'} />
              </div>
              <ul className={`${classes['whole']} dense`} aria-label="Latest invoices">
                {rows.slice(0, 4).map(({ id, number, day, dueDay, state, balanceCents, jobNumber }) => (
                  <li key={id} className="el">
                    <b className="m">{number ?? 'Draft'}</b> · job {jobNumber}
                    {day === null ? '' : `, ${formatDay(day)}`} · {state === 'draft' ? 'not final yet' : balanceCents === null ? '' : balanceCents === 0 ? 'paid' : `${formatMoney(balanceCents)} open${dueDay === null ? '' : `, due ${formatDay(dueDay)}`}`}
                  </li>
                ))}
                {rows.length === 0 ? <li className="t3">No invoices.</li> : null}
              </ul>
            </>
          ),
        },
        {
          key: 'question',
          name: 'The question',
          words: '\u201cIf you have paid already: how, on which day, and how much? I\u2019ll have it looked into.\u201d',
          fields: <Words booking={booking} label="What they ask, with amounts and dates" />,
        },
        {
          key: 'next',
          name: 'What happens next',
          words: answered ? `\u201c${owes ? 'I looked, and I don\u2019t find it with us yet, so this is still open. How would you like to pay it? ' : ''}Is there anything else?\u201d` : `\u201cSomebody from our billing office calls you ${spokenDue(dueAt, office)}.\u201d`,
          fields: (
            <SegmentedControl
              label="What happens next"
              value={answered ? 'answered' : 'passed'}
              onChange={(value) => setPath(booking, { other: value === 'answered' })}
              segments={[
                { value: 'passed', label: 'Receivables calls back' },
                { value: 'answered', label: 'Answered now' },
              ]}
            />
          ),
        },
      ]}
      label={answered ? 'Answered' : `Receivables calls ${spokenDue(dueAt, office)}`}
      gap={gap}
      act={async () => {
        if (!answered) await handOn(booking, { title: titleFrom(`Billing question of ${customer?.name ?? 'a customer'}`, words), type: 'verifyPayment', role: 'receivables', dueAt, notes: words })
        return { outcome: 'excused', reason: titleFrom('Billing question', words).slice(0, 200), done: answered ? 'Noted with the call.' : `Receivables calls ${spokenDue(dueAt, office)}.` }
      }}
    />
  )
}
