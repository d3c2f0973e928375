import { formatDay, formatTime, wallTimeOf } from '../../../shared/base/zone.ts'
import { useEvent, useQuery } from '../../api/api.ts'
import { Keycap } from '../../components/Keycap.tsx'
import { StateGlyph } from '../../components/StateGlyph.tsx'
import { useNow } from '../../stores/clock.ts'
import { usePhoneLine } from '../../stores/phoneLine.ts'
import { useCompany } from '../../stores/session.ts'
import { showHelp } from '../help/helpStore.ts'
import { useOutage } from '../phoneOffice/useOutage.ts'
import { DispatchCell } from '../watch/DispatchCell.tsx'
import { HubCell } from '../workstations/HubCell.tsx'
import { ReminderCell } from '../tasks/ReminderCell.tsx'
import classes from './Shell.module.css'
import { phoneTrouble } from './phoneTrouble.ts'
import { usePromiseSummary } from './usePromiseSummary.ts'

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const

function HolderCell() {
  const summary = usePromiseSummary()
  if (!summary) return null
  return (
    <span className={`${classes['holder']} ${summary.withoutHolder > 0 ? classes['missing'] : ''}`}>
      Promises without a holder <b className="m">{summary.withoutHolder}</b>
      {summary.withoutHolder > 0 ? <StateGlyph state="alert" /> : null}
    </span>
  )
}

const NO_INPUT = {} as const

/** The telephone in words; the call cell shows more. */
function PhoneCell() {
  const { zone } = useCompany()
  const { data, refetch } = useQuery('calls.current', NO_INPUT)
  useEvent('phone', refetch)
  const down = useOutage()?.down
  const line = usePhoneLine()
  const fresh = line?.messages?.fresh ?? 0
  if (!data) return null
  const count = (state: 'ringing' | 'live' | 'held'): number => data.calls.filter((call) => call.state === state).length
  const calling = data.calls.filter((call) => call.state === 'ringing' && call.direction === 'out').length
  const [ringing, live, held] = [count('ringing') - calling, count('live'), count('held')]
  if (down) {
    return (
      <span className={`${classes['phone']} ${classes['phoneGone']}`} title={down.reason}>
        <StateGlyph state="alert" />
        No telephone since {formatTime(down.since, zone)}
      </span>
    )
  }
  const trouble = phoneTrouble(line)
  if (trouble && (data.calls.length === 0 || trouble.deaf)) {
    return (
      <span className={`${classes['phone']} ${trouble.deaf ? classes['phoneGone'] : ''}`} title={trouble.sentence}>
        {trouble.deaf ? <StateGlyph state="alert" /> : null}
        {trouble.words}
        <span className="spoken">. {trouble.sentence}</span>
      </span>
    )
  }
  if (data.calls.length === 0) {
    return (
      <span className={classes['phone']}>
        Phone {fresh === 0 ? 'ready' : <b className="b el">{`${fresh} ${fresh === 1 ? 'voicemail' : 'voicemails'}`}</b>}
      </span>
    )
  }
  const parts = [live > 0 ? `${live} live` : '', ringing > 0 ? `${ringing} ringing` : '', calling > 0 ? `${calling} calling` : '', held > 0 ? `${held} held` : ''].filter((part) => part !== '')
  return (
    <span className={classes['phone']}>
      Phone <b className="b el">{parts.join(' \u00b7 ')}</b>
    </span>
  )
}

const PHASES = {
  sample: { words: 'Sample company', title: 'Nothing is dialed, sent or charged' },
  rehearsal: { words: 'Rehearsal', title: 'The company is not live yet' },
  live: null,
} as const

/** The line at the bottom: what could worry somebody, said calmly, each in a place of its own width: nothing here moves what is beside it. */
export function StatusBar() {
  const company = useCompany()
  const now = useNow()
  const { day } = wallTimeOf(now, company.zone)
  const weekday = WEEKDAYS[new Date(`${day}T00:00:00Z`).getUTCDay()]
  const phase = PHASES[company.phase]
  return (
    <footer className={classes['status']}>
      <HubCell />
      <PhoneCell />
      <HolderCell />
      {phase ? (
        <span className={classes['phase']} title={phase.title}>
          {phase.words}
        </span>
      ) : null}
      <span className={classes['space']}>
        <DispatchCell />
        <ReminderCell />
      </span>
      <span className={classes['company']} title={company.name}>
        {company.name}
      </span>
      <span className={classes['clock']}>
        {weekday} {formatDay(day)}, {formatTime(now, company.zone)}
      </span>
      <button type="button" className={classes['keys']} onClick={() => showHelp('keys')}>
        <Keycap keys="?" /> all keys
      </button>
    </footer>
  )
}
