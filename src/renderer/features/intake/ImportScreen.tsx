import { useEffect, useRef } from 'react'
import { useEvent } from '../../api/api.ts'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { type ImportStage, progressed, useImportStore } from '../../stores/intake.ts'
import { ChooseFile } from './ChooseFile.tsx'
import { ImportResult, TakenBackResult } from './ImportResult.tsx'
import { ImportWork } from './ImportWork.tsx'
import type { ScreenProps } from '../screenProps.ts'
import { JobFileScreen } from './JobFileScreen.tsx'
import { LeadFileScreen } from './LeadFileScreen.tsx'
import { PreviewFile } from './PreviewFile.tsx'
import classes from './intake.module.css'

function StageView({ stage }: { readonly stage: ImportStage }) {
  switch (stage.kind) {
    case 'choose':
      return <ChooseFile />
    case 'preview':
      return <PreviewFile preview={stage.preview} />
    case 'reading':
    case 'takingBack':
      return <ImportWork progress={stage.progress} />
    case 'importing':
      return <ImportWork progress={stage.progress} stopping={stage.stopping} stoppable />
    case 'done':
      return <ImportResult result={stage.result} />
    case 'takenBack':
      return <TakenBackResult result={stage.result} />
  }
}

/** Files that bring something in: customers, booked jobs, or leads. */
export function ImportScreen({ route }: ScreenProps) {
  switch (route.path[0]) {
    case 'leads':
      return <LeadFileScreen />
    case 'jobs':
      return <JobFileScreen />
    default:
      return <CustomersFromFile />
  }
}

/** Customers from a file: choose, look, import, and the way back. */
function CustomersFromFile() {
  const stage = useImportStore((store) => store.stage)
  const error = useImportStore((store) => store.error)
  useEvent('progress', progressed)

  // Each stage is a page of its own to a screen reader, and the key pressed on one must not land on the next.
  const screen = useRef<HTMLElement>(null)
  const shown = useRef(stage.kind)
  useEffect(() => {
    if (shown.current === stage.kind) return
    shown.current = stage.kind
    screen.current?.focus()
  }, [stage.kind])

  return (
    <section ref={screen} className={classes['screen']} aria-label="Import customers" tabIndex={-1}>
      <StageView stage={stage} />
      {error ? (
        <div className={classes['notice']}>
          <ErrorNotice error={error} />
        </div>
      ) : null}
    </section>
  )
}
