import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { madeWave } from '../../../../tests/support/madeSound.ts'
import { TurnedWorld } from '../../../../tests/support/phoneDriver.ts'
import { Heard } from '../../../../tests/support/phoneHeard.ts'
import { TwilioOffice, twilioAccount } from '../../../../tests/support/phones/twilioOffice.ts'
import { TWILIO_TOKEN } from '../../../../tests/support/phones/twilioServer.ts'
import { freePort } from '../../../../tests/support/phones/webhookSender.ts'
import { isTwilios, ringTwiml, twilioFieldsIn, twilioSignature } from './twilioHooks.ts'
import { TwilioLine } from './twilioLine.ts'

const CALLER = '+15125550140'
const NUMBER = { kind: 'number', number: '+15125550170' } as const

describe('Twilio\u2019s signature', () => {
  // Twilio's own example (its documentation, "Security").
  const url = 'https://mycompany.com/myapp.php?foo=1&bar=2'
  const fields = new Map([['CallSid', 'CA1234567890ABCDE'], ['Caller', '+12349013030'], ['Digits', '1234'], ['From', '+12349013030'], ['To', '+18005551212']])

  it('is the one that Twilio computes', () => {
    expect(twilioSignature('12345', url, fields)).toBe('0/KCTR6DLpKmkAf8muzZqo1nDgQ=')
    expect(isTwilios('12345', url, fields, '0/KCTR6DLpKmkAf8muzZqo1nDgQ=')).toBe(true)
  })

  it('fits no other address, field, token or length', () => {
    const signature = twilioSignature('12345', url, fields)
    expect(isTwilios('12345', `${url}&x`, fields, signature)).toBe(false)
    expect(isTwilios('12345', url, new Map([...fields, ['Digits', '12345']]), signature)).toBe(false)
    expect(isTwilios('12346', url, fields, signature)).toBe(false)
    expect(isTwilios('12345', url, fields, '')).toBe(false)
  })

  it('covers each field once', () => {
    expect(twilioFieldsIn('CallSid=1&CallSid=2')).toBeNull()
    expect(twilioFieldsIn('From=%2B1&To=')).toEqual(new Map([['From', '+1'], ['To', '']]))
  })
})

describe('what Twilio is told to do', () => {
  it('carries nothing that ends its own words', () => {
    const twiml = ringTwiml({ to: 'sip:a"><Hangup/>@x', base: 'https://x/?a&b' })
    expect(twiml).not.toContain('<Hangup/>')
    expect(twiml).toContain('https://x/?a&amp;b/leg')
  })
})

describe('a number at Twilio', () => {
  let office: TwilioOffice
  let line: TwilioLine
  let heard: Heard
  let world: TurnedWorld
  let hookPort: number

  beforeEach(async () => {
    hookPort = await freePort()
    office = new TwilioOffice(hookPort)
    await office.server.listen()
    world = new TurnedWorld()
    line = new TwilioLine(twilioAccount(hookPort), world, { api: `http://127.0.0.1:${office.server.port}` })
    heard = new Heard(line)
    await heard.until('ready', () => heard.line?.status === 'ready')
  })

  afterEach(async () => {
    await office.settled
    line.close()
    heard.keepsThePort('twilio')
    await office.server.stop()
  })

  const answered = async (): Promise<string> => {
    office.ring(CALLER)
    await heard.untilState(CALLER, 'offered')
    office.legAnswers(CALLER)
    return (await heard.untilState(CALLER, 'active')).externalId
  }

  it('tells Twilio to ring the desk\u2019s telephone', async () => {
    office.ring(CALLER)
    await heard.untilState(CALLER, 'offered')
    await office.settled
    expect(office.answers[0]).toContain('>+13125550199</Number>')
  })

  it.each([
    [404, 'does not know this call'],
    [500, 'could not do that (500)'],
    [503, 'could not do that (503)'],
  ])('says in a sentence that Twilio answered %i', async (status, words) => {
    const externalId = await answered()
    office.server.failures.push({ status })
    line.send({ kind: 'transfer', externalId, to: NUMBER })
    expect((await heard.untilRefused('transfer')).message).toContain(words)
    expect(heard.stateOf(CALLER)).toBe('active')
  })

  it('waits as long as a busy Twilio says, and no longer than a person would', async () => {
    const externalId = await answered()
    office.server.failures.push({ status: 429, headers: { 'retry-after': '60' } })
    line.send({ kind: 'transfer', externalId, to: NUMBER })
    expect((await heard.untilRefused('transfer')).message).toContain('too many requests')
    office.server.failures.push({ status: 429, headers: { 'retry-after': '2' } })
    const before = office.server.requests.length
    line.send({ kind: 'transfer', externalId, to: NUMBER })
    await expect.poll(() => office.server.requests.length).toBe(before + 1)
    await expect.poll(() => world.waiting).toBe(2)
    world.pass(2_000)
    await heard.untilState(CALLER, 'transferring')
  })

  it('says that the token is wrong, and never says the token', async () => {
    const wrong = new TwilioLine({ ...twilioAccount(await freePort()), authToken: 'mistyped' }, new TurnedWorld(), { api: `http://127.0.0.1:${office.server.port}` })
    const said = new Heard(wrong)
    await said.until('down', () => said.line?.status === 'down')
    expect(said.line?.reason).toContain('refuses the account')
    wrong.close()
    expect(JSON.stringify([...said.events, ...heard.events])).not.toMatch(new RegExp(`mistyped|${TWILIO_TOKEN}`))
  })

  it('takes in nothing that Twilio did not sign', async () => {
    const response = await fetch(`http://127.0.0.1:${hookPort}/twilio/voice`, { method: 'POST', body: new URLSearchParams({ CallSid: 'CAx', From: CALLER }), headers: { 'x-twilio-signature': 'x' } })
    expect(response.status).toBe(403)
    expect(heard.calls).toEqual([])
  })

  describe('that takes voicemails', () => {
    const SID = `RE${'0'.repeat(31)}7`
    let desk: TwilioLine
    let said: Heard
    let server: TwilioOffice
    let turned: TurnedWorld

    beforeEach(async () => {
      const port = await freePort()
      server = new TwilioOffice(port)
      await server.server.listen()
      turned = new TurnedWorld()
      desk = new TwilioLine({ ...twilioAccount(port), voicemailGreeting: 'Copper Ridge & Sons. Please leave a message.' }, turned, { api: `http://127.0.0.1:${server.server.port}` })
      said = new Heard(desk)
      await said.until('ready', () => said.line?.status === 'ready')
    })

    afterEach(async () => {
      await server.settled
      desk.close()
      said.keepsThePort('twilio')
      await server.server.stop()
      expect(turned.waiting).toBe(0)
    })

    async function leaves(why: 'no-answer' | 'busy' = 'no-answer'): Promise<void> {
      server.ring(CALLER)
      await said.untilState(CALLER, 'offered')
      server.legHangsUp(CALLER, why)
      await said.untilState(CALLER, 'ended')
      server.voicemailLeft(CALLER, SID, '4')
      await said.until('a voicemail', () => said.voicemails.length > 0)
    }

    it('lets a caller speak whom nobody answered, and nobody else', async () => {
      await leaves()
      const recorded = server.answers.filter((answer) => answer.includes('<Record'))
      expect(recorded).toHaveLength(1)
      expect(recorded[0]).toContain('<Say>Copper Ridge &amp; Sons.')
      server.answers.length = 0
      server.ring('+15125550141')
      await said.untilState('+15125550141', 'offered')
      server.firstHangsUp('+15125550141')
      await said.untilState('+15125550141', 'ended')
      await server.settled
      expect(server.answers.join()).not.toContain('<Record')
    })

    it('lets a caller speak whose desk was busy, whose leg is over before Twilio asks what is next', async () => {
      await leaves('busy')
      expect(server.answers.filter((answer) => answer.includes('<Record'))).toHaveLength(1)
      expect(said.of(CALLER)).toMatchObject({ state: 'ended', answeredAt: null })
    })

    it('brings what they said from its own API alone, as soon as it is there', async () => {
      await leaves()
      expect(said.voicemails).toMatchObject([{ call: { externalId: said.of(CALLER)?.externalId }, voicemail: { seconds: 4, recording: SID } }])
      await expect.poll(() => turned.waiting).toBe(2)
      const sound = madeWave({ seconds: 4 })
      server.server.recordings.set(SID, sound)
      turned.pass(3_000)
      const { voicemail } = await said.untilSound()
      expect(Buffer.from(voicemail.sound ?? []).equals(Buffer.from(sound))).toBe(true)
    })

    it('takes what the account keeps elsewhere without telling that place the token', async () => {
      const asked: (string | undefined)[] = []
      const elsewhere = createServer((request, response) => {
        asked.push(request.headers.authorization)
        response.writeHead(200, { connection: 'close' }).end(madeWave())
      })
      await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve))
      server.server.recordings.set(SID, `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/kept`)
      await leaves()
      await said.untilSound()
      expect(asked).toEqual([undefined])
      await new Promise((resolve) => elsewhere.close(resolve))
    })
  })
})
