import { api, useQuery } from '../../api/api.ts'
import { asContractError } from '../../api/errors.ts'
import type { OutputOf } from '../../api/types.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { LoadingLines } from '../../components/LoadingLines.tsx'
import { toast } from '../../stores/toast.ts'
import { FormSwitch, FormText } from './formFields.tsx'
import { RecordPanel } from './RecordPanel.tsx'
import type { SectionProps } from './sectionProps.ts'
import { SettingsList } from './SettingsList.tsx'
import { useRecordForm } from './useRecordForm.ts'

type Area = OutputOf<'serviceArea.list'>['rows'][number]

const NO_INPUT = {} as const

/** The ZIP codes in what somebody typed or pasted, in any shape: lines, commas, spaces. */
function prefixesIn(text: string): readonly string[] {
  return [...new Set(text.split(/[\s,;]+/).filter((part) => part !== ''))]
}

function AreaForm({ initial, isNew, onSaved }: { readonly initial: Area; readonly isNew: boolean; readonly onSaved: (prefix: string) => void }) {
  const form = useRecordForm({
    record: `serviceArea/${isNew ? 'new' : initial.prefix}`,
    initial: { ...initial, prefixes: initial.prefix },
    fields: ['prefixes', 'city', 'state', 'note'],
    send: ({ prefixes, city, state, inside, note }) => api.command('serviceArea.save', { prefixes: [...prefixesIn(prefixes)], city, state, inside, note }),
    said: 'Service area saved',
    onSaved: ({ prefixes }) => onSaved(prefixesIn(prefixes)[0] ?? ''),
  })
  const refused = (thrown: unknown): void => toast(asContractError(thrown).message)
  const putBack = (): void => {
    const { prefix, city, state, inside, note } = initial
    api.command('serviceArea.save', { prefixes: [prefix], city, state, inside, note }).catch(refused)
  }
  const remove = (): void => {
    api.command('serviceArea.remove', { prefix: initial.prefix }).then(
      () => toast(`${initial.prefix} is not in the list any more.`, putBack),
      refused,
    )
  }
  return (
    <RecordPanel title={isNew ? 'New ZIP codes' : initial.prefix} form={form} action="Save the ZIP codes" more={isNew ? null : <ActionButton kind="quiet" label="Take it out" onClick={remove} />}>
      <FormText form={form} field="prefixes" label="ZIP codes, or their first three or four digits" rows={3} required hint="Paste as many as you like: 60601 60602 606" />
      <FormText form={form} field="city" label="City" maxLength={31} hint="Empty where they are several" />
      <FormText form={form} field="state" label="State" maxLength={21} />
      <FormSwitch form={form} field="inside" label="Inside the service area" />
      <FormText form={form} field="note" label="What is said about it" maxLength={200} hint="A trip charge, or whom to call instead" />
    </RecordPanel>
  )
}

export function ServiceAreaSection({ selected }: SectionProps) {
  const { data, error, refetch } = useQuery('serviceArea.list', NO_INPUT)
  if (error && !data) return <ErrorNotice error={error} onRetry={refetch} />
  if (!data) return <LoadingLines />
  return (
    <SettingsList
      section="serviceArea"
      title="Service area"
      detail="said as soon as a ZIP code is typed; the longest that fits decides"
      add="Add ZIP codes"
      rows={data.rows.map((row) => ({ ...row, id: row.prefix }))}
      selected={selected}
      columns={[
        { key: 'prefix', header: 'ZIP', width: '88px', strong: true, cell: ({ prefix }) => (prefix.length < 5 ? `${prefix}\u2026` : prefix) },
        { key: 'place', header: 'City', cell: ({ city, state }) => [city, state].filter(Boolean).join(', ') || '\u2013' },
        { key: 'inside', header: 'Service', width: '96px', cell: ({ inside }) => (inside ? 'Inside' : 'Outside') },
        { key: 'note', header: 'Said about it', quiet: true, cell: ({ note }) => note || '\u2013' },
      ]}
      form={(row, id, done) => <AreaForm key={row?.prefix ?? id} isNew={!row} onSaved={done} initial={row ?? { prefix: '', city: '', state: '', inside: true, note: '' }} />}
    />
  )
}
