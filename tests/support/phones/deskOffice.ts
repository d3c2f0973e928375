import { DialogsLine } from '../../../src/main/phone/dialogs/dialogsLine.ts'
import type { DialogsAccount } from '../../../src/main/phone/port.ts'
import { type PhoneDriver, TurnedWorld } from '../phoneDriver.ts'
import { DialogServer, infoXml } from './dialogServer.ts'

const OWN = '101'
const COLLEAGUE = '104'

const deskAccount = (port: number): DialogsAccount => ({ kind: 'dialogs', server: `ws://127.0.0.1:${port}`, domain: 'office.test', extension: OWN, userName: '', password: 'secret-101', certificate: '', watched: [COLLEAGUE] })

const GARBAGE: readonly string[] = [
  '',
  '<',
  '<dialog-info',
  'not xml at all',
  '<dialog-info version="9999" state="full"><dialog id="1"><state>confirmed</state></dialog>',
  '<!DOCTYPE lolz [<!ENTITY lol "lol">]><dialog-info version="9998" state="full">&lol;</dialog-info>',
  `<dialog-info version="9997" state="full">${'<a>'.repeat(5_000)}</dialog-info>`,
  '<dialog-info version="x" state="full"/>',
]

/** Two desk telephones behind a PBX that tells what is on them, as the conformance suite drives them. */
export async function deskDriver(): Promise<PhoneDriver> {
  const server = new DialogServer()
  await server.listen()
  const world = new TurnedWorld()
  const port = new DialogsLine(deskAccount(server.port), world)
  const remote = (from: string): string => (from === 'withheld' ? 'sip:anonymous@anonymous.invalid' : `sip:${from}@carrier.test`)
  const say = (extension: string, from: string, state: string, more: { readonly event?: string; readonly held?: boolean } = {}): void =>
    server.say(extension, { id: `${extension}-${from}`, callId: `call-${from}@carrier`, direction: 'recipient', state, remote: remote(from), ...more })
  const is = (extension: string, from: string, state: string): boolean => server.stateOf(extension, `${extension}-${from}`)?.state === state
  const ring = (from: string): void => {
    for (const extension of [OWN, COLLEAGUE]) say(extension, from, 'early')
  }
  const answers = (from: string, by: string, other: string): void => {
    if (!is(by, from, 'early')) return
    if (is(other, from, 'early')) say(other, from, 'terminated', { event: 'cancelled' })
    say(by, from, 'confirmed')
  }
  const whenUp = (from: string, then: () => void): void => {
    if (is(OWN, from, 'confirmed')) then()
  }
  return {
    port,
    adapter: 'sip',
    abilities: [],
    pass: (milliseconds) => world.pass(milliseconds),
    ring,
    ringWithheld: () => ring('withheld'),
    callerHangsUp(from) {
      for (const extension of [OWN, COLLEAGUE]) {
        if (is(extension, from, 'early')) say(extension, from, 'terminated', { event: 'cancelled' })
        else if (is(extension, from, 'confirmed')) say(extension, from, 'terminated', { event: 'remote-bye' })
      }
    },
    deskAnswers: (from) => answers(from, OWN, COLLEAGUE),
    deskHangsUp: (from) => whenUp(from, () => say(OWN, from, 'terminated', { event: 'local-bye' })),
    deskRejects: (from) => say(OWN, from, 'terminated', { event: 'rejected' }),
    deskHolds: (from) => whenUp(from, () => say(OWN, from, 'confirmed', { held: true })),
    deskResumes: (from) => whenUp(from, () => say(OWN, from, 'confirmed', { held: false })),
    answeredElsewhere: (from) => answers(from, COLLEAGUE, OWN),
    repeats: () => server.sayAgain(),
    garbles() {
      for (const body of GARBAGE) server.notice(OWN, body)
      for (const text of ['', 'rubbish', 'NOTIFY\r\n\r\n', 'SIP/2.0 999\r\n\r\n', 'INVITE sip:101@x SIP/2.0\r\nContent-Length: 5\r\n\r\n']) server.raw(text)
      server.notice(OWN, infoXml(OWN, 0, 'full', []))
    },
    serverGone: () => server.stop(),
    serverBack: () => server.listen(),
    leftBehind: () => server.connections + world.waiting,
    stop: () => server.stop(),
  }
}
