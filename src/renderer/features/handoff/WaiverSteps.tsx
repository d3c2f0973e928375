import { type FormEvent, useState } from 'react'
import type { VisitDetail } from '../../../shared/contract/methods/dispatch.ts'
import { api } from '../../api/api.ts'
import { useAction } from '../../api/useAction.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { TextInput } from '../../components/TextInput.tsx'
import { toast } from '../../stores/toast.ts'
import classes from './handoff.module.css'

export type WaiverState = NonNullable<VisitDetail['waiver']>['state']

export const WAIVER_WORDS: Readonly<Record<WaiverState, string>> = { owed: 'Not sent yet', sent: 'Sent, not back', returned: 'Back, signed', none: 'Not needed' }

/** Why a job needs none, by the job: what is typed and not saved yet outlives the panel. */
const typedReasons = new Map<string, string>()

interface WaiverStepsProps {
  readonly jobId: string
  readonly state: WaiverState
  /** What it is called, for whoever hears of it. */
  readonly name: string
}

/** What can be said of a waiver that is not back: sent, back, or that this job needs none, with the reason. */
export function WaiverSteps({ jobId, state, name }: WaiverStepsProps) {
  const { run, busy, error } = useAction()
  const [why, setWhy] = useState<string | null>(typedReasons.get(jobId) ?? null)
  const say = (waiver: WaiverState, said = ''): void =>
    void run(async () => {
      await api.command('job.setWaiver', { jobId, waiver, said })
      typedReasons.delete(jobId)
      toast(`${name}: ${WAIVER_WORDS[waiver].toLowerCase()}`)
    })
  const changeWhy = (words: string): void => {
    typedReasons.set(jobId, words)
    setWhy(words)
  }
  if (state === 'returned' || state === 'none') return null
  return (
    <>
      <div className={classes['steps']}>
        {state === 'owed' ? <ActionButton small label="Sent" about={name} busy={busy} onClick={() => say('sent')} /> : null}
        <ActionButton small label="Back, signed" about={name} busy={busy} onClick={() => say('returned')} />
        {why === null ? <ActionButton small kind="quiet" label="Not needed" about={name} onClick={() => setWhy('')} /> : null}
      </div>
      {why === null ? null : (
        <form
          className={classes['fill']}
          aria-label="Why this job needs no waiver"
          onSubmit={(event: FormEvent) => {
            event.preventDefault()
            say('none', why.trim())
          }}
        >
          <TextInput label="Why this job needs none" autoFocus value={why} maxLength={200} onChange={changeWhy} />
          <ActionButton type="submit" small label="Not needed" keys="Enter" busy={busy} onClick={() => undefined} />
        </form>
      )}
      <ErrorNotice error={error} />
    </>
  )
}
