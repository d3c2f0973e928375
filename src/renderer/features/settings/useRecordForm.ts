import { useState } from 'react'
import type { CommandAnswer } from '../../api/types.ts'
import { asContractError } from '../../api/errors.ts'
import { toast } from '../../stores/toast.ts'
import { currentDraft, dropDraft, keepDraft, useDraft, useDraftKey } from './drafts.ts'

export interface RecordForm<Draft> {
  readonly draft: Draft
  readonly changed: boolean
  readonly busy: boolean
  /** How often saving was refused: the form goes to the gap each time. */
  readonly refusals: number
  readonly set: <K extends keyof Draft>(field: K, value: Draft[K]) => void
  readonly setAll: (draft: Draft) => void
  /** The sentence under a field: what the backend found wrong with it. */
  readonly errorOf: (field: string) => string | null
  /** What is wrong and belongs to no field on the form. */
  readonly error: { readonly message: string } | null
  readonly save: () => void
  readonly discard: () => void
}

export interface RecordFormOptions<Draft> {
  /** Names the draft: section and record. */
  readonly record: string
  readonly initial: Draft
  /** The fields the form shows: an error elsewhere is said above the button. */
  readonly fields: readonly (keyof Draft & string)[]
  readonly send: (draft: Draft) => Promise<CommandAnswer | object>
  readonly said: string
  readonly onSaved?: (draft: Draft) => void
}

/** `set.name`, `account.name` and `name` are all the field `name`; `outcomes.0.label` belongs to `outcomes`. */
const fieldOf = (path: string): string => path.replace(/^(?:set|account|secrets)\./, '').split('.')[0] ?? ''

/** A form over one record: what is typed is kept until it is saved or discarded, errors land on their fields. */
export function useRecordForm<Draft extends object>({ record, initial, fields, send, said, onSaved }: RecordFormOptions<Draft>): RecordForm<Draft> {
  const draftKey = useDraftKey()(record)
  const kept = useDraft<Draft>(draftKey)
  const [refused, setWrong] = useState<{ readonly draftKey: string; readonly field: string; readonly message: string } | null>(null)
  const [busy, setBusy] = useState(false)
  const [refusals, setRefusals] = useState(0)
  const draft = kept ?? initial
  // What was wrong with one record is not wrong with another that the same form goes to.
  const wrong = refused?.draftKey === draftKey ? refused : null
  const onForm = wrong !== null && fields.some((field) => field === wrong.field)

  const save = (): void => {
    if (busy) return
    setBusy(true)
    setWrong(null)
    send(draft).then(
      () => {
        setBusy(false)
        dropDraft(draftKey)
        toast(said)
        onSaved?.(draft)
      },
      (thrown: unknown) => {
        setBusy(false)
        const { field, message } = asContractError(thrown)
        setWrong({ draftKey, field: fieldOf(field ?? ''), message })
        setRefusals((count) => count + 1)
      },
    )
  }

  return {
    draft,
    changed: kept !== undefined,
    busy,
    refusals,
    set: (field, value) => {
      if (wrong?.field === field) setWrong(null)
      // An undo comes seconds later: what was typed in other fields since stays.
      keepDraft(draftKey, { ...(currentDraft<Draft>(draftKey) ?? draft), [field]: value })
    },
    setAll: (next) => keepDraft(draftKey, next),
    errorOf: (field) => (wrong?.field === field ? wrong.message : null),
    error: wrong !== null && !onForm ? { message: wrong.message } : null,
    save,
    discard: () => {
      dropDraft(draftKey)
      setWrong(null)
    },
  }
}
