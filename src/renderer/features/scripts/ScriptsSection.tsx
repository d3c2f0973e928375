import { useState } from 'react'
import { newId } from '../../../shared/base/id.ts'
import type { ScriptSettings } from '../../../shared/contract/methods/scripts.ts'
import { scriptProblem } from '../../../shared/domain/scripts/check.ts'
import { REQUIRABLE_FIELDS, REQUIRABLE_NAMES, SCRIPT_PURPOSE_NAMES, SCRIPT_PURPOSES, type ScriptPurpose } from '../../../shared/domain/scripts/content.ts'
import { shippedScript } from '../../../shared/domain/scripts/shipped.ts'
import { api, useQuery } from '../../api/api.ts'
import { useAction } from '../../api/useAction.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { Choice } from '../../components/Choice.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { FieldRow } from '../../components/Field.tsx'
import { LoadingLines } from '../../components/LoadingLines.tsx'
import { TextInput } from '../../components/TextInput.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { toast } from '../../stores/toast.ts'
import { FormChoice, FormText, optionsOf, Switch } from '../settings/formFields.tsx'
import { RecordPanel } from '../settings/RecordPanel.tsx'
import type { SectionProps } from '../settings/sectionProps.ts'
import settings from '../settings/settings.module.css'
import { SettingsList } from '../settings/SettingsList.tsx'
import { type RecordForm, useRecordForm } from '../settings/useRecordForm.ts'
import { History } from './History.tsx'
import { Preview } from './Preview.tsx'
import { QuestionsEditor } from './QuestionsEditor.tsx'
import { StepsEditor } from './StepsEditor.tsx'

type Settings = SectionProps['settings']
type Content = ScriptSettings['content']

/** The shipped words as a first draft, to be changed. */
function shippedContent(purpose: ScriptPurpose): Content {
  const { steps, questions, required } = shippedScript(purpose).content
  return {
    steps: steps.map((step) => ({ ...step, words: [...step.words] })),
    questions: questions.map((question) => ({ ...question, options: [...question.options] })),
    required: [...required],
  }
}

const STATE_WORDS: Readonly<Record<ScriptSettings['state'], string>> = { draft: 'Draft', published: 'In use', retired: 'Retired' }

function standing({ state, versionNumber, unpublished }: ScriptSettings): string {
  if (state !== 'published') return STATE_WORDS[state]
  return unpublished ? `Version ${versionNumber}, newer draft` : `Version ${versionNumber}`
}

function Required({ form }: { readonly form: RecordForm<ScriptSettings> }) {
  const { content } = form.draft
  return (
    <fieldset className={settings['part']}>
      <legend className={settings['legend']}>Asked for as well, where it is not recorded yet</legend>
      <div className={settings['checks']}>
        {REQUIRABLE_FIELDS.map((field) => (
          <Switch
            key={field}
            label={REQUIRABLE_NAMES[field]}
            checked={content.required.includes(field)}
            onChange={(checked) => form.set('content', { ...content, required: REQUIRABLE_FIELDS.filter((other) => (other === field ? checked : content.required.includes(other))) })}
          />
        ))}
      </div>
    </fieldset>
  )
}

/** Publishing, with what is new in it; what is typed is saved first. */
function Publishing({ form, isNew, initial, onSaved }: { readonly form: RecordForm<ScriptSettings>; readonly isNew: boolean; readonly initial: ScriptSettings; readonly onSaved: () => void }) {
  const { draft } = form
  const [note, setNote] = useState('')
  const action = useAction()
  const problem = scriptProblem(draft.purpose, draft.content)
  const publish = (): void => {
    void action
      .run(async () => {
        if (form.changed || isNew) await api.command('script.save', saved(draft))
        await api.command('script.publish', { scriptId: draft.id, versionId: newId(), note })
      })
      .then((done) => {
        if (!done) return
        form.discard()
        setNote('')
        toast('Published. Calls that begin from now on say it.')
        // Its id is taken now: the next new script is another one.
        onSaved()
      })
  }
  useHotkeys(initial.name === '' ? 'New script' : initial.name, [{ keys: 'Alt+U', label: 'Publish the script', run: publish }])
  return (
    <fieldset className={settings['part']}>
      <legend className={settings['legend']}>Publish: live calls go on with the words they began with</legend>
      <div className={settings['rowFields']}>
        <TextInput label="What is new" value={note} onChange={setNote} maxLength={200} error={problem?.message} />
        <span className={settings['fixed']}>
          <ActionButton label="Publish" keys="Alt+U" busy={action.busy} onClick={publish} />
        </span>
      </div>
      <ErrorNotice error={action.error} />
    </fieldset>
  )
}

/** As it is saved: an empty line between answers is none. */
const saved = ({ id, name, purpose, businessUnitId, jobTypeId, content }: ScriptSettings) => ({
  scriptId: id,
  name,
  purpose,
  businessUnitId,
  jobTypeId,
  content: { ...content, questions: content.questions.map((question) => ({ ...question, options: question.options.filter((option) => option.trim() !== '') })) },
})

function ScriptForm({ initial, isNew, onSaved, all }: { readonly initial: ScriptSettings; readonly isNew: boolean; readonly onSaved: (id: string) => void; readonly all: Settings }) {
  const form = useRecordForm<ScriptSettings>({
    record: `scripts/${initial.id}`,
    initial,
    fields: ['name', 'purpose', 'businessUnitId', 'jobTypeId'],
    send: (draft) => api.command('script.save', saved(draft)),
    said: 'Draft saved; calls go on with what is published',
    onSaved: () => onSaved(initial.id),
  })
  const { draft } = form
  const types = all.jobTypes.filter(({ businessUnitId }) => draft.businessUnitId === null || businessUnitId === draft.businessUnitId)
  const become = (purpose: ScriptPurpose): void => form.setAll({ ...draft, purpose, ...(isNew && !form.changed ? { content: shippedContent(purpose) } : {}) })
  const take = (content: Content, number: number): void => {
    const { content: before } = draft
    form.set('content', content)
    toast(`The words of version ${number} are in the draft now.`, () => form.set('content', before))
  }
  const retire = (): void => {
    api.command('script.retire', { scriptId: initial.id }).then(
      () => toast('Retired. What was booked with it keeps its words.'),
      (thrown: unknown) => toast(thrown instanceof Error ? thrown.message : 'It was not retired.'),
    )
  }
  return (
    <RecordPanel
      title={isNew ? 'New script' : initial.name}
      form={form}
      action="Save the draft"
      more={!isNew && initial.state !== 'retired' ? <ActionButton label="Retire" onClick={retire} /> : null}
    >
      <FormText form={form} field="name" label="Name" required maxLength={60} />
      <FieldRow>
        <Choice label="For" options={SCRIPT_PURPOSES.map((value) => ({ value, label: SCRIPT_PURPOSE_NAMES[value] }))} value={draft.purpose} onChange={become} error={form.errorOf('purpose')} />
        <FormChoice form={form} field="businessUnitId" label="Business unit" options={optionsOf(all.businessUnits)} clearable placeholder="Every unit" />
        <FormChoice form={form} field="jobTypeId" label="Job type" options={optionsOf(types)} clearable placeholder="Every job type" />
      </FieldRow>
      <StepsEditor steps={draft.content.steps} onChange={(steps) => form.set('content', { ...draft.content, steps })} />
      <QuestionsEditor questions={draft.content.questions} onChange={(questions) => form.set('content', { ...draft.content, questions })} />
      <Required form={form} />
      <Preview content={draft.content} companyName={all.company.name} />
      <Publishing form={form} isNew={isNew} initial={initial} onSaved={() => onSaved(initial.id)} />
      {isNew ? null : <History scriptId={initial.id} onTake={take} />}
    </RecordPanel>
  )
}

/** What is said on calls: written here, seen as it will be said, and published when it is right. */
export function ScriptsSection({ settings: all, selected }: SectionProps) {
  const { data, error, refetch } = useQuery('scripts.list', {})
  if (error && !data) return <ErrorNotice error={error} onRetry={refetch} />
  if (!data) return <LoadingLines />
  const nameOf = (rows: readonly { readonly id: string; readonly name: string }[], id: string | null, every: string): string => (id === null ? every : (rows.find((row) => row.id === id)?.name ?? '\u2013'))
  return (
    <div className={settings['wideForm']}>
      <SettingsList
        section="scripts"
        title="Scripts"
        detail="what is said on calls; the one bound most closely is used, and the shipped one where there is none"
        add="Write a script"
        empty="No script of your own. Calls are led by the words Baton comes with."
        rows={data.scripts}
        selected={selected}
        columns={[
          { key: 'name', header: 'Name', strong: true, cell: ({ name }) => name },
          { key: 'purpose', header: 'For', width: '120px', cell: ({ purpose }) => SCRIPT_PURPOSE_NAMES[purpose] },
          { key: 'unit', header: 'Unit', width: '104px', quiet: true, cell: ({ businessUnitId }) => nameOf(all.businessUnits, businessUnitId, 'Every unit') },
          { key: 'type', header: 'Job type', quiet: true, cell: ({ jobTypeId }) => nameOf(all.jobTypes, jobTypeId, 'Every type') },
          { key: 'state', header: 'Standing', width: '152px', cell: standing },
        ]}
        form={(row, id, done) => (
          <ScriptForm
            key={row?.id ?? id}
            isNew={!row}
            onSaved={done}
            all={all}
            initial={row ?? { id, name: '', purpose: 'booking', businessUnitId: null, jobTypeId: null, content: shippedContent('booking'), state: 'draft', versionNumber: 0, unpublished: true }}
          />
        )}
      />
    </div>
  )
}
