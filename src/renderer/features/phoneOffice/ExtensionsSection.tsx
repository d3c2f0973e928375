import type { OfficeExtension } from '../../../shared/contract/methods/phoneOffice.ts'
import { api, useQuery } from '../../api/api.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { DataTable } from '../../components/DataTable.tsx'
import { LoadingLines } from '../../components/LoadingLines.tsx'
import { ScreenBar } from '../../components/ScreenBar.tsx'
import { TextInput } from '../../components/TextInput.tsx'
import { navigate, routeHref } from '../../stores/route.ts'
import { FormWords } from '../settings/formFields.tsx'
import { RecordPanel } from '../settings/RecordPanel.tsx'
import type { SectionProps } from '../settings/sectionProps.ts'
import classes from '../settings/settings.module.css'
import { useRecordForm } from '../settings/useRecordForm.ts'

const NO_INPUT = {} as const

function ExtensionForm({ initial }: { readonly initial: OfficeExtension }) {
  const form = useRecordForm({
    record: `extensions/${initial.id}`,
    initial,
    fields: ['extension', 'groups', 'skills'],
    send: ({ id, extension, groups, skills }) => api.command('phoneExtension.save', { userId: id, extension, groups, skills }),
    said: 'Extension saved',
  })
  return (
    <RecordPanel title={initial.name} form={form} action="Save the extension">
      <TextInput label="Extension" inputMode="tel" value={form.draft.extension ?? ''} onChange={(extension) => form.set('extension', extension)} maxLength={12} error={form.errorOf('extension')} />
      <FormWords form={form} field="groups" label="Groups, offered as one in a transfer (between commas)" />
      <FormWords form={form} field="skills" label="Skills: lines that ask for them ring this person first" />
    </RecordPanel>
  )
}

/** Who is reached where. Everybody of the office stands here already. */
export function ExtensionsSection({ selected }: SectionProps) {
  const people = useQuery('phoneOffice.settings', NO_INPUT).data?.extensions
  if (!people) return <LoadingLines />
  const row = people.find(({ id }) => id === selected) ?? people[0]
  return (
    <div className={classes['list']}>
      <div className={classes['listSide']}>
        <ScreenBar title="Extensions and skills" detail="who is reached where, and rung for what" actions={<ActionButton small label="People" onClick={() => (location.hash = routeHref({ area: 'settings', path: ['people'] }))} />} />
        <DataTable
          label="Extensions and skills"
          main
          dense
          rows={people}
          rowId={({ id }) => id}
          selectedId={row?.id ?? null}
          onSelect={(id) => navigate({ area: 'settings', path: ['extensions', id] }, { replace: true })}
          columns={[
            { key: 'name', header: 'Name', strong: true, cell: ({ name }) => name },
            { key: 'extension', header: 'Extension', width: '88px', cell: ({ extension }) => extension ?? '\u2013' },
            { key: 'groups', header: 'Groups', quiet: true, cell: ({ groups }) => groups.join(', ') || '\u2013' },
            { key: 'skills', header: 'Skills', quiet: true, cell: ({ skills }) => skills.join(', ') || '\u2013' },
          ]}
        />
      </div>
      {row ? <ExtensionForm key={row.id} initial={row} /> : null}
    </div>
  )
}
