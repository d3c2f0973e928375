import type { ScriptSettings } from '../../../shared/contract/methods/scripts.ts'
import { formatDay, formatTime, wallTimeOf } from '../../../shared/base/zone.ts'
import { useQuery } from '../../api/api.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { useZone } from '../../stores/session.ts'
import settings from '../settings/settings.module.css'
import classes from './editor.module.css'

/** What was published before. It is never changed; its words can be taken into the draft again. */
export function History({ scriptId, onTake }: { readonly scriptId: string; readonly onTake: (content: ScriptSettings['content'], number: number) => void }) {
  const zone = useZone()
  const { data, error, refetch } = useQuery('scripts.history', { scriptId })
  const versions = data?.versions ?? []
  return (
    <section className={settings['part']} aria-label="History">
      <h3>What was published</h3>
      {error && !data ? <ErrorNotice error={error} onRetry={refetch} /> : null}
      {data && versions.length === 0 ? <p className="t3">Nothing yet: calls say the next script that fits.</p> : null}
      <ul className={classes['history']}>
        {versions.map(({ versionId, number, note, publishedAt, publishedBy, content }) => (
          <li key={versionId}>
            <span className="b nw">Version {number}</span>
            <span className="t2 el">
              {formatDay(wallTimeOf(publishedAt, zone).day)}, {formatTime(publishedAt, zone)} by {publishedBy}
              {note === '' ? '' : `: ${note}`}
            </span>
            <span className="sp" />
            <ActionButton small kind="quiet" label={`Take version ${number} into the draft`} onClick={() => onTake(content, number)} />
          </li>
        ))}
      </ul>
    </section>
  )
}
