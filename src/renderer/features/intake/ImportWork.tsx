import LinearProgress from '@mui/material/LinearProgress'
import { useId } from 'react'
import { ActionButton } from '../../components/ActionButton.tsx'
import { ScreenBar } from '../../components/ScreenBar.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { stopImport } from '../../stores/intake.ts'
import classes from './intake.module.css'

interface Progress {
  readonly label: string
  readonly done: number
  readonly total: number
}

/** How far it is; calls and bookings go on meanwhile. */
export function ImportWork({ title = 'Import customers', progress, stoppable = false, stopping = false }: { readonly title?: string; readonly progress: Progress; readonly stoppable?: boolean; readonly stopping?: boolean }) {
  const labelId = useId()
  const percent = progress.total > 0 ? Math.round((100 * progress.done) / progress.total) : 0
  useHotkeys('Import', [{ keys: 'Escape', label: 'Stop the import', run: stopImport }], { enabled: stoppable })
  return (
    <>
      <ScreenBar title={title} />
      <div className={classes['working']}>
        <div className="row">
          <span id={labelId} className="m">
            {progress.label}
          </span>
          <span className="sp" />
          <span className="t2">{percent} %</span>
        </div>
        <LinearProgress variant="determinate" value={percent} aria-labelledby={labelId} />
        <p className="t2">{stopping ? 'Stopping after the part it is at. What is in stays in.' : 'You can go on working; this page shows how far it is.'}</p>
        {stoppable ? (
          <div className="row">
            <ActionButton label="Stop the import" keys="Escape" busy={stopping} onClick={stopImport} />
          </div>
        ) : null}
      </div>
    </>
  )
}
