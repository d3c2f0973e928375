import { api, useQuery } from '../../api/api.ts'
import { asContractError } from '../../api/errors.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { Choice } from '../../components/Choice.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { ScreenBar } from '../../components/ScreenBar.tsx'
import { toast } from '../../stores/toast.ts'
import classes from './settings.module.css'

const OFF = 'off'
const RHYTHMS = [
  { value: OFF, label: 'Only when asked' },
  { value: '2', label: 'Every 2 minutes' },
  { value: '5', label: 'Every 5 minutes' },
  { value: '10', label: 'Every 10 minutes' },
  { value: '30', label: 'Every 30 minutes' },
] as const

const tell = (thrown: unknown): void => toast(asContractError(thrown).message)

/** Scripted callers to learn with: they ring like real ones and count in no number. */
export function PracticeSection() {
  const { data, error, refetch } = useQuery('practice.state', {})
  const schedule = (chosen: string): void => {
    api.action('practice.schedule', { everyMinutes: chosen === OFF ? null : Number(chosen) }).then(refetch, tell)
  }
  return (
    <div className={classes['plain']}>
      <ScreenBar title="Practice line" detail="rings like a real one and counts in no number" />
      <div className={classes['plainBody']}>
        <ErrorNotice error={error} onRetry={refetch} />
        <Choice label="The practice line rings" options={RHYTHMS} value={RHYTHMS.find((rhythm) => rhythm.value === String(data?.everyMinutes ?? OFF))?.value ?? null} onChange={schedule} />
        <h2>Callers</h2>
        <ul className={classes['callers']}>
          {(data?.scripts ?? []).map((script) => (
            <li key={script.key} className="row">
              <span className="sp">
                <span className="m">{script.title}</span>
                <br />
                <span className="t2">{script.goal}</span>
              </span>
              <ActionButton small icon="phone" label="Let them ring" onClick={() => void api.action('practice.ring', { script: script.key }).catch(tell)} />
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}
