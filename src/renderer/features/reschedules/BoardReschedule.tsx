import { useState } from 'react'
import type { BoardVisit, VisitDetail } from '../../../shared/contract/methods/dispatch.ts'
import { Choice } from '../../components/Choice.tsx'
import { LoadingLines } from '../../components/LoadingLines.tsx'
import { closeForm, closePanel } from '../../stores/board.ts'
import { toast } from '../../stores/toast.ts'
import classes from '../board/board.module.css'
import { RescheduleForm } from './RescheduleForm.tsx'
import { SETTLEMENT_WORDS, settlementsFor, type SettlementKind } from './settlements.ts'

/** Beside the board: the customer wants another time, or said what they do about it. */
export function BoardReschedule({ visit, detail }: { readonly visit: BoardVisit; readonly detail: VisitDetail | undefined }) {
  const [chosen, setChosen] = useState<SettlementKind | null>(null)
  if (!detail) return <LoadingLines />
  const kinds = settlementsFor(detail)
  const how = chosen ?? kinds[0]
  if (how === undefined) return <p className="t2">Somebody has been there already. A return trip is promised in the close-out.</p>
  return (
    <>
      <h3 className="b">Another time</h3>
      {detail.rescheduleWhy !== null && (detail.reschedule === 'asked' || detail.reschedule === 'needed') ? <p className="t2">{detail.rescheduleWhy}</p> : null}
      <RescheduleForm
        key={how}
        appointmentId={visit.id}
        detail={detail}
        how={how}
        customerName={visit.customerName}
        className={classes['form']}
        buttonsClassName={classes['actions']}
        onCancel={closePanel}
        onDone={(said) => {
          toast(said)
          closeForm('reschedule', visit.id)
        }}
      >
        <Choice label="What it is" options={kinds.map((kind) => ({ value: kind, label: SETTLEMENT_WORDS[kind].label }))} value={how} onChange={setChosen} />
      </RescheduleForm>
    </>
  )
}
