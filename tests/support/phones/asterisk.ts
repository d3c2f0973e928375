import { vi } from 'vitest'
import { AmiLine, AMI_ABILITIES } from '../../../src/main/phone/ami/amiLine.ts'
import { type PhoneDriver, TurnedWorld } from '../phoneDriver.ts'
import { Asterisk } from './asteriskOffice.ts'

/** Asterisk as the conformance suite drives it. */
export async function asteriskDriver(): Promise<PhoneDriver> {
  const office = new Asterisk()
  await office.server.listen()
  const world = new TurnedWorld()
  const port = new AmiLine(office.account(), world)
  return {
    port,
    adapter: 'ami',
    abilities: AMI_ABILITIES,
    pass: (milliseconds) => world.pass(milliseconds),
    ring: (from) => office.ring(from),
    ringWithheld: () => office.ring('withheld', 'anonymous'),
    callerHangsUp: (from) => office.callerHangsUp(from),
    deskAnswers: (from) => office.answered(from, 'mine'),
    deskHangsUp: (from) => office.deskHangsUp(from),
    deskRejects: (from) => office.deskRejects(from),
    deskHolds: (from) => office.hold(from, 'Hold'),
    deskResumes: (from) => office.hold(from, 'Unhold'),
    answeredElsewhere: (from) => office.answered(from, 'theirs'),
    dialled: (number) => vi.waitUntil(() => office.placed(number) !== undefined, { interval: 1 }).then(() => undefined),
    farEndRings: (number) => office.farEnd(number, 'rings'),
    farEndAnswers: (number) => office.farEnd(number, 'answers'),
    farEndBusy: (number) => office.farEnd(number, 'busy'),
    targetAnswers: (from) => office.targetAnswers(from),
    consultedAnswers: (from) => office.consultedAnswers(from),
    repeats: () => office.server.sayAgain(),
    garbles() {
      for (const text of ['Event: Hangup\r\n\r\n', 'rubbish\r\n\r\n', 'Event: DialBegin\r\nDestUniqueid: \r\n\r\n', ': : :\r\n\r\n', 'Event: Newchannel\r\nUniqueid: \u0000\r\n\r\n', '\r\n\r\n\r\n', `Event: Newexten\r\nAppData: ${'x'.repeat(80_000)}\r\n\r\n`]) office.server.raw(text)
    },
    refusesNext: () => (office.server.refusesNext = true),
    serverGone: () => office.server.stop(),
    serverBack: () => office.server.listen(),
    leftBehind: () => office.server.connections + world.waiting,
    stop: () => office.server.stop(),
  }
}
