import { derivedId } from '../../../shared/base/id.ts'
import { SegmentedControl } from '../../components/SegmentedControl.tsx'
import { bySameDay, spokenDue, theDayAfter } from './due.ts'
import { callerGap, callerStep, setPath, titleFrom, useOffice, Words } from './parts.tsx'
import { PathFrame, type PathGap, type PathProps } from './PathFrame.tsx'
import { handOn } from './tasks.ts'
import { sayKind } from './paths.ts'

/** Work somebody wants priced: a visit is booked with the script; standard work is put together here and sent. */
export function Estimate({ booking }: PathProps) {
  const { draft, customer } = booking
  const office = useOffice(booking)
  const { words } = draft.path
  const dueAt = bySameDay(office)
  const gap: PathGap | null = callerGap(booking) ?? (words.trim() === '' ? { field: 'words', message: 'Write down the work they have in mind.' } : null)
  return (
    <PathFrame
      booking={booking}
      kind="estimate"
      steps={[
        callerStep(booking),
        {
          key: 'work',
          name: 'The work',
          words: '\u201cTell me about the work you have in mind.\u201d',
          fields: <Words booking={booking} label="What they want, sizes, makes, wishes" rows={4} />,
        },
        {
          key: 'how',
          name: 'How we estimate it',
          words: `\u201cThis is standard work, so we put it together and send it ${spokenDue(dueAt, office)}. We call you the day after to go through it.\u201d`,
          fields: (
            <SegmentedControl
              label="How we estimate it"
              value="remote"
              onChange={(value) => {
                if (value !== 'visit') return
                // What they want goes along into the booking, and not into the next path of this call as well.
                booking.change((current) => ({ summary: [current.summary.trim(), words.trim()].filter((part) => part !== '').join(' '), path: { ...current.path, words: '' } }))
                sayKind(draft.key, draft.callId, 'service')
              }}
              segments={[
                { value: 'remote', label: 'Sent without a visit' },
                { value: 'visit', label: 'A visit: book it with the script' },
              ]}
            />
          ),
        },
      ]}
      label={`Inside sales sends it ${spokenDue(dueAt, office)}`}
      gap={gap}
      act={async () => {
        await handOn(booking, { title: titleFrom(`Estimate for ${customer?.name ?? 'a customer'}`, words), type: 'sendEstimate', role: 'insideSales', dueAt, notes: words })
        // The caller was promised both: that it comes, and that somebody goes through it with them.
        await handOn(booking, { title: titleFrom(`Go through the estimate with ${customer?.name ?? 'the customer'}`, words), type: 'followUp', role: 'insideSales', dueAt: theDayAfter(dueAt, office), notes: words }, derivedId('follow-up', draft.ids.task))
        setPath(booking, { words: '' })
        return { outcome: 'excused', reason: titleFrom('Wants an estimate', words).slice(0, 200), done: `Inside sales sends the estimate ${spokenDue(dueAt, office)}, and calls the day after.` }
      }}
    />
  )
}
