import { randomUUID } from 'node:crypto'
import { PORTS } from './addresses.ts'
import { Conference } from './conference.ts'
import type { Pbx } from './pbx.ts'
import { Pickup } from './pickup.ts'
import { type Answer, SipEndpoint } from './sip/endpoint.ts'
import { dialledOf, headerOf, methodOf, type SipMessage, tagOf } from './sip/message.ts'
import { answerTo, placeOf } from './sip/sdp.ts'

const refused = (status: number, phrase: string): Answer => ({ status, phrase, tag: randomUUID() })

/**
 * What a proxy cannot do, because somebody has to answer for two callers or mix sound, and what none of Kamailio's
 * neighbors in the package archive does: picking up a call that rings elsewhere, and conferences. Of a server that was
 * started with `services: true`.
 */
export async function startServices(pbx: Pbx): Promise<void> {
  const { services, pbx: server } = pbx.addresses
  const endpoint = await SipEndpoint.bind('services', services, PORTS.sip, { address: server, port: PORTS.sip })
  const pickup = new Pickup(endpoint)
  const conference = new Conference(services)

  const begin = (invite: SipMessage, answer: (answer: Answer) => void): void => {
    const dialled = dialledOf(invite)
    if (dialled === 'pickup') pickup.remember(invite, answer)
    else if (dialled.startsWith('**')) pickup.pick(invite, dialled.slice(2), answer)
    else void conference.enter(invite, dialled, answer)
  }

  /** Held or taken back: sound stays where it is, only its direction is answered. */
  const renegotiate = (invite: SipMessage, answer: (answer: Answer) => void): void => {
    const callId = headerOf(invite, 'call-id')
    const place = conference.placeOf(callId) ?? pickup.placeFor(callId)
    answer(place ? { status: 200, phrase: 'OK', body: answerTo(placeOf(invite.body), place) } : refused(481, 'No such call'))
  }

  const end = (bye: SipMessage, answer: (answer: Answer) => void): void => {
    const callId = headerOf(bye, 'call-id')
    answer({ status: 200, phrase: 'OK' })
    pickup.end(callId)
    conference.leave(callId)
  }

  endpoint.listen((request, answer) => {
    switch (methodOf(request)) {
      case 'INVITE':
        return tagOf(headerOf(request, 'to')) === '' ? begin(request, answer) : renegotiate(request, answer)
      case 'CANCEL':
        return pickup.forget(request, answer)
      case 'BYE':
        return end(request, answer)
      case 'OPTIONS':
        return answer({ status: 200, phrase: 'OK', tag: randomUUID() })
      default:
        return answer(refused(501, 'Not Implemented'))
    }
  })

  pbx.stopWith({
    async stop() {
      conference.close()
      endpoint.close()
    },
  })
}
