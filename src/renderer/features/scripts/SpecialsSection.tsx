import { addDays } from '../../../shared/base/time.ts'
import { formatDay, wallTimeOf } from '../../../shared/base/zone.ts'
import { namesPrice } from '../../../shared/domain/scripts/merge.ts'
import { api, useQuery } from '../../api/api.ts'
import type { OutputOf } from '../../api/types.ts'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { FieldRow } from '../../components/Field.tsx'
import { LoadingLines } from '../../components/LoadingLines.tsx'
import { useNow } from '../../stores/clock.ts'
import { FormChoice, FormDay, FormSwitch, FormText, optionsOf } from '../settings/formFields.tsx'
import { RecordPanel } from '../settings/RecordPanel.tsx'
import type { SectionProps } from '../settings/sectionProps.ts'
import { inUse, SettingsList } from '../settings/SettingsList.tsx'
import { useRecordForm } from '../settings/useRecordForm.ts'

type Special = OutputOf<'scripts.list'>['specials'][number]

const KINDS = [
  { value: 'special', label: 'Special' },
  { value: 'membership', label: 'Membership' },
] as const

function SpecialForm({ initial, isNew, onSaved, settings }: { readonly initial: Special; readonly isNew: boolean; readonly onSaved: (id: string) => void; readonly settings: SectionProps['settings'] }) {
  const form = useRecordForm<Special>({
    record: `specials/${initial.id}`,
    initial,
    fields: ['name', 'kind', 'words', 'fromDay', 'toDay', 'businessUnitId'],
    send: ({ id, name, kind, words, fromDay, toDay, businessUnitId, active }) => api.command('special.save', { id, name, kind, words, fromDay, toDay, businessUnitId, active }),
    said: 'Special saved; calls that begin from now on say it',
    onSaved: () => onSaved(initial.id),
  })
  const hint = namesPrice(form.draft.words) ? 'It names a price: only people who may quote will see it.' : 'One or two sentences, as they are said.'
  return (
    <RecordPanel title={isNew ? 'New special' : initial.name} form={form} action="Save the special">
      <FieldRow>
        <FormText form={form} field="name" label="Name" required maxLength={60} grow={2} />
        <FormChoice form={form} field="kind" label="Kind" options={KINDS} required />
      </FieldRow>
      <FormText form={form} field="words" label="What is said" rows={3} required maxLength={300} hint={hint} />
      <FieldRow>
        <FormDay form={form} field="fromDay" label="First day" />
        <FormDay form={form} field="toDay" label="Last day" />
      </FieldRow>
      <FormChoice form={form} field="businessUnitId" label="Business unit" options={optionsOf(settings.businessUnits)} clearable placeholder="Every unit" />
      <FormSwitch form={form} field="active" label="In use" />
    </RecordPanel>
  )
}

/** What is on offer on which days, said at the steps of the script that offer it. */
export function SpecialsSection({ settings, selected }: SectionProps) {
  const today = wallTimeOf(useNow(), settings.company.zone).day
  const { data, error, refetch } = useQuery('scripts.list', {})
  if (error && !data) return <ErrorNotice error={error} onRetry={refetch} />
  if (!data) return <LoadingLines />
  return (
    <SettingsList
      section="specials"
      title="Specials"
      detail="what is offered on calls, on its days"
      add="Add a special"
      rows={data.specials}
      selected={selected}
      columns={[
        { key: 'name', header: 'Name', strong: true, cell: ({ name }) => name },
        { key: 'kind', header: 'Kind', width: '104px', quiet: true, cell: ({ kind }) => (kind === 'special' ? 'Special' : 'Membership') },
        { key: 'days', header: 'Days', width: '168px', cell: ({ fromDay, toDay }) => `${formatDay(fromDay)} to ${formatDay(toDay)}` },
        inUse(),
      ]}
      form={(row, id, done) => (
        <SpecialForm key={row?.id ?? id} isNew={!row} onSaved={done} settings={settings} initial={row ?? { id, name: '', kind: 'special', words: '', fromDay: today, toDay: addDays(today, 30), businessUnitId: null, active: true }} />
      )}
    />
  )
}
