import { useEffect, useState } from 'react'
import type { QueueSettings } from '../../../shared/contract/methods/settings.ts'
import { ROLE_NAMES, ROLES } from '../../../shared/domain/people/permissions.ts'
import { queueId } from '../../../shared/domain/promises/defaultQueues.ts'
import { SETTABLE_FIELDS } from '../../../shared/domain/promises/subjects.ts'
import { SUBJECT_KINDS, type SubjectKind } from '../../../shared/domain/promises/tables.ts'
import { api, useQuery } from '../../api/api.ts'
import { Choice } from '../../components/Choice.tsx'
import { FieldRow } from '../../components/Field.tsx'
import { StateGlyph } from '../../components/StateGlyph.tsx'
import { FormChoice, FormNumber, FormSwitch, FormText } from './formFields.tsx'
import { clausesOf, clauseWords, fieldsFor, fieldWords, minutesWords } from './queueClauses.ts'
import { QueueOutcomes } from './QueueOutcomes.tsx'
import { ConditionRule, DueRuleField } from './QueueRules.tsx'
import { RecordPanel } from './RecordPanel.tsx'
import type { SectionProps } from './sectionProps.ts'
import classes from './settings.module.css'
import { inUse, SettingsList } from './SettingsList.tsx'
import { useRecordForm } from './useRecordForm.ts'

const KIND_NAMES: Readonly<Record<SubjectKind, string>> = { call: 'Calls', appointment: 'Visits', job: 'Jobs', invoice: 'Invoices', batch: 'Batches', refused_change: 'Changes that could not stand', suspense_payment: 'Money in suspense', effect: 'What is sent', task: 'Tasks', read_receipt: 'Manuals to read', alert: 'Emergencies', handed_draft: 'Drafts handed over', wait_entry: 'People on the wait list', lead: 'Leads', material_list: 'Material lists' }

/** A first condition for each kind of record, to be changed. */
const FIRST_CONDITION: Readonly<Record<SubjectKind, QueueSettings['condition']>> = {
  call: { kind: 'compare', by: 'eq', left: { kind: 'field', name: 'followUp' }, right: { kind: 'value', value: 'owed' } },
  appointment: { kind: 'compare', by: 'eq', left: { kind: 'field', name: 'state' }, right: { kind: 'value', value: 'scheduled' } },
  job: { kind: 'compare', by: 'eq', left: { kind: 'field', name: 'state' }, right: { kind: 'value', value: 'open' } },
  invoice: { kind: 'compare', by: 'eq', left: { kind: 'field', name: 'state' }, right: { kind: 'value', value: 'draft' } },
  batch: { kind: 'compare', by: 'eq', left: { kind: 'field', name: 'state' }, right: { kind: 'value', value: 'open' } },
  refused_change: { kind: 'compare', by: 'eq', left: { kind: 'field', name: 'state' }, right: { kind: 'value', value: 'open' } },
  suspense_payment: { kind: 'compare', by: 'eq', left: { kind: 'field', name: 'state' }, right: { kind: 'value', value: 'open' } },
  effect: { kind: 'compare', by: 'eq', left: { kind: 'field', name: 'state' }, right: { kind: 'value', value: 'uncertain' } },
  alert: { kind: 'compare', by: 'eq', left: { kind: 'field', name: 'state' }, right: { kind: 'value', value: 'open' } },
  task: { kind: 'compare', by: 'eq', left: { kind: 'field', name: 'state' }, right: { kind: 'value', value: 'open' } },
  read_receipt: { kind: 'compare', by: 'eq', left: { kind: 'field', name: 'state' }, right: { kind: 'value', value: 'due' } },
  handed_draft: { kind: 'compare', by: 'eq', left: { kind: 'field', name: 'state' }, right: { kind: 'value', value: 'waiting' } },
  wait_entry: { kind: 'compare', by: 'eq', left: { kind: 'field', name: 'state' }, right: { kind: 'value', value: 'waiting' } },
  lead: { kind: 'compare', by: 'eq', left: { kind: 'field', name: 'state' }, right: { kind: 'value', value: 'new' } },
  material_list: { kind: 'compare', by: 'eq', left: { kind: 'field', name: 'state' }, right: { kind: 'value', value: 'owed' } },
}

function keyFor(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 60)
}

/** Waits until typing pauses, so that the preview does not run at every letter. */
function useSettled<Value>(value: Value, milliseconds: number): Value {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), milliseconds)
    return () => clearTimeout(timer)
  }, [value, milliseconds])
  return settled
}

/** What saving would do: how many records the queue would hold, or what is wrong with it. */
function Preview({ draft }: { readonly draft: QueueSettings }) {
  const settled = useSettled(draft, 300)
  const { data, error } = useQuery('settings.previewQueue', { queue: settled }, { keep: true })
  const problem = data?.problem?.message ?? error?.message
  return (
    <p className={classes['words']} aria-live="polite">
      {problem ? (
        <>
          <StateGlyph state="alert" /> {problem}
        </>
      ) : data ? (
        `Saved so, it would hold ${data.matches} of ${data.records} ${KIND_NAMES[settled.subjectKind].toLowerCase()} now.`
      ) : (
        'Counting\u2026'
      )}
    </p>
  )
}

function QueueForm({ initial, isNew, onSaved }: { readonly initial: QueueSettings; readonly isNew: boolean; readonly onSaved: (id: string) => void }) {
  const form = useRecordForm<QueueSettings>({
    record: `queues/${isNew ? 'new' : initial.id}`,
    initial,
    fields: ['name', 'subjectKind', 'condition', 'due', 'boundMinutes', 'holderRole', 'holderField', 'roleField', 'escalateRole', 'title', 'nextStep', 'outcomes', 'position'],
    send: (draft) => api.command('queue.save', keyed(draft)),
    said: 'Queue saved; its promises are as it says now',
    onSaved: (draft) => onSaved(keyed(draft).id),
  })
  const keyed = (draft: QueueSettings): QueueSettings => (isNew ? { ...draft, key: keyFor(draft.name), id: queueId(keyFor(draft.name)) } : draft)
  const { draft } = form
  const persons = [...fieldsFor(draft.subjectKind)].filter(([, column]) => column.references === 'user').map(([name]) => ({ value: name, label: fieldWords(name) }))
  const roles = [...fieldsFor(draft.subjectKind)].filter(([, column]) => column.values === ROLES).map(([name]) => ({ value: name, label: fieldWords(name) }))
  const become = (subjectKind: SubjectKind): void => {
    const settles = Object.keys(SETTABLE_FIELDS[subjectKind]).length > 0
    form.setAll({ ...draft, subjectKind, condition: FIRST_CONDITION[subjectKind], holderField: null, roleField: null, due: { kind: 'plusMinutes', of: { kind: 'openedAt' }, minutes: 60 }, outcomes: draft.outcomes.filter((outcome) => outcome.effect.kind === 'retry' || (settles && subjectKind === draft.subjectKind)) })
  }
  return (
    <RecordPanel title={isNew ? 'New queue' : initial.name} form={form} action="Save the queue">
      <FieldRow>
        <FormText form={form} field="name" label="Name" required maxLength={60} grow={2} />
        <FormNumber form={form} field="position" label="Place in lists" />
      </FieldRow>
      {isNew ? <Choice label="It is about" options={SUBJECT_KINDS.map((value) => ({ value, label: KIND_NAMES[value] }))} value={draft.subjectKind} onChange={become} /> : null}
      <FieldRow>
        <FormText form={form} field="title" label="What it promises" required hint="{customer}, {number} and {title} are filled in." />
        <FormText form={form} field="nextStep" label="Next step" required maxLength={200} />
      </FieldRow>
      <FieldRow>
        <FormChoice form={form} field="holderRole" label="Held by" options={ROLES.map((role) => ({ value: role, label: ROLE_NAMES[role] }))} required />
        <FormChoice form={form} field="holderField" label="or by the record’s own person" options={persons} clearable placeholder={persons.length > 0 ? 'Nobody' : 'It names nobody'} />
      </FieldRow>
      <FieldRow>
        <FormChoice form={form} field="roleField" label="or by the record’s own role" options={roles} clearable placeholder={roles.length > 0 ? 'The role above' : 'It names no role'} />
        <FormChoice form={form} field="escalateRole" label="Once late, also with" options={ROLES.map((role) => ({ value: role, label: ROLE_NAMES[role] }))} clearable placeholder="Nobody else" />
      </FieldRow>
      <ConditionRule kind={draft.subjectKind} value={draft.condition} onChange={(condition) => form.set('condition', condition)} error={form.errorOf('condition')} />
      <Preview draft={keyed(draft)} />
      <DueRuleField kind={draft.subjectKind} value={draft.due} onChange={(due) => form.set('due', due)} error={form.errorOf('due')} />
      <FormNumber form={form} field="boundMinutes" label="Never further away than" unit="minutes" hint={minutesWords(draft.boundMinutes)} />
      <QueueOutcomes kind={draft.subjectKind} outcomes={draft.outcomes} onChange={(outcomes) => form.set('outcomes', outcomes)} error={form.errorOf('outcomes')} />
      <FormSwitch form={form} field="active" label="In use" />
    </RecordPanel>
  )
}

function conditionWords({ condition, subjectKind }: QueueSettings): string {
  return clausesOf(condition, subjectKind)?.map(clauseWords).join(', ') ?? 'a rule of its own'
}

/** The queues: what the office promises, as rows anybody who may change settings can change. */
export function QueuesSection({ settings, selected }: SectionProps) {
  const { queues } = settings
  return (
    <div className={classes['wideForm']}>
      <SettingsList
        section="queues"
        title="Queues"
        detail="what the office promises, who holds it, by when"
        add="Add a queue"
        rows={queues}
        selected={selected}
        columns={[
          { key: 'name', header: 'Name', width: 'minmax(0, 1fr)', strong: true, cell: ({ name }) => name },
          { key: 'about', header: 'While', width: 'minmax(0, 1.3fr)', quiet: true, cell: conditionWords },
          { key: 'holder', header: 'Held by', width: 'minmax(0, 0.7fr)', cell: ({ holderRole }) => ROLE_NAMES[holderRole] },
          inUse(),
        ]}
        form={(row, _id, done) => (
          <QueueForm
            key={row?.id ?? 'new'}
            isNew={!row}
            onSaved={done}
            initial={
              row ?? {
                id: queueId('new-queue'),
                key: 'new-queue',
                name: '',
                position: (queues.at(-1)?.position ?? 0) + 10,
                subjectKind: 'call',
                condition: FIRST_CONDITION.call,
                due: { kind: 'plusMinutes', of: { kind: 'openedAt' }, minutes: 60 },
                boundMinutes: 7 * 1440,
                holderRole: 'inboundCsr',
                holderField: null,
                roleField: null,
                escalateRole: null,
                title: '',
                nextStep: '',
                outcomes: [{ key: 'reached', label: 'Reached', shortcut: 'C', effect: { kind: 'settle', set: { followUp: 'done' } }, needsNote: false }],
                active: true,
              }
            }
          />
        )}
      />
    </div>
  )
}
