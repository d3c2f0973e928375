import { formatAmount } from '../../../shared/base/money.ts'
import { STANDARD_CHECKLIST } from '../../../shared/domain/handoff/checklist.ts'
import { ITEM_KINDS } from '../../../shared/domain/jobs/tables.ts'
import { TextInput } from '../../components/TextInput.tsx'
import { api, useQuery } from '../../api/api.ts'
import type { OutputOf } from '../../api/types.ts'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { FieldRow } from '../../components/Field.tsx'
import { LoadingLines } from '../../components/LoadingLines.tsx'
import { FormChoice, FormMoney, FormNumber, FormSwitch, FormText, FormWords, optionsOf, Switch } from './formFields.tsx'
import { ChecklistFields } from './ChecklistFields.tsx'
import { RecordPanel } from './RecordPanel.tsx'
import type { SectionProps } from './sectionProps.ts'
import { inUse, SettingsList } from './SettingsList.tsx'
import { useRecordForm } from './useRecordForm.ts'

type Settings = OutputOf<'settings.get'>
type Unit = Settings['businessUnits'][number]
type PriorityRow = Settings['priorities'][number]
type JobTypeRow = Settings['jobTypes'][number]
type Item = OutputOf<'settings.priceBook'>['items'][number]

interface FormProps<Row> {
  readonly initial: Row
  readonly isNew: boolean
  readonly onSaved: (id: string) => void
}

const nameOf = (rows: readonly { readonly id: string; readonly name: string }[], id: string | null): string => rows.find((row) => row.id === id)?.name ?? '\u2013'

function UnitForm({ initial, isNew, onSaved }: FormProps<Unit>) {
  const form = useRecordForm({
    record: `units/${initial.id}`,
    initial,
    fields: ['name', 'position', 'accountClass'],
    send: ({ id, name, position, accountClass, active }) => api.command('businessUnit.save', { id, name, position, accountClass, active }),
    said: 'Business unit saved',
    onSaved: () => onSaved(initial.id),
  })
  return (
    <RecordPanel title={isNew ? 'New business unit' : initial.name} form={form} action="Save the unit">
      <FormText form={form} field="name" label="Name" required />
      <FieldRow>
        <FormNumber form={form} field="position" label="Place in lists" hint="Small numbers come first." />
        <FormText form={form} field="accountClass" label="QuickBooks class" hint="Its income carries this class." maxLength={31} />
      </FieldRow>
      <FormSwitch form={form} field="active" label="In use" />
    </RecordPanel>
  )
}

export function UnitsSection({ settings, selected }: SectionProps) {
  const { businessUnits } = settings
  return (
    <SettingsList
      section="units"
      title="Business units"
      detail="what the company divides its work and its income by"
      add="Add a business unit"
      rows={businessUnits}
      selected={selected}
      columns={[
        { key: 'name', header: 'Name', strong: true, cell: ({ name }) => name },
        { key: 'class', header: 'QuickBooks class', quiet: true, cell: ({ accountClass }) => accountClass || '\u2013' },
        inUse(),
      ]}
      form={(row, id, done) => (
        <UnitForm key={row?.id ?? id} isNew={!row} onSaved={done} initial={row ?? { id, name: '', position: businessUnits.length, accountClass: '', active: true }} />
      )}
    />
  )
}

function PriorityForm({ initial, isNew, onSaved }: FormProps<PriorityRow>) {
  const form = useRecordForm({
    record: `priorities/${initial.id}`,
    initial,
    fields: ['name', 'rank', 'rule', 'respondWithinMinutes'],
    send: ({ id, name, rank, rule, respondWithinMinutes, active }) => api.command('priority.save', { id, name, rank, rule, respondWithinMinutes, active }),
    said: 'Priority saved',
    onSaved: () => onSaved(initial.id),
  })
  return (
    <RecordPanel title={isNew ? 'New priority' : initial.name} form={form} action="Save the priority">
      <FieldRow>
        <FormText form={form} field="name" label="Name" required grow={2} />
        <FormNumber form={form} field="rank" label="Rank" hint="1 is the most urgent." />
      </FieldRow>
      <FormText form={form} field="rule" label="When to choose it" rows={3} hint="In words anybody would decide the same by." />
      <FormNumber form={form} field="respondWithinMinutes" label="Respond within" unit="minutes" />
      <FormSwitch form={form} field="active" label="In use" />
    </RecordPanel>
  )
}

export function PrioritiesSection({ settings, selected }: SectionProps) {
  const { priorities } = settings
  return (
    <SettingsList
      section="priorities"
      title="Priorities"
      detail="one table for the whole office"
      add="Add a priority"
      rows={priorities}
      selected={selected}
      columns={[
        { key: 'rank', header: 'Rank', width: '56px', align: 'right', cell: ({ rank }) => rank },
        { key: 'name', header: 'Name', width: 'minmax(96px, 160px)', strong: true, cell: ({ name }) => name },
        { key: 'rule', header: 'When to choose it', quiet: true, cell: ({ rule }) => rule },
        inUse(),
      ]}
      form={(row, id, done) => (
        <PriorityForm key={row?.id ?? id} isNew={!row} onSaved={done} initial={row ?? { id, name: '', rank: priorities.length + 1, rule: '', respondWithinMinutes: 480, active: true }} />
      )}
    />
  )
}

function JobTypeForm({ initial, isNew, onSaved, settings }: FormProps<JobTypeRow> & { readonly settings: Settings }) {
  const items = useQuery('settings.priceBook', {}).data?.items ?? []
  const form = useRecordForm({
    record: `jobTypes/${initial.id}`,
    initial,
    fields: ['name', 'businessUnitId', 'durationMinutes', 'skills', 'defaultPriorityId', 'defaultItemId', 'checklist', 'waiver', 'sells'],
    send: ({ id, name, businessUnitId, durationMinutes, skills, defaultPriorityId, defaultItemId, active, checklist, waiver, sells }) =>
      api.command('jobType.save', { id, name, businessUnitId, durationMinutes, skills, defaultPriorityId, defaultItemId, active, checklist, waiver: waiver?.trim() ? waiver : null, sells }),
    said: 'Job type saved',
    onSaved: () => onSaved(initial.id),
  })
  return (
    <RecordPanel title={isNew ? 'New job type' : initial.name} form={form} action="Save the job type">
      <FormText form={form} field="name" label="Name" required />
      <FieldRow>
        <FormChoice form={form} field="businessUnitId" label="Business unit" options={optionsOf(settings.businessUnits)} required />
        <FormNumber form={form} field="durationMinutes" label="Length of a visit" unit="minutes" />
      </FieldRow>
      <FormWords form={form} field="skills" label="Skills it needs" hint="Between commas. A window is offered where a technician has all of them." />
      <FormChoice form={form} field="defaultPriorityId" label="Priority to start with" options={optionsOf(settings.priorities)} required />
      <FormChoice
        form={form}
        field="defaultItemId"
        label="First line of a new job"
        options={items.filter((item) => item.active || item.id === initial.defaultItemId).map((item) => ({ value: item.id, label: item.name, detail: item.code }))}
        clearable
        hint="A job without a line never reaches the books."
      />
      <TextInput
        label="Waiver"
        value={form.draft.waiver ?? ''}
        onChange={(waiver) => form.set('waiver', waiver === '' ? null : waiver)}
        error={form.errorOf('waiver')}
        maxLength={80}
        placeholder="Roof access release"
        hint="Has to come back signed before work starts. Empty: none is needed."
      />
      <Switch label="A chance to sell, as an estimate is: who is suggested goes by what they have sold as well" checked={form.draft.sells === true} onChange={(sells) => form.set('sells', sells)} />
      <ChecklistFields items={form.draft.checklist} onChange={(checklist) => form.set('checklist', checklist === null ? null : [...checklist])} error={form.errorOf('checklist')} />
      <FormSwitch form={form} field="active" label="In use" />
    </RecordPanel>
  )
}

export function JobTypesSection({ settings, selected }: SectionProps) {
  const { jobTypes, businessUnits, priorities } = settings
  return (
    <SettingsList
      section="jobTypes"
      title="Job types"
      detail="what is booked: how long it takes and who can do it"
      add="Add a job type"
      rows={jobTypes}
      selected={selected}
      columns={[
        { key: 'name', header: 'Name', strong: true, cell: ({ name }) => name },
        { key: 'unit', header: 'Unit', width: 'minmax(80px, 128px)', cell: ({ businessUnitId }) => nameOf(businessUnits, businessUnitId) },
        { key: 'length', header: 'Minutes', width: '72px', align: 'right', cell: ({ durationMinutes }) => durationMinutes },
        { key: 'skills', header: 'Skills', quiet: true, cell: ({ skills }) => skills.join(', ') || '\u2013' },
        inUse(),
      ]}
      form={(row, id, done) => (
        <JobTypeForm
          key={row?.id ?? id}
          isNew={!row}
          onSaved={done}
          settings={settings}
          initial={
            row ?? { id, name: '', businessUnitId: businessUnits[0]?.id ?? '', durationMinutes: 90, skills: [], defaultPriorityId: priorities.at(-1)?.id ?? '', defaultItemId: null, active: true, checklist: [...STANDARD_CHECKLIST], waiver: null, sells: null }
          }
        />
      )}
    />
  )
}

const KIND_NAMES: Readonly<Record<(typeof ITEM_KINDS)[number], string>> = { service: 'Service', material: 'Material', equipment: 'Equipment', discount: 'Discount' }

function ItemForm({ initial, isNew, onSaved, settings }: FormProps<Item> & { readonly settings: Settings }) {
  const form = useRecordForm({
    record: `priceBook/${initial.id}`,
    initial,
    fields: ['code', 'name', 'description', 'kind', 'businessUnitId', 'priceCents', 'costCents'],
    send: ({ id, code, name, description, kind, businessUnitId, priceCents, costCents, taxable, active }) =>
      api.command('priceItem.save', { id, code, name, description, kind, businessUnitId, priceCents, costCents, taxable, active }),
    said: 'Price book item saved',
    onSaved: () => onSaved(initial.id),
  })
  const { kind, priceCents, costCents } = form.draft
  const margin = kind !== 'discount' && priceCents > 0 ? `${Math.round(((priceCents - costCents) / priceCents) * 100)}% margin` : null
  return (
    <RecordPanel title={isNew ? 'New price book item' : initial.name} form={form} action="Save the item">
      <FieldRow>
        <FormText form={form} field="code" label="Code" required maxLength={31} />
        <FormChoice form={form} field="kind" label="Kind" options={ITEM_KINDS.map((value) => ({ value, label: KIND_NAMES[value] }))} required />
      </FieldRow>
      <FormText form={form} field="name" label="Name" required />
      <FormText form={form} field="description" label="Description on the invoice" rows={3} />
      <FieldRow>
        <FormMoney form={form} field="priceCents" label={kind === 'discount' ? 'Takes off' : 'Price'} />
        <FormMoney form={form} field="costCents" label="Cost" hint={margin} />
      </FieldRow>
      <FormChoice form={form} field="businessUnitId" label="Business unit" options={optionsOf(settings.businessUnits)} clearable placeholder="Every unit" hint="Its own items come first where a line is chosen." />
      <div className="row">
        <FormSwitch form={form} field="taxable" label="Taxed" />
        <FormSwitch form={form} field="active" label="In use" />
      </div>
    </RecordPanel>
  )
}

export function PriceBookSection({ settings, selected }: SectionProps) {
  const { data, error, refetch } = useQuery('settings.priceBook', {})
  if (error && !data) return <ErrorNotice error={error} onRetry={refetch} />
  if (!data) return <LoadingLines />
  return (
    <SettingsList
      section="priceBook"
      title="Price book"
      detail={`${data.items.length} items`}
      add="Add an item"
      rows={data.items}
      selected={selected}
      columns={[
        { key: 'code', header: 'Code', width: 'minmax(72px, 112px)', cell: ({ code }) => code },
        { key: 'name', header: 'Name', strong: true, cell: ({ name }) => name },
        { key: 'kind', header: 'Kind', width: '88px', quiet: true, cell: ({ kind }) => KIND_NAMES[kind] },
        { key: 'cost', header: 'Cost', width: '88px', align: 'right', quiet: true, cell: ({ costCents }) => formatAmount(costCents) },
        { key: 'price', header: 'Price', width: '88px', align: 'right', cell: ({ priceCents }) => formatAmount(priceCents) },
        inUse(),
      ]}
      form={(row, id, done) => (
        <ItemForm
          key={row?.id ?? id}
          isNew={!row}
          onSaved={done}
          settings={settings}
          initial={row ?? { id, code: '', name: '', description: '', kind: 'service', businessUnitId: null, priceCents: 0, costCents: 0, taxable: false, active: true }}
        />
      )}
    />
  )
}
