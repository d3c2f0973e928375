import { formatTime, formatWeekday, wallTimeOf } from '../../../shared/base/zone.ts'
import { api, useQuery } from '../../api/api.ts'
import { useAction } from '../../api/useAction.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { StateGlyph } from '../../components/StateGlyph.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { useZone } from '../../stores/session.ts'
import classes from './daySheets.module.css'

const NO_INPUT = {} as const

/** What lies ready for an outage at this workstation, and where; made again by hand where somebody wants to be sure. */
export function KeptSheets() {
  const zone = useZone()
  const { data, error: unread, refetch } = useQuery('daySheets.kept', NO_INPUT)
  const { run, busy, error } = useAction()
  const make = (): void => void run(() => api.action('daySheets.keepNow', {})).then(() => refetch())
  useHotkeys('Day sheets', [{ keys: 'M', label: 'Make the sheets that are kept for an outage now', run: make }], { enabled: Boolean(data?.folder) })
  if (!data) return <ErrorNotice error={unread} onRetry={refetch} />
  const moment = (at: number): string => `${formatWeekday(wallTimeOf(at, zone).day)}, ${formatTime(at, zone)}`
  return (
    <section className={classes['kept']} aria-label="Kept for an outage">
      <h2>Kept for an outage</h2>
      {data.folder === null ? (
        <p className="t2">This company is kept in memory only, so no files are made.</p>
      ) : (
        <>
          <p className="t2">Baton makes today{'\u2019'}s and tomorrow{'\u2019'}s sheets by itself at 5:30 AM and 5 PM and after changes, as files of this workstation. They open without Baton.</p>
          <p className={classes['folder']}>{data.folder}</p>
          {data.days.length === 0 ? (
            <p>None yet. The first are made a minute after Baton starts.</p>
          ) : (
            <ul aria-label="Kept days">
              {data.days.map(({ day, madeAt, files }) => (
                <li key={day}>
                  <span className="m">{formatWeekday(day)}</span>, made {moment(madeAt)}
                  <span className="t2"> {'\u00b7'} {files.length === 0 ? 'nothing was planned' : files.join(', ')}</span>
                </li>
              ))}
            </ul>
          )}
          {data.trouble === null ? null : (
            <p className={classes['trouble']} role="alert">
              <StateGlyph state="alert" /> {data.trouble}
            </p>
          )}
          <div className="row">
            <ActionButton label="Make them now" keys="M" busy={busy} onClick={make} />
          </div>
          <ErrorNotice error={error} />
        </>
      )}
    </section>
  )
}
