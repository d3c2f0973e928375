import { useState } from 'react'
import { assertNever } from '../../../shared/base/assertNever.ts'
import { newId } from '../../../shared/base/id.ts'
import { DAY } from '../../../shared/base/time.ts'
import { formatDay, formatTime, wallTimeOf } from '../../../shared/base/zone.ts'
import type { ManualSettings } from '../../../shared/contract/methods/scripts.ts'
import { ROLE_NAMES, ROLES } from '../../../shared/domain/people/permissions.ts'
import { api, useQuery } from '../../api/api.ts'
import { useAction } from '../../api/useAction.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { Due } from '../../components/Due.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { LoadingLines } from '../../components/LoadingLines.tsx'
import { TextInput } from '../../components/TextInput.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { useNow } from '../../stores/clock.ts'
import { useZone } from '../../stores/session.ts'
import { toast } from '../../stores/toast.ts'
import { FormText, NumberInput, Switch } from '../settings/formFields.tsx'
import { RecordPanel } from '../settings/RecordPanel.tsx'
import type { SectionProps } from '../settings/sectionProps.ts'
import settings from '../settings/settings.module.css'
import { SettingsList } from '../settings/SettingsList.tsx'
import { type RecordForm, useRecordForm } from '../settings/useRecordForm.ts'
import classes from './editor.module.css'

const saved = ({ id, name, body, roles }: ManualSettings) => ({ manualId: id, name, body, roles })

/** Publishing gives everybody in its roles something to read, by a day. */
function Publishing({ form, isNew, onSaved }: { readonly form: RecordForm<ManualSettings>; readonly isNew: boolean; readonly onSaved: () => void }) {
  const { draft } = form
  const now = useNow()
  const [note, setNote] = useState('')
  const [days, setDays] = useState(7)
  const action = useAction()
  const publish = (): void => {
    void action
      .run(async () => {
        if (form.changed || isNew) await api.command('manual.save', saved(draft))
        await api.command('manual.publish', { manualId: draft.id, versionId: newId(), note, readByAt: now + days * DAY })
      })
      .then((done) => {
        if (!done) return
        form.discard()
        setNote('')
        toast('Published. Everybody in its roles has it to read.')
        // Its id is taken now: the next new manual is another one.
        onSaved()
      })
  }
  useHotkeys('Manual', [{ keys: 'Alt+U', label: 'Publish the manual', run: publish }])
  return (
    <fieldset className={settings['part']}>
      <legend className={settings['legend']}>Publish: whoever must read it has it as a promise until they say that they have</legend>
      <div className={settings['rowFields']}>
        <TextInput label="What is new" grow={2} value={note} onChange={setNote} maxLength={200} />
        <NumberInput label="To be read within" unit="days" value={days} onChange={setDays} />
        <span className={settings['fixed']}>
          <ActionButton label="Publish" keys="Alt+U" busy={action.busy} onClick={publish} />
        </span>
      </div>
      <ErrorNotice error={action.error} />
    </fieldset>
  )
}

function Readers({ manualId }: { readonly manualId: string }) {
  const zone = useZone()
  const readers = useQuery('manuals.readers', { manualId }).data?.readers ?? []
  return (
    <section className={settings['part']} aria-label="Who has read it">
      <h3>Who has read it</h3>
      {readers.length === 0 ? <p className="t3">Nobody has it to read yet.</p> : null}
      <ul className={classes['history']}>
        {readers.map(({ userId, name, state, dueAt, readAt }) => (
          <li key={userId}>
            <span>{name}</span>
            <span className="sp" />
            {state === 'due' || readAt === null ? <Due dueAt={dueAt} since={dueAt - 7 * DAY} /> : <span className="good-t">read {formatDay(wallTimeOf(readAt, zone).day)}, {formatTime(readAt, zone)}</span>}
          </li>
        ))}
      </ul>
    </section>
  )
}

function ManualForm({ initial, isNew, onSaved }: { readonly initial: ManualSettings; readonly isNew: boolean; readonly onSaved: (id: string) => void }) {
  const form = useRecordForm<ManualSettings>({
    record: `manuals/${initial.id}`,
    initial,
    fields: ['name', 'body', 'roles'],
    send: (draft) => api.command('manual.save', saved(draft)),
    said: 'Draft saved; people go on reading what is published',
    onSaved: () => onSaved(initial.id),
  })
  const { draft } = form
  const retire = (): void => {
    api.command('manual.retire', { manualId: initial.id }).then(
      () => toast('Retired. Nobody owes reading it any more.'),
      (thrown: unknown) => toast(thrown instanceof Error ? thrown.message : 'It was not retired.'),
    )
  }
  const wrong = form.errorOf('roles')
  return (
    <RecordPanel title={initial.name === '' ? 'New manual' : initial.name} form={form} action="Save the draft" more={!isNew && initial.state !== 'retired' ? <ActionButton label="Retire" onClick={retire} /> : null}>
      <FormText form={form} field="name" label="Name" required maxLength={80} />
      <FormText form={form} field="body" label="The manual" rows={16} required hint="An empty line begins a paragraph; a line that begins with # is a heading." />
      <fieldset className={settings['part']}>
        <legend className={settings['legend']}>Must be read by</legend>
        <div className={settings['checks']}>
          {ROLES.map((role) => (
            <Switch key={role} label={ROLE_NAMES[role]} checked={draft.roles.includes(role)} onChange={(checked) => form.set('roles', ROLES.filter((other) => (other === role ? checked : draft.roles.includes(other))))} />
          ))}
        </div>
        <ErrorNotice error={wrong === null ? null : { message: wrong }} />
      </fieldset>
      <Publishing form={form} isNew={isNew} onSaved={() => onSaved(initial.id)} />
      {isNew ? null : <Readers manualId={initial.id} />}
    </RecordPanel>
  )
}

function standing({ state, versionNumber, unpublished }: ManualSettings): string {
  switch (state) {
    case 'shipped':
      return 'As shipped'
    case 'draft':
      return 'Draft'
    case 'published':
      return `Version ${versionNumber}${unpublished ? ', newer draft' : ''}`
    case 'retired':
      return 'Retired'
    default:
      return assertNever(state, 'standing of a manual')
  }
}

/** The manuals of the office, and who has not read them yet. */
export function ManualsSection({ selected }: SectionProps) {
  const { data, error, refetch } = useQuery('manuals.settings', {})
  if (error && !data) return <ErrorNotice error={error} onRetry={refetch} />
  if (!data) return <LoadingLines />
  return (
    <div className={settings['wideForm']}>
      <SettingsList
        section="manuals"
        title="Manuals"
        detail="what people must have read"
        add="Write a manual"
        rows={data.manuals}
        selected={selected}
        columns={[
          { key: 'name', header: 'Name', strong: true, cell: ({ name }) => name },
          { key: 'state', header: 'Standing', width: '152px', cell: standing },
          { key: 'read', header: 'Have read it', width: '104px', align: 'right', cell: ({ read }) => read },
          { key: 'due', header: 'Have not', width: '80px', align: 'right', cell: ({ due }) => (due > 0 ? <b className="b">{due}</b> : 0) },
        ]}
        form={(row, id, done) => (
          <ManualForm key={row?.id ?? id} isNew={!row || row.state === 'shipped'} onSaved={done} initial={row ?? { id, name: '', body: '', roles: [], state: 'draft', versionNumber: 0, unpublished: true, read: 0, due: 0 }} />
        )}
      />
    </div>
  )
}
