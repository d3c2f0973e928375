import { formatDay, formatTime, wallTimeOf } from '../../../shared/base/zone.ts'
import type { Sending } from '../../../shared/contract/methods/mail.ts'

/** `10:42 AM` today, `Jul 13, 10:42 AM` before. */
function moment(at: number, zone: string, now: number): string {
  const { day } = wallTimeOf(at, zone)
  return day === wallTimeOf(now, zone).day ? formatTime(at, zone) : `${formatDay(day)}, ${formatTime(at, zone)}`
}

/** `by Ana from Front desk 2`, as far as it is known. */
const whence = ({ requestedBy, device }: Sending): string => [requestedBy && `by ${requestedBy}`, device && `from ${device}`].filter(Boolean).join(' ')

const sentences = (...parts: readonly (string | null | false)[]): string => parts.filter(Boolean).join(' ')

/** How an email stands, as a line and what there is to know beside it. */
export function sendingWords(email: Sending, zone: string, now: number): { readonly line: string; readonly detail: string } {
  const asked = `Asked for at ${moment(email.requestedAt, zone, now)}${email.requestedBy ? ` by ${email.requestedBy}` : ''}.`
  switch (email.state) {
    case 'done':
      return { line: `Sent ${moment(email.finishedAt ?? email.requestedAt, zone, now)} ${whence(email)}`.trim(), detail: `To ${email.to}. ${email.outcome}` }
    case 'waiting':
      return { line: `Waiting to go to ${email.to}`, detail: sentences(email.outcome, email.waitsFor, asked) }
    case 'running':
      return { line: `Being sent to ${email.to}`, detail: asked }
    case 'uncertain':
      return { line: `Nobody knows whether it reached ${email.to}`, detail: sentences(email.outcome, 'Look in the mailbox\u2019s Sent folder or ask the customer, then say which it is.') }
    case 'failed':
      return { line: `It was not sent to ${email.to}`, detail: sentences(email.outcome, 'Send it again, or leave it and send it to another address.') }
    case 'dropped':
      return { line: `Not sent to ${email.to}`, detail: sentences('Somebody left it.', email.outcome) }
  }
}

/** What a person can say about an email, each with its key; empty where there is nothing to say. */
export function settlements({ state }: Sending): readonly { readonly how: 'sent' | 'again' | 'leave'; readonly label: string; readonly keys: string }[] {
  const sent = { how: 'sent', label: 'It was sent', keys: 'S' } as const
  const again = { how: 'again', label: 'Send it again', keys: 'R' } as const
  const leave = { how: 'leave', label: 'Leave it', keys: 'X' } as const
  switch (state) {
    case 'uncertain':
      return [sent, again, leave]
    case 'failed':
      return [again, leave]
    case 'waiting':
      return [{ ...again, label: 'Try it now' }, { ...leave, label: 'Don\u2019t send it' }]
    case 'running':
    case 'done':
    case 'dropped':
      return []
  }
}
