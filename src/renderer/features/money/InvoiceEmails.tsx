import type { Sending } from '../../../shared/contract/methods/mail.ts'
import { api } from '../../api/api.ts'
import type { OutputOf } from '../../api/types.ts'
import { useAction } from '../../api/useAction.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { PanelSection } from '../../components/DetailPanel.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { useNow } from '../../stores/clock.ts'
import { useZone } from '../../stores/session.ts'
import { toast } from '../../stores/toast.ts'
import classes from './money.module.css'
import { sendingWords, settlements } from './sendingWords.ts'

type Emails = OutputOf<'invoice.emails'>

const SAID = { sent: 'Noted: it was sent.', again: 'It goes out.', leave: 'Left.' } as const

function EmailLine({ email }: { readonly email: Sending }) {
  const { line, detail } = sendingWords(email, useZone(), useNow())
  return (
    <li data-email={email.state}>
      <div className={email.state === 'uncertain' || email.state === 'failed' ? 'alert-t b' : 'b'}>{line}</div>
      <div className="t2 dense">{detail}</div>
    </li>
  )
}

/** How the invoice was emailed so far; where only a person can say what became of one, the keys that say it. */
export function InvoiceEmails({ emails: { emails } }: { readonly emails: Emails }) {
  const action = useAction()
  const open = emails.find((email) => settlements(email).length > 0)
  const choices = open ? settlements(open) : []
  const settle = (how: 'sent' | 'again' | 'leave'): void => {
    if (open) void action.run(() => api.command('effect.settle', { effectId: open.id, how, attempt: open.attempt }).then(() => toast(SAID[how])))
  }
  useHotkeys('The email', choices.map(({ how, label, keys }) => ({ keys, label, run: () => settle(how) })))
  if (emails.length === 0) return null
  return (
    <PanelSection title="Email" {...(open && open.state !== 'waiting' ? { tone: 'yours' as const } : {})}>
      <ul className={classes['emails']} aria-live="polite">
        {emails.map((email) => (
          <EmailLine key={email.id} email={email} />
        ))}
      </ul>
      {choices.length > 0 ? (
        <div className="row">
          {choices.map(({ how, label, keys }) => (
            <ActionButton key={how} small label={label} keys={keys} busy={action.busy} onClick={() => settle(how)} />
          ))}
        </div>
      ) : null}
      <ErrorNotice error={action.error} />
    </PanelSection>
  )
}
