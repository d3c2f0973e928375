import { formatWindow } from '../../../shared/base/zone.ts'
import { USUAL_SPEED } from '../../../shared/domain/dispatch/settings.ts'
import { DEBRIEF_ITEMS, type DebriefItem } from '../../../shared/domain/dispatch/tables.ts'
import { api } from '../../api/api.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { FieldRow } from '../../components/Field.tsx'
import { FormMinute, FormNumber, FormWords, MinuteChoice, NumberInput, Switch } from './formFields.tsx'
import { RecordPanel } from './RecordPanel.tsx'
import type { SectionProps } from './sectionProps.ts'
import classes from './settings.module.css'
import { useRecordForm } from './useRecordForm.ts'

const DEBRIEF_NAMES: Readonly<Record<DebriefItem, string>> = { equipment: 'The equipment', photos: 'Photos', nextStep: 'The next step' }

/** The arrival windows that can be promised, and the reasons a visit may be held or canceled for. */
export function DispatchSection({ settings }: SectionProps) {
  const { windows, holdReasons, cancelReasons, lateAfterMinutes, silentAfterMinutes, truthHourAt, lunch, travelSpeed, causeCodes, objections, debriefAsks, riskBeforeMinutes, overrunAfterMinutes, overtimeAfterMinutes, materialListAt } = settings
  const form = useRecordForm({
    record: 'dispatch',
    initial: { windows, holdReasons, cancelReasons, lateAfterMinutes, silentAfterMinutes, truthHourAt, lunch, travelSpeed, causeCodes, objections, debriefAsks, riskBeforeMinutes, overrunAfterMinutes, overtimeAfterMinutes, materialListAt },
    fields: ['windows', 'holdReasons', 'cancelReasons', 'lateAfterMinutes', 'silentAfterMinutes', 'truthHourAt', 'travelSpeed', 'causeCodes', 'objections', 'riskBeforeMinutes', 'overrunAfterMinutes', 'overtimeAfterMinutes', 'materialListAt', 'debriefAsks'],
    send: (set) => api.command('dispatch.configure', { set }),
    said: 'Windows and reasons saved',
  })
  const { windows: drafted } = form.draft
  const wrong = form.errorOf('windows')
  const put = (index: number, next: Partial<(typeof drafted)[number]>): void => form.set('windows', drafted.map((window, place) => (place === index ? { ...window, ...next } : window)))
  const last = drafted.at(-1)?.end ?? 8 * 60
  return (
    <RecordPanel page title="Windows and reasons" form={form} action="Save the windows and reasons">
      <fieldset>
        <legend className={classes['legend']}>Arrival windows, as customers hear them</legend>
        {drafted.map((window, index) => (
          // A window is known by its place in the day: it has no identity of its own.
          <div key={index} className={classes['rowFields']}>
            <MinuteChoice label="From" value={window.start} onChange={(start) => put(index, { start })} />
            <MinuteChoice label="To" value={window.end} onChange={(end) => put(index, { end })} hint={formatWindow(window.start, window.end)} />
            <span className={classes['fixed']}>
              <ActionButton kind="quiet" label="Remove" onClick={() => form.set('windows', drafted.filter((_other, place) => place !== index))} />
            </span>
          </div>
        ))}
        <ErrorNotice error={wrong === null ? null : { message: wrong }} />
        <ActionButton small icon="plus" label="Add a window" onClick={() => form.set('windows', [...drafted, { start: last, end: Math.min(last + 120, 1440) }])} />
      </fieldset>
      <FormWords form={form} field="holdReasons" label="Reasons to hold a visit" hint="Between commas." />
      <FormWords form={form} field="cancelReasons" label="Reasons to cancel a visit" hint="Between commas." />
      <FormWords form={form} field="causeCodes" label="Why somebody came again" hint="Between commas. The close-out of every return trip and call-back asks for one." />
      <FormWords form={form} field="objections" label="What speaks against a time" hint="Between commas. Every reschedule that is saved, moved or canceled asks for one." />
      <FieldRow>
        <FormNumber form={form} field="lateAfterMinutes" label="Alert when nobody is sent or there" unit="minutes" hint="After the planned start." />
        <FormNumber form={form} field="silentAfterMinutes" label="Alert without a word" unit="minutes" hint="From a technician on the way or at work." />
        <FormMinute form={form} field="truthHourAt" label="Truth Comes Home Hour" hint="When every remaining visit is looked at." />
      </FieldRow>
      <FieldRow>
        <FormNumber form={form} field="riskBeforeMinutes" label="Alert before a window is missed" unit="minutes" hint="Left of the window when somebody is expected late." />
        <FormNumber form={form} field="overrunAfterMinutes" label="Alert when work runs over" unit="minutes" hint="After its planned end." />
        <FormNumber form={form} field="overtimeAfterMinutes" label="Alert at overtime" unit="minutes" hint="After the end of the shift." />
        <FormMinute form={form} field="materialListAt" label="Material list for tomorrow" hint="When it is owed to the warehouse." />
      </FieldRow>
      <fieldset>
        <legend className={classes['legend']}>No visit is closed out without, unless somebody says why</legend>
        <div className={classes['rowFields']}>
          {DEBRIEF_ITEMS.map((item) => (
            <Switch key={item} label={DEBRIEF_NAMES[item]} checked={form.draft.debriefAsks.includes(item)} onChange={(on) => form.set('debriefAsks', DEBRIEF_ITEMS.filter((other) => (other === item ? on : form.draft.debriefAsks.includes(other))))} />
          ))}
        </div>
      </fieldset>
      <fieldset>
        <legend className={classes['legend']}>Technicians’ time</legend>
        <div className={classes['rowFields']}>
          <Switch label="Everybody has lunch" checked={form.draft.lunch !== null} onChange={(on) => form.set('lunch', on ? { start: 12 * 60, end: 12 * 60 + 30 } : null)} />
          {form.draft.lunch ? (
            <>
              <MinuteChoice label="Lunch from" value={form.draft.lunch.start} onChange={(start) => form.set('lunch', { start, end: Math.max(start + 15, form.draft.lunch?.end ?? 0) })} />
              <MinuteChoice label="Lunch to" value={form.draft.lunch.end} onChange={(end) => form.set('lunch', { start: Math.min(form.draft.lunch?.start ?? 0, end - 15), end })} />
            </>
          ) : null}
        </div>
        <p className="t2">No window is promised on a lunch. A technician with times of their own keeps those.</p>
        <NumberInput label="Drives are reckoned with" unit="km/h" value={form.draft.travelSpeed ?? USUAL_SPEED} onChange={(speed) => form.set('travelSpeed', speed)} error={form.errorOf('travelSpeed')} hint="The straight line and a third, at this speed." />
      </fieldset>
    </RecordPanel>
  )
}
