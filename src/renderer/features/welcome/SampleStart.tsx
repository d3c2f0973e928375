import LinearProgress from '@mui/material/LinearProgress'
import { useCallback, useEffect, useId, useRef, useState } from 'react'
import type { ContractError } from '../../../shared/contract/frames.ts'
import { newId } from '../../../shared/base/id.ts'
import { api, useEvent } from '../../api/api.ts'
import { asContractError } from '../../api/errors.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { companyStarted } from '../../stores/session.ts'
import { WholePage } from '../shell/StartPages.tsx'
import { setStarting } from './startStore.ts'
import classes from './welcome.module.css'

/** Fills the empty store with the sample company and shows how far it is. */
export function SampleStart({ onBack }: { readonly onBack: () => void }) {
  const [progress, setProgress] = useState({ label: 'Beginning', share: 0 })
  const [error, setError] = useState<ContractError | null>(null)
  const operationId = useRef('')
  const labelId = useId()

  useEvent('progress', (event) => {
    if (event.operationId === operationId.current) setProgress({ label: event.label, share: event.total > 0 ? event.done / event.total : 0 })
  })

  const start = useCallback(() => {
    operationId.current = newId()
    setError(null)
    setStarting(true)
    api.action('company.startSample', { seed: 1, clientOperationId: operationId.current }).then(
      () => {
        setStarting(false)
        companyStarted()
      },
      (thrown: unknown) => {
        setError(asContractError(thrown))
        setStarting(false)
      },
    )
  }, [])

  const started = useRef(false)
  useEffect(() => {
    if (started.current) return
    started.current = true
    start()
  }, [start])

  const percent = Math.round(progress.share * 100)
  return (
    <WholePage label="Sample company">
      <h1 className="h1">Making the sample company</h1>
      <p className="t2">Five thousand invented customers, two weeks of work and a few things going wrong. It takes some seconds and is the same every time.</p>
      {error ? (
        <>
          <ErrorNotice error={error} />
          <div className="row">
            <ActionButton kind="primary" label="Try again" onClick={start} />
            <ActionButton label="Back" keys="Escape" onClick={onBack} />
          </div>
        </>
      ) : (
        <div className={classes['progress']}>
          <LinearProgress variant="determinate" value={percent} aria-labelledby={labelId} />
          <div className="row">
            <span id={labelId}>{progress.label}</span>
            <span className="sp" />
            <span className="t2">{percent} %</span>
          </div>
        </div>
      )}
    </WholePage>
  )
}
