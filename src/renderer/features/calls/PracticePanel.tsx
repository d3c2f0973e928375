import FormControlLabel from '@mui/material/FormControlLabel'
import Switch from '@mui/material/Switch'
import { useState } from 'react'
import { api, useQuery } from '../../api/api.ts'
import { asContractError } from '../../api/errors.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { Choice } from '../../components/Choice.tsx'
import { DetailPanel, PanelSection } from '../../components/DetailPanel.tsx'
import { toast } from '../../stores/toast.ts'
import { ringPractice } from './callActions.ts'
import classes from './PracticePanel.module.css'

const MINUTES = ['2', '5', '10', '20'].map((value) => ({ value, label: `${value} minutes` }))

function Schedule({ everyMinutes, refetch }: { readonly everyMinutes: number | null; readonly refetch: () => void }) {
  const [minutes, setMinutes] = useState(everyMinutes === null ? '5' : String(everyMinutes))
  const schedule = (every: number | null): void => {
    void api.action('practice.schedule', { everyMinutes: every }).then(refetch, (thrown: unknown) => toast(asContractError(thrown).message))
  }
  return (
    <div className={classes['schedule']}>
      <FormControlLabel
        control={<Switch checked={everyMinutes !== null} onChange={(_event, on) => schedule(on ? Number(minutes) : null)} />}
        label="Ring by itself"
      />
      <Choice
        label="Every"
        tight
        options={MINUTES}
        value={minutes}
        onChange={(value) => {
          setMinutes(value)
          if (everyMinutes !== null) schedule(Number(value))
        }}
      />
    </div>
  )
}

/** The practice line: scripted callers for training, through the same telephone as real ones, counted in no number. */
export function PracticePanel() {
  const { data, refetch } = useQuery('practice.state', {})
  return (
    <DetailPanel label="Practice line" title="Practice line">
      <PanelSection>
        <p className="t2">Scripted callers ring like real ones. Their calls are marked, and no number counts them.</p>
        {data ? <Schedule everyMinutes={data.everyMinutes} refetch={refetch} /> : null}
      </PanelSection>
      <ul>
        {data?.scripts.map(({ key, title, goal }) => (
          <li key={key} className={classes['script']}>
            <div className={classes['words']}>
              <p className="m">{title}</p>
              <p className="t2 dense">{goal}</p>
            </div>
            <ActionButton small label="Ring" onClick={() => void ringPractice(key)} />
          </li>
        ))}
      </ul>
    </DetailPanel>
  )
}
