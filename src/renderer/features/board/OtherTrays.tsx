import { useQuery } from '../../api/api.ts'
import { StateGlyph } from '../../components/StateGlyph.tsx'
import { navigate, type RouteTarget } from '../../stores/route.ts'
import { useMay } from '../../stores/session.ts'
import classes from './board.module.css'

const NO_INPUT = {} as const

/** What is worked on screens of its own: each tray is a queue of the promise ledger, so nothing can lie in one and be owed nowhere. */
const QUEUES: readonly (readonly [key: string, label: string])[] = [
  ['visits-to-invoice', 'To be reviewed'],
  ['reschedules', 'Reschedules'],
  ['left-over', 'Visits of past days'],
  ['canceled-to-rebook', 'Unscheduled: to rebook'],
  ['parts-to-come', 'Parts to come'],
  ['parts-are-in', 'Parts in: to promise again'],
  ['material-lists', 'Material lists'],
  ['waivers', 'Waivers to get back'],
]

function Row({ label, open, overdue, target }: { readonly label: string; readonly open: number | undefined; readonly overdue: number; readonly target: RouteTarget }) {
  return (
    <li>
      <button type="button" className={classes['otherTray']} onClick={() => navigate(target)}>
        <span className="el">{label}</span>
        <span className="sp" />
        {overdue > 0 ? (
          <span className={classes['late']}>
            <StateGlyph state="alert" label={`${overdue} late`} />
          </span>
        ) : null}
        <b className="b">{open ?? '\u2013'}</b>
      </button>
    </li>
  )
}

/** The wait list only for whoever may book: others are not told who waits. */
function WaitList() {
  const entries = useQuery('waitList.list', NO_INPUT).data?.entries
  return <Row label="Wait list" open={entries?.length} overdue={0} target={{ area: 'waitlist' }} />
}

/** The trays that are lists of their own, at the end of those beside the board: every row is always there, so that none moves another. */
export function OtherTrays() {
  const may = useMay()
  const queues = useQuery('queues.list', NO_INPUT).data?.queues
  const mine = useQuery('promises.summary', NO_INPUT).data?.mine
  return (
    <section aria-label="Other trays">
      <div className={classes['sectionHead']}>
        <b className="b">Other trays</b>
      </div>
      <ul>
        {QUEUES.map(([key, label]) => {
          const queue = queues?.find((candidate) => candidate.key === key)
          return <Row key={key} label={label} open={queue?.open} overdue={queue?.overdue ?? 0} target={{ area: 'queues', path: [key] }} />
        })}
        {may('job.book') ? <WaitList /> : null}
        <Row label="Queues: yours" open={mine} overdue={0} target={{ area: 'queues', path: ['mine'] }} />
      </ul>
    </section>
  )
}
