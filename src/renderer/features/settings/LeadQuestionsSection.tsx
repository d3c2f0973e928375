import { api, useQuery } from '../../api/api.ts'
import type { OutputOf } from '../../api/types.ts'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { LoadingLines } from '../../components/LoadingLines.tsx'
import { FormChoice, FormNumber, FormSwitch, FormText, FormWords, optionsOf } from './formFields.tsx'
import { RecordPanel } from './RecordPanel.tsx'
import type { SectionProps } from './sectionProps.ts'
import { inUse, SettingsList } from './SettingsList.tsx'
import { useRecordForm } from './useRecordForm.ts'

type Question = OutputOf<'leads.settings'>['questions'][number]

const NO_INPUT = {} as const

const KINDS = [
  { value: 'text', label: 'Words' },
  { value: 'yesNo', label: 'Yes or no' },
  { value: 'choice', label: 'One of several' },
  { value: 'number', label: 'A number' },
] as const

const KIND_NAMES: Readonly<Record<Question['kind'], string>> = { text: 'Words', yesNo: 'Yes or no', choice: 'One of several', number: 'A number' }

function QuestionForm({ initial, isNew, jobTypes, onSaved }: { readonly initial: Question; readonly isNew: boolean; readonly jobTypes: SectionProps['settings']['jobTypes']; readonly onSaved: (id: string) => void }) {
  const form = useRecordForm<Question>({
    record: `leadQuestions/${isNew ? 'new' : initial.id}`,
    initial,
    fields: ['label', 'jobTypeId', 'kind', 'options', 'position'],
    send: (draft) => api.command('leadQuestion.save', draft),
    said: 'Question saved',
    onSaved: ({ id }) => onSaved(id),
  })
  return (
    <RecordPanel title={isNew ? 'New question' : initial.label} form={form} action="Save the question">
      <FormText form={form} field="label" label="Question" required maxLength={120} hint="How old is the system?" />
      <FormChoice form={form} field="jobTypeId" label="Asked for" options={optionsOf(jobTypes.filter(({ active }) => active))} clearable placeholder="Every job type" />
      <FormChoice form={form} field="kind" label="Answered by" options={KINDS} required />
      {form.draft.kind === 'choice' ? <FormWords form={form} field="options" label="Answers, with commas between" required /> : null}
      <FormNumber form={form} field="position" label="Place in the list" required />
      <FormSwitch form={form} field="active" label="In use" />
    </RecordPanel>
  )
}

/** What qualifies leads, by job type; asked on the lead and in its booking. */
export function LeadQuestionsSection({ settings: { jobTypes }, selected }: SectionProps) {
  const { data, error, refetch } = useQuery('leads.settings', NO_INPUT)
  if (!data) return error ? <ErrorNotice error={error} onRetry={refetch} /> : <LoadingLines />
  const nameOf = (id: string | null): string => (id === null ? 'Every job type' : (jobTypes.find((jobType) => jobType.id === id)?.name ?? '\u2013'))
  return (
    <SettingsList
      section="leadQuestions"
      title="Qualification"
      detail="asked on the lead and in its booking"
      add="Add a question"
      empty="Nothing is asked yet. Add what has to be known before somebody drives out."
      rows={data.questions}
      selected={selected}
      columns={[
        { key: 'label', header: 'Question', width: 'minmax(0, 2fr)', strong: true, cell: ({ label }) => label },
        { key: 'jobType', header: 'Asked for', cell: ({ jobTypeId }) => nameOf(jobTypeId) },
        { key: 'kind', header: 'Answered by', width: '132px', quiet: true, cell: ({ kind }) => KIND_NAMES[kind] },
        inUse(),
      ]}
      form={(row, id, done) => <QuestionForm key={row?.id ?? id} isNew={!row} jobTypes={jobTypes} onSaved={done} initial={row ?? { id, jobTypeId: null, position: data.questions.length, label: '', kind: 'text', options: [], active: true }} />}
    />
  )
}
