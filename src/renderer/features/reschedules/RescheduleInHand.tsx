import type { PromiseItem } from '../../../shared/contract/methods/promises.ts'
import { useQuery } from '../../api/api.ts'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { LoadingLines } from '../../components/LoadingLines.tsx'
import classes from '../queues/PromiseHero.module.css'
import { RescheduleForm } from './RescheduleForm.tsx'
import type { SettlementKind } from './settlements.ts'

export interface RescheduleInHandProps {
  readonly item: PromiseItem
  readonly how: SettlementKind
  readonly onCancel: () => void
  readonly onDone: (said: string) => void
}

/** In the queue, in the room where the keys were: what came of the visit in hand. */
export function RescheduleInHand({ item, how, onCancel, onDone }: RescheduleInHandProps) {
  const { data, error, refetch } = useQuery('board.visit', { appointmentId: item.subjectId })
  if (!data) return error ? <ErrorNotice error={error} onRetry={refetch} /> : <LoadingLines />
  return <RescheduleForm appointmentId={item.subjectId} detail={data} how={how} customerName={item.customerName ?? item.title} className={classes['form']} buttonsClassName={classes['formButtons']} onCancel={onCancel} onDone={onDone} />
}
