import { DAY } from '../../../shared/base/time.ts'
import { api } from '../../api/api.ts'
import { unlessDone } from '../../api/unlessDone.ts'
import { Choice } from '../../components/Choice.tsx'
import { Merge } from '../booking/ScriptStep.tsx'
import { spokenDay, spokenHours } from '../booking/words.ts'
import { callerGap, callerStep, Check, setPath, titleFrom, useOffice, useVisits, VisitChoice, Words } from './parts.tsx'
import classes from './PathFrame.module.css'
import { PathFrame, type PathGap, type PathProps } from './PathFrame.tsx'
import { handOn } from './tasks.ts'

/** A job that is not wanted any more. Another time is offered first, and a call later where the customer allows it. */
export function Cancel({ booking }: PathProps) {
  const { draft, today, customer } = booking
  const office = useOffice(booking)
  const { visits, chosen, cancelReasons } = useVisits(booking, ({ state }) => state !== 'done')
  const { reason, words, other: mayCall } = draft.path
  const gap: PathGap | null =
    callerGap(booking) ??
    (chosen ? null : { field: 'visit', message: 'Nothing is booked that could be canceled.' }) ??
    (reason ? null : { field: 'reason', message: 'Ask why it is not wanted any more.' })
  return (
    <PathFrame
      booking={booking}
      kind="cancel"
      steps={[
        callerStep(booking),
        {
          key: 'visit',
          name: 'Which job',
          words: chosen ? (
            <>
              “That is the {chosen.jobTypeName.toLowerCase()} <Merge>{spokenDay(chosen.windowDay, today)}, {spokenHours({ start: chosen.windowStart, end: chosen.windowEnd })}</Merge>. May I offer you another time instead?”
            </>
          ) : (
            '\u201cLet me see what you have with us.\u201d'
          ),
          fields: (
            <>
              <VisitChoice booking={booking} visits={visits} chosen={chosen} none="Nothing is booked" />
              <p className="t3 dense">Another time: F4, R. What was chosen here stays.</p>
            </>
          ),
        },
        {
          key: 'reason',
          name: 'Why',
          words: '\u201cI understand. May I ask why? It helps us do better.\u201d',
          fields: (
            <>
              <div data-field="reason" className={classes['grow']}>
                <Choice tight label="Reason" options={cancelReasons.map((value) => ({ value, label: value }))} value={reason} onChange={(value) => setPath(booking, { reason: value })} />
              </div>
              <Words booking={booking} label="In their words" rows={2} />
              <Check checked={mayCall} onChange={(checked) => setPath(booking, { other: checked })}>
                We may call in a week and ask whether it is wanted again
              </Check>
            </>
          ),
        },
      ]}
      label={chosen ? `Cancel job ${chosen.jobNumber}` : 'Cancel the job'}
      gap={gap}
      act={async () => {
        if (!chosen || !reason) throw new Error('A job was canceled with gaps')
        const why = words.trim() === '' ? reason : `${reason}: ${words.trim()}`
        await unlessDone(['job.canceled'], () => api.command('job.cancel', { jobId: chosen.jobId, reason: why.slice(0, 500) }))
        if (mayCall) {
          await handOn(booking, { title: titleFrom(`Ask ${customer?.name ?? 'the customer'} whether it is wanted again`, chosen.jobTypeName), type: 'followUp', role: 'customerRelations', dueAt: office.now + 7 * DAY, notes: why })
        }
        return { outcome: 'excused', reason: `Reschedule or cancel: ${reason}`, done: `Job ${chosen.jobNumber} is canceled.` }
      }}
    />
  )
}
