import { formatDay, formatTime, wallTimeOf } from '../../../shared/base/zone.ts'
import { useConnection, usePendingChanges } from '../../api/api.ts'
import { Keycap } from '../../components/Keycap.tsx'
import { StateGlyph } from '../../components/StateGlyph.tsx'
import { useNow } from '../../stores/clock.ts'
import { useCompany } from '../../stores/session.ts'
import { openKeys } from '../help/keysStore.ts'
import classes from './Shell.module.css'
import { usePromiseSummary } from './usePromiseSummary.ts'

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const

function ConnectionCell() {
  const connection = useConnection()
  const { zone } = useCompany()
  const waiting = usePendingChanges()
  const changes = `${waiting} ${waiting === 1 ? 'change' : 'changes'} waiting`
  if (connection.kind === 'offline') {
    return (
      <span className={classes['offline']} role="status">
        <StateGlyph state="hold" />
        Offline since {formatTime(connection.since, zone)} · {changes}
      </span>
    )
  }
  return (
    <>
      <span role="status">
        <StateGlyph state="working" className="good-t" />
        Online
      </span>
      <span>{changes}</span>
    </>
  )
}

function HolderCell() {
  const summary = usePromiseSummary()
  if (!summary) return null
  return (
    <span className={summary.withoutHolder > 0 ? classes['missing'] : undefined}>
      {summary.withoutHolder > 0 ? <StateGlyph state="alert" /> : null}
      Promises without a holder <b className="m">{summary.withoutHolder}</b>
    </span>
  )
}

const PHASE_WORDS = { sample: 'Sample company: nothing is dialed, sent or charged', rehearsal: 'Rehearsal', live: null } as const

/** The line at the bottom: what could worry somebody, said calmly in a fixed place. */
export function StatusBar() {
  const company = useCompany()
  const now = useNow()
  const { day } = wallTimeOf(now, company.zone)
  const weekday = WEEKDAYS[new Date(`${day}T00:00:00Z`).getUTCDay()]
  const phase = PHASE_WORDS[company.phase]
  return (
    <footer className={classes['status']}>
      <ConnectionCell />
      <HolderCell />
      {phase ? <span>{phase}</span> : null}
      <span className={classes['space']} />
      <span className={classes['company']}>{company.name}</span>
      <span>
        {weekday} {formatDay(day)}, {formatTime(now, company.zone)}
      </span>
      <button type="button" className={classes['keys']} onClick={openKeys}>
        <Keycap keys="?" /> all keys
      </button>
    </footer>
  )
}
