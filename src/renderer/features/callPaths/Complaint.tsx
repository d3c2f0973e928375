import { DAY } from '../../../shared/base/time.ts'
import { spokenDue } from './due.ts'
import { callerGap, callerStep, Check, firstNameOf, setPath, titleFrom, useOffice, useVisits, VisitChoice, Words } from './parts.tsx'
import { PathFrame, type PathGap, type PathProps } from './PathFrame.tsx'
import { handOn } from './tasks.ts'

/** Resolved within a day (003, 004); whoever takes it on calls at once where a manager is asked for. */
const LIMIT = DAY - 60_000

/** An unhappy caller: heard first, then written down, then held by somebody with a due time. */
export function Complaint({ booking }: PathProps) {
  const { draft, customer } = booking
  const office = useOffice(booking)
  const { visits, chosen } = useVisits(booking, () => true)
  const first = firstNameOf(booking)
  const { words, toManager, visitId } = draft.path
  const about = visitId === null ? undefined : chosen
  const dueAt = office.now + (toManager ? DAY / 24 : LIMIT)
  const gap: PathGap | null = callerGap(booking) ?? (words.trim() === '' ? { field: 'words', message: 'Write down what happened, in their words.' } : null)
  return (
    <PathFrame
      booking={booking}
      kind="complaint"
      steps={[
        callerStep(booking),
        {
          key: 'listen',
          name: 'Listen',
          words: `\u201cI\u2019m sorry this happened${first === '' ? '' : `, ${first}`}. Tell me all of it; I\u2019m writing it down.\u201d`,
          fields: (
            <>
              <Words booking={booking} label="What happened, in their words" rows={4} />
              <p className="t3 dense">Stay calm, let them finish, don’t argue. Being sorry for their trouble is not admitting fault.</p>
            </>
          ),
        },
        {
          key: 'about',
          name: 'About which visit',
          words: '\u201cI\u2019d be upset too. Was this about a visit of ours? What would put it right for you?\u201d',
          fields: <VisitChoice booking={booking} visits={visits} chosen={about} none="No visit is open" />,
        },
        {
          key: 'next',
          name: 'What happens next',
          words: toManager ? '\u201cI\u2019m passing this to our manager now. You get a call within the hour.\u201d' : `\u201cThis is in our hands now. You hear from us ${spokenDue(dueAt, office)}, with an answer.\u201d`,
          fields: (
            <Check checked={toManager} onChange={(checked) => setPath(booking, { toManager: checked })}>
              To the service manager, within the hour
            </Check>
          ),
        },
      ]}
      label={toManager ? 'Pass it to the service manager' : `Take it on, resolved ${spokenDue(dueAt, office)}`}
      gap={gap}
      act={async () => {
        await handOn(booking, {
          title: titleFrom(customer?.name ?? 'Complaint', words),
          type: 'complaint',
          role: toManager ? 'serviceManager' : 'customerRelations',
          dueAt,
          priority: 'high',
          notes: words,
          ...(about ? { related: { kind: 'job' as const, id: about.jobId } } : {}),
        })
        return { outcome: 'excused', reason: titleFrom('Complaint', words).slice(0, 200), done: toManager ? 'The service manager has it.' : 'The complaint has a holder. It is due within a day.' }
      }}
    />
  )
}
