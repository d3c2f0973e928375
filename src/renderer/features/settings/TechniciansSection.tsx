import { isKnownZone } from '../../../shared/base/zone.ts'
import { clockOf } from '../../../shared/base/zoneClock.ts'
import { api } from '../../api/api.ts'
import type { OutputOf } from '../../api/types.ts'
import { FieldRow } from '../../components/Field.tsx'
import { PhoneInput } from '../../components/PhoneInput.tsx'
import { TechnicianHours } from '../technicianHours/TechnicianHours.tsx'
import { TechnicianLinks } from '../technicianLinks/TechnicianLinks.tsx'
import { TextInput } from '../../components/TextInput.tsx'
import { FormChoice, FormNumber, FormSwitch, FormText, FormWords, MinuteChoice, optionsOf, Switch } from './formFields.tsx'
import { RecordPanel } from './RecordPanel.tsx'
import type { SectionProps } from './sectionProps.ts'
import classes from './settings.module.css'
import { inUse, SettingsList } from './SettingsList.tsx'
import { useRecordForm } from './useRecordForm.ts'

type Settings = OutputOf<'settings.get'>
type Technician = Settings['technicians'][number]
type Shift = Technician['shifts'][number]

/** The week begins on Monday here, as the office plans it; 0 is Sunday in the data. */
const WEEK = [1, 2, 3, 4, 5, 6, 0] as const
const DAY_NAMES = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const

/** What the clocks of the technician's zone do goes along with it: whoever decides about shifts has no tables of zones. */
function clockFor(zone: string | null) {
  if (zone === null || !isKnownZone(zone)) return {}
  const { clock, until } = clockOf(zone, Date.now())
  return { clock: { zone, changes: [...clock], until } }
}

function Shifts({ shifts, onChange }: { readonly shifts: readonly Shift[]; readonly onChange: (shifts: Shift[]) => void }) {
  return (
    <fieldset>
      <legend className={classes['legend']}>Works on</legend>
      {WEEK.map((weekday) => {
        const shift = shifts.find((candidate) => candidate.weekday === weekday)
        const others = shifts.filter((candidate) => candidate.weekday !== weekday)
        const name = DAY_NAMES[weekday]
        return (
          <div key={weekday} className={classes['shift']}>
            <Switch label={name} checked={shift !== undefined} onChange={(on) => onChange(on ? [...others, { weekday, start: 8 * 60, end: 17 * 60 }] : others)} />
            {shift ? (
              <>
                <MinuteChoice label={`${name} from`} tight value={shift.start} onChange={(start) => onChange([...others, { ...shift, start }])} />
                <MinuteChoice label={`${name} to`} tight value={shift.end % 1440} onChange={(end) => onChange([...others, { ...shift, end: end <= shift.start ? end + 1440 : end }])} />
              </>
            ) : null}
          </div>
        )
      })}
    </fieldset>
  )
}

/** Their own lunch, the same on every day they work; without one the company's is kept. */
function Lunch({ shifts, lunches, onChange }: { readonly shifts: readonly Shift[]; readonly lunches: Technician['lunches']; readonly onChange: (lunches: Technician['lunches']) => void }) {
  const [first] = lunches ?? []
  const own = (start: number, end: number): void => onChange([...new Set(shifts.map(({ weekday }) => weekday))].map((weekday) => ({ weekday, start, end })))
  return (
    <fieldset>
      <legend className={classes['legend']}>Lunch</legend>
      <div className={classes['shift']}>
        <Switch label="At times of their own" checked={lunches !== null} onChange={(on) => (on ? own(12 * 60, 12 * 60 + 30) : onChange(null))} />
        {first ? (
          <>
            <MinuteChoice label="Lunch from" tight value={first.start} onChange={(start) => own(start, Math.max(first.end, start + 15))} />
            <MinuteChoice label="Lunch to" tight value={first.end} onChange={(end) => own(Math.min(first.start, end - 15), end)} />
          </>
        ) : null}
      </div>
    </fieldset>
  )
}

function TechnicianForm({ initial, isNew, settings, onSaved }: { readonly initial: Technician; readonly isNew: boolean; readonly settings: Settings; readonly onSaved: (id: string) => void }) {
  const form = useRecordForm({
    record: `technicians/${initial.id}`,
    initial,
    fields: ['name', 'businessUnitId', 'skills', 'homeArea', 'phone', 'position', 'zone'],
    send: ({ id, name, businessUnitId, skills, shifts, homeArea, homeLatitude, homeLongitude, phone, position, active, zone, lunches }) =>
      api.command('technician.save', { id, name, businessUnitId, skills, shifts, homeArea, homeLatitude, homeLongitude, phone, position, active, zone, lunches, ...clockFor(zone) }),
    said: 'Technician saved',
    onSaved: () => onSaved(initial.id),
  })
  return (
    <RecordPanel title={isNew ? 'New technician' : initial.name} form={form} action="Save the technician">
      <FormText form={form} field="name" label="Name" required maxLength={80} />
      <FieldRow>
        <FormChoice form={form} field="businessUnitId" label="Business unit" options={optionsOf(settings.businessUnits)} required />
        <FormNumber form={form} field="position" label="Place on the board" />
      </FieldRow>
      <FormWords form={form} field="skills" label="Skills" hint="Between commas, as job types ask for them." />
      <FieldRow>
        <FormText form={form} field="homeArea" label="Home area" hint="Where the day starts." />
        <PhoneInput label="Telephone" value={form.draft.phone ?? ''} onChange={(phone) => form.set('phone', phone === '' ? null : phone)} error={form.errorOf('phone')} />
      </FieldRow>
      <Shifts shifts={form.draft.shifts} onChange={(shifts) => form.set('shifts', shifts.toSorted((left, right) => left.weekday - right.weekday))} />
      <Lunch shifts={form.draft.shifts} lunches={form.draft.lunches} onChange={(lunches) => form.set('lunches', lunches)} />
      <TextInput label="Time zone" hint="Only where it is not the company’s, such as America/Denver." value={form.draft.zone ?? ''} onChange={(zone) => form.set('zone', zone.trim() === '' ? null : zone.trim())} error={form.errorOf('zone')} />
      <FormSwitch form={form} field="active" label="Works here" />
      {isNew || !initial.active ? null : <TechnicianHours technicianId={initial.id} name={initial.name} />}
      {isNew ? null : <TechnicianLinks technicianId={initial.id} name={initial.name} />}
    </RecordPanel>
  )
}

export function TechniciansSection({ settings, selected }: SectionProps) {
  const { technicians, businessUnits } = settings
  const unitName = (id: string): string => businessUnits.find((unit) => unit.id === id)?.name ?? '\u2013'
  return (
    <SettingsList
      section="technicians"
      title="Technicians"
      detail={`${technicians.filter((technician) => technician.active).length} on the board`}
      add="Add a technician"
      rows={technicians}
      selected={selected}
      columns={[
        { key: 'name', header: 'Name', width: 'minmax(112px, 176px)', strong: true, cell: ({ name }) => name },
        { key: 'unit', header: 'Unit', width: 'minmax(80px, 120px)', cell: ({ businessUnitId }) => unitName(businessUnitId) },
        { key: 'skills', header: 'Skills', quiet: true, cell: ({ skills }) => skills.join(', ') || '\u2013' },
        { key: 'days', header: 'Days', width: '56px', align: 'right', cell: ({ shifts }) => new Set(shifts.map((shift) => shift.weekday)).size },
        inUse(),
      ]}
      form={(row, id, done) => (
        <TechnicianForm
          key={row?.id ?? id}
          isNew={!row}
          settings={settings}
          onSaved={done}
          initial={
            row ?? {
              id,
              name: '',
              businessUnitId: businessUnits[0]?.id ?? '',
              skills: [],
              shifts: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, start: 8 * 60, end: 17 * 60 })),
              homeArea: '',
              homeLatitude: null,
              homeLongitude: null,
              phone: null,
              position: technicians.length,
              active: true,
              zone: null,
              lunches: null,
            }
          }
        />
      )}
    />
  )
}
