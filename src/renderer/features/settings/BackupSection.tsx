import { useState } from 'react'
import { formatTime } from '../../../shared/base/zone.ts'
import { api } from '../../api/api.ts'
import { asContractError } from '../../api/errors.ts'
import type { OutputOf } from '../../api/types.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { ScreenBar } from '../../components/ScreenBar.tsx'
import { navigate } from '../../stores/route.ts'
import { useZone } from '../../stores/session.ts'
import classes from './settings.module.css'

const MEGABYTE = 1024 * 1024

/** Bringing customers in, and a copy of everything. */
export function BackupSection() {
  const zone = useZone()
  const [made, setMade] = useState<OutputOf<'settings.backUpNow'> | null>(null)
  const [error, setError] = useState<{ readonly message: string } | null>(null)
  const [busy, setBusy] = useState(false)
  const backUp = (): void => {
    if (busy) return
    setBusy(true)
    setError(null)
    api
      .action('settings.backUpNow', {})
      .then(setMade, (thrown: unknown) => setError(asContractError(thrown)))
      .finally(() => setBusy(false))
  }
  return (
    <div className={classes['plain']}>
      <ScreenBar title="Import and backup" />
      <div className={classes['plainBody']}>
        <h2>Import customers and jobs</h2>
        <p className="t2">From a file of another program. You see what would come in before anything does, and an import can be taken back.</p>
        <div className="row">
          <ActionButton icon="upload" label="Import a file" keys="I" onClick={() => navigate({ area: 'import' })} />
        </div>
        <h2>Back up</h2>
        <p className="t2">Copies everything while the office works, then opens the copy and checks it whole. Keep a copy on another machine too.</p>
        <div className="row">
          <ActionButton kind="primary" label="Back up now" busy={busy} onClick={backUp} />
          <span aria-live="polite">
            {busy ? 'Copying and checking\u2026' : made ? `Backed up at ${formatTime(made.at, zone)}, ${(made.bytes / MEGABYTE).toFixed(1)} MB, checked.` : null}
          </span>
        </div>
        {made ? <p className={classes['words']}>{made.file}</p> : null}
        <ErrorNotice error={error} onRetry={backUp} />
        <h2>Day sheets for an outage</h2>
        <p className="t2">Today’s and tomorrow’s visits of every technician are kept as files of this workstation, made anew by themselves.</p>
        <div className="row">
          <ActionButton label="Day sheets" keys="Alt+Shift+Y" onClick={() => navigate({ area: 'daySheets' })} />
        </div>
      </div>
    </div>
  )
}
