import { MINUTE } from '../../../shared/base/time.ts'
import { formatTime } from '../../../shared/base/zone.ts'
import { api } from '../../api/api.ts'
import { Choice } from '../../components/Choice.tsx'
import { Merge } from '../booking/ScriptStep.tsx'
import { Check, setPath, titleFrom, useOffice, Words } from './parts.tsx'
import classes from './PathFrame.module.css'
import { PathFrame, type PathGap, type PathProps } from './PathFrame.tsx'
import { handOn } from './tasks.ts'

/** Dispatch answers a technician while the visit still goes on. */
const ANSWER_MINUTES = 15

/** One of ours, calling in: what it is about goes to dispatch, recorded, with a due time. */
export function TechnicianCall({ booking }: PathProps) {
  const { draft, form, pop } = booking
  const office = useOffice(booking)
  const { words, technicianId, keepNumber } = draft.path
  const id = technicianId ?? pop?.technician?.technicianId ?? null
  const technician = form.technicians.find((candidate) => candidate.id === id)
  const number = pop?.fromNumber ?? null
  const dueAt = office.now + ANSWER_MINUTES * MINUTE
  const gap: PathGap | null = technician ? (words.trim() === '' ? { field: 'words', message: 'Write down what it is about.' } : null) : { field: 'technician', message: 'Choose who calls in.' }
  return (
    <PathFrame
      booking={booking}
      kind="technician"
      steps={[
        {
          key: 'who',
          name: 'Who',
          words: technician ? <>“Hi <Merge>{technician.name.split(' ')[0]}</Merge>. Which visit is it about?”</> : '\u201cHi, who is this?\u201d',
          fields: (
            <>
              <div data-field="technician" className={classes['grow']}>
                <Choice tight label="Technician" options={form.technicians.map((one) => ({ value: one.id, label: one.name }))} value={id} onChange={(value) => setPath(booking, { technicianId: value })} />
              </div>
              {number === null || pop?.technician ? null : (
                <Check aside checked={keepNumber} onChange={(checked) => setPath(booking, { keepNumber: checked })}>
                  Know this number next time
                </Check>
              )}
            </>
          ),
        },
        { key: 'message', name: 'For dispatch', words: `\u201cDispatch has it and calls you by ${formatTime(dueAt, office.zone)}.\u201d`, fields: <Words booking={booking} label="Running late, parts, access, done early, an issue" /> },
      ]}
      label="Pass it to dispatch"
      gap={gap}
      act={async () => {
        if (!technician) throw new Error('A message of nobody was passed on')
        if (number !== null && keepNumber && !pop?.technician) {
          await api.command('number.remember', { number, kind: 'technician', name: technician.name, technicianId: technician.id }).catch(() => undefined)
        }
        await handOn(booking, { title: titleFrom(technician.name, words), type: 'other', role: 'dispatcher', dueAt, priority: 'high', notes: words, related: null })
        return { outcome: 'notLead', reason: 'Technician calling in', done: `Dispatch has it, by ${formatTime(dueAt, office.zone)}.`, callerName: technician.name }
      }}
    />
  )
}
