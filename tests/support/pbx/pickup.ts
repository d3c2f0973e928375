import { randomUUID } from 'node:crypto'
import { type Answer, type Dialog, SipEndpoint } from './sip/endpoint.ts'
import { headerOf, type SipMessage } from './sip/message.ts'
import { answerTo, placeOf, type SoundPlace } from './sip/sdp.ts'

type Reply = (answer: Answer) => void

interface Ringing {
  readonly invite: SipMessage
  readonly reply: Reply
  /** The extension or group that rings. */
  readonly where: string
}

interface Partner {
  readonly dialog: Dialog
  readonly sound: SoundPlace
}

const transactionOf = (message: SipMessage): string => headerOf(message, 'call-id')

/**
 * Takes calls that ring elsewhere. The server forks every call to here as well; such a branch never rings. Whoever dials
 * ** and the name of what rings is put together with the caller: both have offered, so each is answered with the other's
 * place, and their sound meets without passing through here.
 */
export class Pickup {
  readonly #endpoint: SipEndpoint
  readonly #ringing = new Map<string, Ringing>()
  /** The other side of every call that was put together, and where its sound goes, by Call-ID. */
  readonly #partners = new Map<string, Partner>()

  constructor(endpoint: SipEndpoint) {
    this.#endpoint = endpoint
  }

  /** A call begins to ring somewhere. */
  remember(invite: SipMessage, reply: Reply): void {
    reply({ status: 100, phrase: 'Trying' })
    this.#ringing.set(transactionOf(invite), { invite, reply, where: headerOf(invite, 'x-ringing') })
  }

  /** Somebody else took it, or nobody did. */
  forget(cancel: SipMessage, reply: Reply): void {
    const ringing = this.#ringing.get(transactionOf(cancel))
    this.#ringing.delete(transactionOf(cancel))
    reply({ status: ringing ? 200 : 481, phrase: ringing ? 'OK' : 'No such call' })
    ringing?.reply({ status: 487, phrase: 'Request Terminated', tag: randomUUID() })
  }

  /** @param where what stands behind the two stars */
  pick(invite: SipMessage, where: string, reply: Reply): void {
    const ringing = [...this.#ringing.values()].find((call) => call.where === where)
    if (!ringing) {
      reply({ status: 404, phrase: 'Nothing rings there', tag: randomUUID() })
      return
    }
    this.#ringing.delete(transactionOf(ringing.invite))
    const [caller, picker] = [placeOf(ringing.invite.body), placeOf(invite.body)]
    const identity = headerOf(ringing.invite, 'p-asserted-identity')
    const callerDialog = this.#takes(ringing.invite, ringing.reply, answerTo(caller, picker))
    // Whoever picked it up wants to know whom.
    const pickerDialog = this.#takes(invite, reply, answerTo(picker, caller), identity === '' ? [] : [['P-Asserted-Identity', identity]])
    this.#partners.set(callerDialog.callId, { dialog: pickerDialog, sound: picker }).set(pickerDialog.callId, { dialog: callerDialog, sound: caller })
  }

  #takes(invite: SipMessage, reply: Reply, body: string, headers: readonly (readonly [string, string])[] = []): Dialog {
    const tag = randomUUID()
    reply({ status: 200, phrase: 'OK', tag, body, headers })
    return SipEndpoint.dialogOf(invite, tag)
  }

  /** Where the sound of a call goes that was put together. */
  placeFor(callId: string): SoundPlace | undefined {
    return this.#partners.get(callId)?.sound
  }

  /** One of two hung up. */
  end(callId: string): void {
    const partner = this.#partners.get(callId)
    if (!partner) return
    this.#partners.delete(callId)
    this.#partners.delete(partner.dialog.callId)
    void this.#endpoint.bye(partner.dialog)
  }
}
