import { newId } from '../../../shared/base/id.ts'
import { api } from '../../api/api.ts'
import { Due } from '../../components/Due.tsx'
import { routeHref } from '../../stores/route.ts'
import { callerGap, callerStep, firstNameOf, Words } from './parts.tsx'
import classes from './PathFrame.module.css'
import { PathFrame, type PathGap, type PathProps } from './PathFrame.tsx'

/** Somebody calls about what we owe them, or tells how it went: what is owed is in sight, and what they said is kept. */
export function FollowUp({ booking }: PathProps) {
  const { draft, customer } = booking
  const first = firstNameOf(booking)
  const { words } = draft.path
  const visit = customer?.lastVisit ? ` with the ${customer.lastVisit.jobTypeName.toLowerCase()}` : ''
  const promises = customer?.promises ?? []
  const [job] = customer?.openJobs ?? []
  const gap: PathGap | null = callerGap(booking) ?? (words.trim() === '' ? { field: 'words', message: 'Write down what they said.' } : null)
  return (
    <PathFrame
      booking={booking}
      kind="followUp"
      steps={[
        callerStep(booking),
        {
          key: 'owed',
          name: 'What we owe',
          words:
            promises.length > 0
              ? '\u201cI see what we owe you. Let me tell you where it stands.\u201d'
              : job
                ? `\u201cI see job ${job.number} with us: ${job.jobTypeName.toLowerCase()}. How can I help?\u201d`
                : '\u201cI see nothing open on your account. How can I help?\u201d',
          fields: (
            <ul className={classes['whole']} aria-label="Owed to the customer">
              {promises.slice(0, 5).map(({ id, title, holder, dueAt, openedAt }) => (
                <li key={id} className="row">
                  <a className="m el" href={routeHref({ area: 'queues', query: { promise: id } })}>
                    {title}
                  </a>
                  <span className="t2 el">{holder}</span>
                  <span className="sp" />
                  <Due dueAt={dueAt} since={openedAt} />
                </li>
              ))}
              {promises.length === 0 ? <li className="t3">{job ? `Nothing is owed beside job ${job.number}.` : 'Nothing is owed.'}</li> : null}
            </ul>
          ),
        },
        {
          key: 'feedback',
          name: 'What they say',
          words: `\u201cHow did everything go${visit}${first === '' ? '' : `, ${first}`}? What could we have done better? If you are glad with us, we\u2019d be happy about a review, or a word to a neighbor.\u201d`,
          fields: <Words booking={booking} label="Kept as a note on the customer" />,
        },
      ]}
      label="Keep the note"
      gap={gap}
      act={async () => {
        if (draft.customerId === null) throw new Error('A note was kept for nobody')
        await api.command('note.add', { noteId: newId(), subjectKind: 'customer', subjectId: draft.customerId, body: words, pinned: false })
        return { outcome: 'excused', reason: 'Question about a booked visit', done: 'The note is on the customer\u2019s page.' }
      }}
    />
  )
}
