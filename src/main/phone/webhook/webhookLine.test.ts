import { type ClientRequest, request } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { madeWave } from '../../../../tests/support/madeSound.ts'
import { TurnedWorld } from '../../../../tests/support/phoneDriver.ts'
import { Heard } from '../../../../tests/support/phoneHeard.ts'
import { freePort, HOOK_SECRET, hookAccount, WebhookSender } from '../../../../tests/support/phones/webhookSender.ts'
import { signatureOf, Verifier } from './signature.ts'
import { WebhookLine } from './webhookLine.ts'

const BODY = '{"version":1,"event":"ringing","call":"c1","sequence":1,"from":"(512) 555-0140","to":"+13125550100"}'
const NOW = 1_784_034_005_000

describe('a signature', () => {
  it('is HMAC-SHA256 over timestamp, dot and body, as anybody can compute it', () => {
    expect(signatureOf('key', '1784034005', '{}')).toBe('sha256=a7d897a7fe64b5348952fef55ef468ab3b758a7d08fca5f9bc0de99b6702d123')
  })

  it('counts once, in its time, for its own body', () => {
    const verifier = new Verifier(HOOK_SECRET)
    const signed = (seconds: number, body = BODY) => ({ timestamp: String(seconds), signature: signatureOf(HOOK_SECRET, String(seconds), body), body })
    const at = NOW / 1000
    expect(verifier.judge(signed(at), NOW)).toBe('genuine')
    expect(verifier.judge(signed(at), NOW + 299_000)).toBe('repeated')
    expect(verifier.judge(signed(at), NOW + 302_000)).toBe('outOfTime')
    expect(verifier.judge(signed(at + 301), NOW)).toBe('outOfTime')
    expect(verifier.judge({ ...signed(at - 1), body: `${BODY} ` }, NOW)).toBe('unsigned')
    expect(verifier.judge({ ...signed(at - 1), timestamp: String(at - 2) }, NOW)).toBe('unsigned')
    expect(verifier.judge({ ...signed(at - 1), signature: '' }, NOW)).toBe('unsigned')
    expect(new Verifier('another').judge(signed(at - 1), NOW)).toBe('unsigned')
  })
})

interface Begun {
  readonly request: ClientRequest
  /** What it is answered although it does not end. */
  readonly status: Promise<number>
}

/** A message that is longer than most, and does not end. */
async function begin(port: number, headers: Readonly<Record<string, string>>): Promise<Begun> {
  const sent = request({ port, path: '/phone/events', method: 'POST', host: '127.0.0.1', headers: { ...headers, 'content-length': '500000' } })
  sent.on('error', () => undefined)
  const status = new Promise<number>((resolve) => sent.on('response', (response) => resolve(response.resume().statusCode ?? 0)))
  await new Promise<void>((resolve) => sent.write(Buffer.alloc(200_000), () => resolve()))
  return { request: sent, status }
}

describe('the listener for messages', () => {
  let port: number
  let line: WebhookLine
  let heard: Heard
  let sender: WebhookSender
  const world = new TurnedWorld()

  beforeEach(async () => {
    port = await freePort()
    line = new WebhookLine(hookAccount(port), world)
    heard = new Heard(line)
    sender = new WebhookSender(port, world.now)
    await heard.until('ready', () => heard.line?.status === 'ready')
  })

  afterEach(() => {
    line.close()
    heard.keepsThePort('webhook')
  })

  const headers = (body: string) => {
    const timestamp = String(Math.floor(world.now() / 1000))
    return { 'content-type': 'application/json', 'x-baton-timestamp': timestamp, 'x-baton-signature': signatureOf(HOOK_SECRET, timestamp, body) }
  }

  it('takes in what is signed, and nothing else', async () => {
    expect(await sender.post(BODY, headers(BODY))).toBe(200)
    expect(await sender.post(BODY, headers(BODY))).toBe(200)
    expect(await sender.post(BODY, { ...headers(BODY), 'x-baton-signature': 'sha256=00' })).toBe(401)
    expect(await sender.post(BODY, { ...headers(BODY), 'content-type': 'text/plain' })).toBe(415)
    expect(await sender.post('{}', headers('{}'))).toBe(422)
    expect(heard.calls).toMatchObject([{ externalId: 'webhook:c1', fromNumber: '+15125550140', lineNumber: '+13125550100', state: 'offered' }])
  })

  it('takes in no more than 8 MB, no other path and no other method', async () => {
    const big = 'x'.repeat(9_000_000)
    expect(await sender.post(big, headers(big))).toBe(413)
    const status = (path: string, method: string): Promise<number> =>
      new Promise((resolve, reject) => request({ port, path, method, host: '127.0.0.1' }, (response) => resolve(response.resume().statusCode ?? 0)).on('error', reject).end())
    expect(await status('/phone/events', 'GET')).toBe(405)
    expect(await status('/', 'POST')).toBe(404)
  })

  const say = (fields: object) => {
    const body = JSON.stringify({ version: 1, call: 'c1', from: '+15125550140', ...fields })
    return sender.post(body, headers(body))
  }

  it('takes a voicemail with what was said in it, some minutes long', async () => {
    const sound = madeWave({ seconds: 180 })
    await say({ event: 'ringing', sequence: 1 })
    expect(await say({ event: 'voicemail', sequence: 2, seconds: 180, sound: Buffer.from(sound).toString('base64') })).toBe(200)
    const { call, voicemail } = await heard.untilSound()
    expect(call).toMatchObject({ externalId: 'webhook:c1', fromNumber: '+15125550140' })
    expect(Buffer.from(voicemail.sound ?? []).equals(Buffer.from(sound))).toBe(true)
    // Whoever speaks to the machine was not answered here.
    expect(heard.of('+15125550140')).toMatchObject({ state: 'ended', answeredAt: null })
    expect(await say({ event: 'voicemail', sequence: 3, sound: 'not base64!' })).toBe(422)
    expect(await say({ event: 'voicemail', sequence: 3, soundUrl: 'http://pbx.example.com/1.wav' })).toBe(422)
  })

  it('says why what was said can not be fetched, and never what an address has behind its question mark', async () => {
    await say({ event: 'voicemail', sequence: 1, soundUrl: 'https://pbx.example.com/1.wav?token=s3cret' })
    await heard.until('no sound', () => heard.events.some((event) => event.kind === 'voicemailSound' && event.state === 'failed'))
    const sounds = heard.events.filter((event) => event.kind === 'voicemailSound')
    expect(sounds).toMatchObject([{ externalId: 'webhook:c1', state: 'fetching' }, { externalId: 'webhook:c1', state: 'failed', reason: 'This host is not among those the office has named' }])
    expect(JSON.stringify(heard.events)).not.toContain('s3cret')
  })

  const long = (sequence: number) => say({ event: 'voicemail', sequence, sound: Buffer.from(madeWave({ seconds: 60 })).toString('base64') })

  it('turns a third long message away while two are on their way, and takes it after that', async () => {
    const begun = await Promise.all([1, 2].map(() => begin(port, headers('some other'))))
    await expect.poll(() => long(2)).toBe(503)
    for (const { request } of begun) request.destroy()
    await expect.poll(() => long(3)).toBe(200)
  })

  it('keeps no place for long messages that nobody has signed, or in another hour', async () => {
    const hourAgo = String(Math.floor(world.now() / 1000) - 3_600)
    const begun = await Promise.all([{}, { 'x-baton-signature': 'sha256=00' }, { ...headers('x'), 'x-baton-timestamp': hourAgo }].map((some) => begin(port, some)))
    expect(await Promise.all(begun.map(({ status }) => status))).toEqual([413, 413, 413])
    expect(await long(2)).toBe(200)
    for (const { request } of begun) request.destroy()
  })

  it('gives the place of a long message that stalls to the next one', async () => {
    const begun = await Promise.all([1, 2].map(() => begin(port, headers('some other'))))
    await expect.poll(() => long(2)).toBe(503)
    world.pass(5_000)
    expect(await Promise.all(begun.map(({ status }) => status))).toEqual([408, 408])
    expect(await long(3)).toBe(200)
    for (const { request } of begun) request.destroy()
  })

  it('drops what is older than what was heard, and what is another telephone\u2019s', async () => {
    await say({ event: 'ringing', sequence: 1, from: '+15125550140' })
    await say({ event: 'answered', sequence: 5 })
    await say({ event: 'held', sequence: 3 })
    await say({ event: 'ended', sequence: 9, extension: '104' })
    expect(heard.stateOf('+15125550140')).toBe('active')
  })

  it('says that its port is taken, or its secret too short', async () => {
    const second = new Heard(new WebhookLine(hookAccount(port), world))
    await second.until('down', () => second.line?.status === 'down')
    expect(second.line?.reason).toContain(String(port))
    const weak = new WebhookLine(hookAccount(port, { secret: 'short' }), world)
    const third = new Heard(weak)
    weak.send({ kind: 'report' })
    expect(third.line).toMatchObject({ status: 'down' })
    expect(JSON.stringify(third.events)).not.toContain('short"')
  })
})
