import { api } from '../../api/api.ts'
import { TextInput } from '../../components/TextInput.tsx'
import { bySameDay, spokenDue } from './due.ts'
import { Check, setPath, titleFrom, useOffice, Words } from './parts.tsx'
import classes from './PathFrame.module.css'
import { PathFrame, type PathGap, type PathProps } from './PathFrame.tsx'
import { handOn } from './tasks.ts'

/** A supplier on the line: who, what, and whom it is for. The number is known from then on. */
export function Vendor({ booking }: PathProps) {
  const { draft, pop } = booking
  const office = useOffice(booking)
  const { words, who, keepNumber } = draft.path
  const number = pop?.fromNumber ?? null
  const dueAt = bySameDay(office)
  const gap: PathGap | null =
    who.trim() === '' ? { field: 'who', message: 'Ask for the name and the company.' } : words.trim() === '' ? { field: 'words', message: 'Write down the message.' } : null
  return (
    <PathFrame
      booking={booking}
      kind="vendor"
      steps={[
        {
          key: 'who',
          name: 'Who',
          words: '\u201cWho are you with, and what can I pass on?\u201d',
          fields: (
            <>
              <div data-field="who" className={classes['grow']}>
                <TextInput tight label="Name and company" value={who} onChange={(next) => setPath(booking, { who: next })} maxLength={120} />
              </div>
              {number === null ? null : (
                <Check aside checked={keepNumber} onChange={(checked) => setPath(booking, { keepNumber: checked })}>
                  Know this number next time
                </Check>
              )}
            </>
          ),
        },
        { key: 'message', name: 'Message', words: `\u201cI\u2019ll pass it on. Somebody answers ${spokenDue(dueAt, office)} if it needs an answer.\u201d`, fields: <Words booking={booking} label="Message" /> },
      ]}
      label="Pass the message on"
      gap={gap}
      act={async () => {
        // A number that is a customer's stays the customer's; the message is what matters.
        if (number !== null && keepNumber) await api.command('number.remember', { number, kind: 'vendor', name: who }).catch(() => undefined)
        await handOn(booking, { title: titleFrom(who.trim(), words), type: 'vendor', role: 'dispatchCoordinator', dueAt, notes: words, related: null })
        return { outcome: 'notLead', reason: 'Vendor', done: 'The message has a holder.', callerName: who.trim() }
      }}
    />
  )
}
