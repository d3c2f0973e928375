import type { VisitDetail } from '../../../shared/contract/methods/dispatch.ts'
import { api } from '../../api/api.ts'
import { useAction } from '../../api/useAction.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { StateChip } from '../../components/StateGlyph.tsx'
import { toast } from '../../stores/toast.ts'
import classes from './board.module.css'

type Waiver = NonNullable<VisitDetail['waiver']>

const WORDS: Readonly<Record<Waiver['state'], string>> = { owed: 'Not sent yet', sent: 'Sent, not back', returned: 'Back, signed', none: 'Not needed' }

/** The paper that has to come back before work starts: how it stands, and what was heard of it. */
export function WaiverSection({ jobId, waiver, mayEdit }: { readonly jobId: string; readonly waiver: Waiver; readonly mayEdit: boolean }) {
  const { run, busy, error } = useAction()
  const open = waiver.state === 'owed' || waiver.state === 'sent'
  const say = (state: 'sent' | 'returned'): void =>
    void run(async () => {
      await api.command('job.setWaiver', { jobId, waiver: state, said: '' })
      toast(`${waiver.name}: ${WORDS[state].toLowerCase()}`)
    })
  return (
    <section>
      <p className="cap">Waiver</p>
      <p className="row">
        <span className="el">{waiver.name}</span>
        <span className="sp" />
        <StateChip state={open ? 'hold' : 'confirmed'}>{WORDS[waiver.state]}</StateChip>
      </p>
      {open && mayEdit ? (
        <div className={classes['actions']}>
          {waiver.state === 'owed' ? <ActionButton small label="Sent" busy={busy} onClick={() => say('sent')} /> : null}
          <ActionButton small label="Back, signed" busy={busy} onClick={() => say('returned')} />
        </div>
      ) : null}
      <ErrorNotice error={error} />
    </section>
  )
}
