import { useState } from 'react'
import type { BoardVisit, VisitDetail } from '../../../shared/contract/methods/dispatch.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { Icon } from '../../components/icons.tsx'
import { StateGlyph } from '../../components/StateGlyph.tsx'
import { TextInput } from '../../components/TextInput.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { closePanel } from '../../stores/board.ts'
import classes from './board.module.css'
import { closeOutVisit } from './boardActions.ts'

function Check({ ok, children }: { readonly ok: boolean; readonly children: string }) {
  return (
    <li className={ok ? '' : 'hold-t'}>
      {ok ? <span className="good-t"><Icon name="tick" size={12} /></span> : <StateGlyph state="alert" label="Open" />}
      {children}
    </li>
  )
}

/** The debrief: what was done, on which equipment, and whether the job can be invoiced. */
export function CloseOutForm({ visit, detail }: { readonly visit: BoardVisit; readonly detail: VisitDetail | undefined }) {
  const [notes, setNotes] = useState('')
  const [equipment, setEquipment] = useState('')
  const [error, setError] = useState<string | null>(null)
  const submit = (): void => {
    if (notes.trim() === '') {
      setError('Say what was done.')
      return
    }
    void closeOutVisit(visit, notes, equipment).then((done) => (done ? closePanel() : undefined))
  }
  useHotkeys('Close out', [{ keys: 'Ctrl+Enter', label: 'Close out', run: submit }])
  return (
    <form
      className={classes['form']}
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <h3 className="b">Close out</h3>
      <ul className={classes['facts']} aria-label="Checks">
        <Check ok={visit.lineCount > 0}>{visit.lineCount > 0 ? `${visit.lineCount} line item${visit.lineCount === 1 ? '' : 's'} on the job` : 'No line item on the job'}</Check>
        <Check ok={equipment.trim() !== ''}>{equipment.trim() === '' ? 'No equipment noted' : 'Equipment noted'}</Check>
        <Check ok={notes.trim() !== ''}>{notes.trim() === '' ? 'What was done is not said yet' : 'What was done is said'}</Check>
      </ul>
      {detail?.closeOutNotes ? <p className="t2">{detail.closeOutNotes}</p> : null}
      <TextInput
        label="What was done"
        rows={4}
        autoFocus
        value={notes}
        onChange={(value) => {
          setNotes(value)
          setError(null)
        }}
        error={error}
        required
      />
      <TextInput label="Equipment worked on" value={equipment} onChange={setEquipment} placeholder="Heat pump, make, year" maxLength={500} />
      <div className={classes['actions']}>
        <ActionButton type="submit" kind="primary" keys="Ctrl+Enter" label={`Close out job ${visit.jobNumber}`} onClick={() => undefined} />
        <ActionButton label="Back" keys="Escape" kind="quiet" onClick={closePanel} />
      </div>
    </form>
  )
}
