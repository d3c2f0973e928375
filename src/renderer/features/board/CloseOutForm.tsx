import { useState } from 'react'
import { newId } from '../../../shared/base/id.ts'
import type { BoardVisit, VisitDetail } from '../../../shared/contract/methods/dispatch.ts'
import type { DebriefItem } from '../../../shared/domain/dispatch/tables.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { Choice } from '../../components/Choice.tsx'
import { Icon } from '../../components/icons.tsx'
import { StateGlyph } from '../../components/StateGlyph.tsx'
import { TextInput } from '../../components/TextInput.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { closeForm, closePanel } from '../../stores/board.ts'
import classes from './board.module.css'
import { closeOutVisit, promiseReturn } from './boardActions.ts'
import { WindowPickFields } from '../windowPick/WindowPickFields.tsx'
import { useReturnTrip } from './useReturnTrip.ts'

const MISSING_NAMES: Readonly<Record<DebriefItem, string>> = { equipment: 'equipment', photos: 'photos', nextStep: 'next step' }

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
  const [causeCode, setCauseCode] = useState<string | null>(null)
  const [afterVisit, setAfterVisit] = useState('')
  const [error, setError] = useState<string | null>(null)
  const [causeError, setCauseError] = useState<string | null>(null)
  const again = detail?.returnTrip === true
  const [without, setWithout] = useState<Readonly<Partial<Record<DebriefItem, string>>>>({})
  const [withoutError, setWithoutError] = useState<DebriefItem | null>(null)
  const given: Readonly<Record<DebriefItem, boolean>> = { equipment: equipment.trim() !== '', photos: (detail?.photos ?? 0) > 0, nextStep: afterVisit.trim() !== '' }
  const missing = (detail?.debriefAsks ?? []).filter((item) => !given[item])
  const [work, setWork] = useState('')
  const [promised, setPromised] = useState(false)
  const [returnId] = useState(newId)
  const trip = useReturnTrip(returnId, work.trim() !== '' && detail ? detail : null, visit.durationMinutes)
  /** The time is taken first: a close-out that is refused after it has made the trip once, and makes it no second time. */
  const promiseTrip = async (): Promise<boolean> => {
    if (promised || work.trim() === '') return true
    const window = trip.ready()
    if (!window) return false
    const done = await promiseReturn(visit, { returnId, ...window, durationMinutes: visit.durationMinutes, work }, trip.claim)
    setPromised(done)
    return done
  }
  const submit = (): void => {
    if (notes.trim() === '') {
      setError('Say what was done.')
      return
    }
    if (again && causeCode === null) {
      setCauseError('Choose why somebody had to come again.')
      return
    }
    if (!promised && work.trim() !== '' && trip.ready() === null) return
    const silent = missing.find((item) => (without[item] ?? '').trim() === '')
    if (silent !== undefined) {
      setWithoutError(silent)
      return
    }
    const said = Object.fromEntries(missing.map((item) => [item, without[item] ?? '']))
    void promiseTrip()
      .then((done) => done && closeOutVisit(visit, { notes, equipment, causeCode, afterVisit: afterVisit.trim() === '' ? null : afterVisit, ...(missing.length === 0 ? {} : { without: said }) }))
      .then((done) => (done ? closeForm('closeOut', visit.id) : undefined))
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
        {detail?.debriefAsks.includes('photos') || given.photos ? <Check ok={given.photos}>{given.photos ? `${detail?.photos ?? 0} ${detail?.photos === 1 ? 'photo' : 'photos'} on the job` : 'No photo on the job'}</Check> : null}
        {detail?.debriefAsks.includes('nextStep') ? <Check ok={given.nextStep}>{given.nextStep ? 'The next step is said' : 'The next step is not said yet'}</Check> : null}
        {again ? <Check ok={causeCode !== null}>{causeCode === null ? 'Why somebody came again is not said yet' : 'Why somebody came again is said'}</Check> : null}
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
      {again ? (
        <Choice
          label="Why somebody had to come again"
          options={detail.causeCodes.map((code) => ({ value: code, label: code }))}
          value={causeCode}
          onChange={(value) => {
            setCauseCode(value)
            setCauseError(null)
          }}
          onClear={() => setCauseCode(null)}
          error={causeError}
        />
      ) : null}
      <TextInput label="What comes next" value={afterVisit} onChange={setAfterVisit} placeholder="Nothing, or a quote, a return trip, a call" maxLength={300} />
      {missing.map((item) => (
        <TextInput
          key={item}
          label={`Why there ${item === 'photos' ? 'are' : 'is'} no ${MISSING_NAMES[item]}`}
          value={without[item] ?? ''}
          onChange={(value) => {
            setWithout({ ...without, [item]: value })
            setWithoutError(null)
          }}
          error={withoutError === item ? `Add the ${MISSING_NAMES[item]}, or say why there is none.` : null}
          maxLength={200}
          required
        />
      ))}
      <TextInput label="Work that was approved for another visit" value={work} onChange={setWork} placeholder="Replace the blower motor" maxLength={300} />
      {work.trim() !== '' && detail ? <WindowPickFields pick={trip} label="We come again" required /> : null}
      <div className={classes['actions']}>
        <ActionButton type="submit" kind="primary" keys="Ctrl+Enter" label={`Close out job ${visit.jobNumber}`} onClick={() => undefined} />
        <ActionButton label="Back" keys="Escape" kind="quiet" onClick={closePanel} />
      </div>
    </form>
  )
}
