import { WEATHER_NAMES, WEATHERS } from '../../../shared/domain/alerts/kinds.ts'
import { SCREENING_MODES } from '../../../shared/domain/alerts/tables.ts'
import type { DeskStanding } from '../../../shared/contract/methods/alerts.ts'
import { api, useQuery } from '../../api/api.ts'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { LoadingLines } from '../../components/LoadingLines.tsx'
import { useDeskStanding } from '../alerts/useDeskStanding.ts'
import { FormChoice, FormNumber, Switch } from './formFields.tsx'
import { RecordPanel } from './RecordPanel.tsx'
import type { SectionProps } from './sectionProps.ts'
import classes from './settings.module.css'
import { useRecordForm } from './useRecordForm.ts'

const NO_INPUT = {} as const

const SCREENING_NAMES: Readonly<Record<(typeof SCREENING_MODES)[number], string>> = {
  off: 'Off',
  on: 'On until switched off',
  auto: 'By itself while too many callers wait',
}

/** How it stands now, in a sentence. */
function standingSentence({ active, why, waiting }: DeskStanding): string {
  const callers = waiting === 1 ? '1 caller waits' : `${waiting} callers wait`
  if (!active) return `Better screening is not on now; ${callers}.`
  return why === 'switch' ? `Better screening is on by this switch; ${callers}.` : `Better screening is on because ${callers}. It ends when fewer do.`
}

/** The weather of today, better screening, and what an emergency is promised. */
export function DeskSection(props: SectionProps) {
  const desk = useDeskStanding()
  const { error, refetch } = useQuery('desk.standing', NO_INPUT)
  if (desk) return <DeskForm {...props} desk={desk} />
  return error ? <ErrorNotice error={error} onRetry={refetch} /> : <LoadingLines />
}

function DeskForm({ settings, desk }: SectionProps & { readonly desk: DeskStanding }) {
  const { weather, screening, threshold, heldBackJobTypeIds, etaMinutes, emergencySlots } = desk
  const form = useRecordForm({
    record: 'desk',
    initial: { weather, screening, threshold, heldBackJobTypeIds, etaMinutes, emergencySlots },
    fields: ['weather', 'screening', 'threshold', 'heldBackJobTypeIds', 'etaMinutes', 'emergencySlots'],
    send: (set) => api.command('desk.configure', { set }),
    said: 'Saved. Every desk works so from now on.',
  })
  const held = form.draft.heldBackJobTypeIds
  const jobTypes = settings.jobTypes.filter(({ id, active }) => active || held.includes(id))
  return (
    <RecordPanel page title="Emergencies and load" form={form} action="Save the desk">
      <FormChoice form={form} field="weather" label="The weather" options={WEATHERS.map((value) => ({ value, label: WEATHER_NAMES[value] }))} hint="Set it in the morning: it decides whether no heat or no air conditioning alerts dispatch." />
      <FormNumber form={form} field="etaMinutes" label="The caller of an emergency hears when we come within" unit="minutes" />
      <FormNumber form={form} field="emergencySlots" label="Emergencies of one day that may be promised a full window" unit="a day" hint="Dispatch makes room for them." />
      <FormChoice form={form} field="screening" label="Better screening" options={SCREENING_MODES.map((value) => ({ value, label: SCREENING_NAMES[value] }))} hint={standingSentence(desk)} />
      <FormNumber form={form} field="threshold" label="It begins by itself with" unit="callers waiting" hint="Ringing now, or missed in the last 15 minutes and not called back." />
      <fieldset>
        <legend className={classes['legend']}>Held back while it is on</legend>
        <div className={classes['checks']}>
          {jobTypes.map(({ id, name }) => (
            <Switch key={id} label={name} checked={held.includes(id)} onChange={(checked) => form.set('heldBackJobTypeIds', checked ? [...held, id] : held.filter((other) => other !== id))} />
          ))}
        </div>
      </fieldset>
    </RecordPanel>
  )
}
