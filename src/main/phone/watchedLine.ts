import { assertNever } from '../../shared/base/assertNever.ts'
import { AmiLine } from './ami/amiLine.ts'
import { DialogsLine } from './dialogs/dialogsLine.ts'
import { EslLine } from './esl/eslLine.ts'
import type { LineAccount, PhonePort, SipAccount } from './port.ts'
import { RingCentralLine } from './ringcentral/ringCentralLine.ts'
import { TwilioLine } from './twilio/twilioLine.ts'
import { WebhookLine } from './webhook/webhookLine.ts'

/** Accounts of telephones that are watched and steered, and whose sound never comes here. */
export type WatchedAccount = Exclude<LineAccount, SipAccount>

/** Opens the telephone that an account is for. It says by itself whether it can be reached; nothing here throws. */
export function openWatchedLine(account: WatchedAccount): PhonePort {
  switch (account.kind) {
    case 'dialogs':
      return new DialogsLine(account)
    case 'ami':
      return new AmiLine(account)
    case 'esl':
      return new EslLine(account)
    case 'webhook':
      return new WebhookLine(account)
    case 'twilio':
      return new TwilioLine(account)
    case 'ringcentral':
      return new RingCentralLine(account)
    default:
      return assertNever(account, 'kind of telephone')
  }
}
