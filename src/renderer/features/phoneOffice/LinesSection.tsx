import { formatPhone } from '../../../shared/base/phone.ts'
import type { OfficeLine } from '../../../shared/contract/methods/phoneOffice.ts'
import type { LinePurpose } from '../../../shared/domain/phone/tables.ts'
import { ROLE_NAMES, ROLES } from '../../../shared/domain/people/permissions.ts'
import { api, useQuery } from '../../api/api.ts'
import { Choice, type Option } from '../../components/Choice.tsx'
import { FieldRow } from '../../components/Field.tsx'
import { LoadingLines } from '../../components/LoadingLines.tsx'
import { PhoneInput } from '../../components/PhoneInput.tsx'
import { FormChoice, FormSwitch, FormText, FormWords, MinuteChoice, optionsOf, Switch } from '../settings/formFields.tsx'
import { RecordPanel } from '../settings/RecordPanel.tsx'
import type { Consent, RecordMode } from '../../../shared/domain/recordings/tables.ts'
import type { SectionProps } from '../settings/sectionProps.ts'
import classes from '../settings/settings.module.css'
import { inUse, SettingsList } from '../settings/SettingsList.tsx'
import { useRecordForm } from '../settings/useRecordForm.ts'
import { OptionalNumber } from './OptionalNumber.tsx'

const NO_INPUT = {} as const

const RECORD_MODES: readonly Option<RecordMode>[] = [
  { value: 'always', label: 'Always' },
  { value: 'onRequest', label: 'When somebody asks for it' },
  { value: 'never', label: 'Never' },
]

const TOLD_BY: readonly Option<Consent>[] = [
  { value: 'read', label: 'By whoever answers, who reads it' },
  { value: 'system', label: 'By the telephone system, before it rings' },
  { value: 'none', label: 'Nobody has to be told here' },
]

const PURPOSES: readonly Option<LinePurpose>[] = [
  { value: 'general', label: 'General' },
  { value: 'service', label: 'Service' },
  { value: 'sales', label: 'Sales only' },
  { value: 'emergency', label: 'Emergency' },
  { value: 'billing', label: 'Billing' },
  { value: 'vendor', label: 'Vendors' },
]

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const

type Hours = OfficeLine['hours'][number]

/** Each open weekday with its hours; none at all means the office's own. */
function HoursFields({ hours, office, onChange }: { readonly hours: readonly Hours[]; readonly office: { readonly opensAt: number; readonly closesAt: number }; readonly onChange: (hours: Hours[]) => void }) {
  const put = (weekday: number, next: Hours | null): void => onChange([...hours.filter((one) => one.weekday !== weekday), ...(next ? [next] : [])].sort((one, other) => one.weekday - other.weekday))
  const asOffice = hours.length === 0
  return (
    <fieldset>
      <legend className={classes['legend']}>Open</legend>
      <Switch label="As the office, every day" checked={asOffice} onChange={(on) => onChange(on ? [] : [1, 2, 3, 4, 5].map((weekday) => ({ weekday, ...office })))} />
      {asOffice
        ? null
        : WEEKDAYS.map((name, weekday) => {
            const open = hours.find((one) => one.weekday === weekday)
            return (
              <div key={name} className={classes['rowFields']}>
                <span className={classes['fixed']}>
                  <Switch label={name} checked={open !== undefined} onChange={(on) => put(weekday, on ? { weekday, ...office } : null)} />
                </span>
                {open ? (
                  <>
                    <MinuteChoice label={`${name} from`} value={open.opensAt} onChange={(opensAt) => put(weekday, { ...open, opensAt })} />
                    <MinuteChoice label={`${name} to`} value={open.closesAt} onChange={(closesAt) => put(weekday, { ...open, closesAt })} />
                  </>
                ) : null}
              </div>
            )
          })}
    </fieldset>
  )
}

interface LineFormProps {
  readonly initial: OfficeLine
  readonly isNew: boolean
  readonly settings: SectionProps['settings']
  readonly onSaved: (id: string) => void
}

function LineForm({ initial, isNew, settings, onSaved }: LineFormProps) {
  const { company, businessUnits } = settings
  const form = useRecordForm({
    record: `lines/${initial.id}`,
    initial,
    fields: ['number', 'name', 'businessUnitId', 'purpose', 'skills', 'roles', 'firstSeconds', 'backupNumber', 'ringLimitSeconds', 'hours', 'consentText', 'recordMode', 'consentBy', 'recordingDays'],
    send: (line) => api.command('phoneLine.save', line),
    said: 'Line saved',
    onSaved: () => onSaved(initial.id),
  })
  const { roles, hours } = form.draft
  return (
    <RecordPanel title={isNew ? 'New line' : initial.name} form={form} action="Save the line">
      <FieldRow>
        <PhoneInput label="Number dialled" value={form.draft.number} onChange={(number) => form.set('number', number)} error={form.errorOf('number')} />
        <FormText form={form} field="name" label="Brand shown in the pop" maxLength={80} grow={2} />
      </FieldRow>
      <FieldRow>
        <FormChoice form={form} field="purpose" label="What it is for" options={PURPOSES} />
        <FormChoice form={form} field="businessUnitId" label="Business unit" placeholder="None" clearable options={optionsOf(businessUnits.filter(({ active }) => active))} />
      </FieldRow>
      <FieldRow>
        <FormWords form={form} field="skills" label="Skills rung first" />
        <Choice
          label="Role rung first"
          placeholder="Everybody"
          options={ROLES.map((role) => ({ value: role, label: ROLE_NAMES[role] }))}
          value={roles[0] ?? null}
          onChange={(role) => form.set('roles', [role])}
          onClear={() => form.set('roles', [])}
          error={form.errorOf('roles')}
        />
      </FieldRow>
      <p className="t2">It rings them alone for a while, then everybody; and everybody at once where none of them is free.</p>
      <FieldRow>
        <OptionalNumber label="Alone for" unit="s" usual="as usual" value={form.draft.firstSeconds} onChange={(value) => form.set('firstSeconds', value)} error={form.errorOf('firstSeconds')} />
        <OptionalNumber label="Three rings take" unit="s" usual={String(company.ringLimitSeconds)} value={form.draft.ringLimitSeconds} onChange={(value) => form.set('ringLimitSeconds', value)} error={form.errorOf('ringLimitSeconds')} />
      </FieldRow>
      <FieldRow>
        <PhoneInput label="Back-up number" value={form.draft.backupNumber} onChange={(number) => form.set('backupNumber', number)} error={form.errorOf('backupNumber')} />
      </FieldRow>
      <HoursFields hours={hours} office={{ opensAt: company.opensAt, closesAt: company.closesAt }} onChange={(next) => form.set('hours', next)} />
      <p className="t2">What comes while it is closed is to be answered within the hour after it opens.</p>
      <FieldRow>
        <FormChoice form={form} field="recordMode" label="Calls are recorded" placeholder="When somebody asks for it" options={RECORD_MODES} clearable />
        <FormChoice form={form} field="consentBy" label="The caller is told" placeholder="By whoever answers, who reads it" options={TOLD_BY} clearable />
      </FieldRow>
      <FormText form={form} field="consentText" label="Said before a call is recorded" rows={2} maxLength={500} />
      <FieldRow>
        <OptionalNumber label="Recordings are kept" unit="days" usual="as usual" value={form.draft.recordingDays} onChange={(value) => form.set('recordingDays', value)} error={form.errorOf('recordingDays')} />
        <FormSwitch form={form} field="active" label="In use" />
      </FieldRow>
      <p className="t2">Never shorter than a complaint about the call runs. Managers and quality assurance may listen.</p>
    </RecordPanel>
  )
}

const fresh = (id: string, position: number): OfficeLine => ({ id, number: '', name: '', businessUnitId: null, purpose: 'general', skills: [], roles: [], firstSeconds: null, backupNumber: '', ringLimitSeconds: null, hours: [], consentText: '', recordingDays: null, recordMode: null, consentBy: null, position, active: true })

const firstRung = ({ skills, roles }: OfficeLine): string => [...roles.map((role) => ROLE_NAMES[role]), ...skills].join(', ') || 'Everybody'

export function LinesSection({ settings, selected }: SectionProps) {
  const lines = useQuery('phoneOffice.settings', NO_INPUT).data?.lines
  if (!lines) return <LoadingLines />
  return (
    <SettingsList
      section="lines"
      title="Lines and brands"
      detail="the numbers people dial"
      add="Add a line"
      empty="No line yet: the pop shows what the telephone system calls it."
      rows={lines}
      selected={selected}
      columns={[
        { key: 'name', header: 'Brand', strong: true, cell: ({ name }) => name },
        { key: 'number', header: 'Number', width: '128px', cell: ({ number }) => formatPhone(number) },
        { key: 'purpose', header: 'For', width: '96px', quiet: true, cell: ({ purpose }) => PURPOSES.find(({ value }) => value === purpose)?.label },
        { key: 'first', header: 'Rings first', quiet: true, cell: firstRung },
        inUse(),
      ]}
      form={(row, id, done) => <LineForm key={row?.id ?? id} isNew={!row} settings={settings} onSaved={done} initial={row ?? fresh(id, lines.length)} />}
    />
  )
}
