import { formatPhone } from '../../../shared/base/phone.ts'
import { api } from '../../api/api.ts'
import { Check, setPath } from './parts.tsx'
import { PathFrame, type PathProps } from './PathFrame.tsx'

/** A solicitor, thanked and blocked in one key. */
export function Solicitor({ booking }: PathProps) {
  const { draft, pop } = booking
  const number = pop?.fromNumber ?? null
  const block = number !== null && draft.path.keepNumber
  return (
    <PathFrame
      booking={booking}
      kind="solicitor"
      steps={[
        {
          key: 'end',
          name: 'End it kindly',
          words: '\u201cThank you, we are not interested. Please take this number off your list.\u201d',
          fields:
            number === null ? (
              <p className="t3">The number is withheld, so it can’t be blocked.</p>
            ) : (
              <Check checked={draft.path.keepNumber} onChange={(checked) => setPath(booking, { keepNumber: checked })}>
                Block {formatPhone(number)}: it rings nobody any more
              </Check>
            ),
        },
      ]}
      label={block ? 'Not a lead, and block the number' : 'Not a lead'}
      gap={null}
      act={async () => {
        if (number !== null && block) await api.command('number.block', { number, note: 'Solicitor' })
        return { outcome: 'notLead', reason: 'Solicitor', done: block ? `${formatPhone(number ?? '')} is blocked.` : 'Noted: not a lead.' }
      }}
    />
  )
}

export function WrongNumber({ booking }: PathProps) {
  return (
    <PathFrame
      booking={booking}
      kind="wrongNumber"
      steps={[{ key: 'end', name: 'End it kindly', words: `\u201cYou have reached ${booking.form.companyName}. No harm done, have a good day.\u201d`, fields: <p className="t3">Nothing to write down.</p> }]}
      label="Not a lead"
      gap={null}
      act={() => Promise.resolve({ outcome: 'notLead', reason: 'Wrong number', done: 'Noted: a wrong number.' })}
    />
  )
}
