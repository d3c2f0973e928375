import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { PracticeLine } from '../../src/main/phone/practiceLine.ts'
import type { PhoneEvent } from '../../src/main/phone/port.ts'
import { sweepRecordings } from '../../src/main/phone/recording/retentionSweep.ts'
import { newId } from '../../src/shared/base/id.ts'
import { MU_LAW_RATE, MU_LAW_SILENCE } from '../../src/shared/base/muLaw.ts'
import { DAY } from '../../src/shared/base/time.ts'
import type { LiveCall } from '../../src/shared/contract/methods/calls.ts'
import type { ListedRecording } from '../../src/shared/contract/methods/recordings.ts'
import { SYSTEM_ACTOR } from '../../src/shared/domain/people/permissions.ts'
import type { RecordMode } from '../../src/shared/domain/recordings/tables.ts'
import { type Page, startBackend, type TestBackend } from '../support/backend.ts'

const PIN = '4821'
const LINE = { id: newId(), number: '+15550142001', name: 'Plumbing line', businessUnitId: null, purpose: 'general', skills: [], roles: [], firstSeconds: null, backupNumber: '', ringLimitSeconds: null, hours: [], consentText: 'This call is recorded. Is that all right?', recordingDays: 10, position: 0, active: true }

interface Due {
  at: number
  readonly run: () => void
}

/** The practice line with a clock turned by hand, so that what is recorded has its length without anybody waiting. */
class Office {
  readonly test: TestBackend
  readonly owner: Page
  now = Date.UTC(2026, 6, 14, 15, 20)
  #elapsed = 0
  #due: Due[] = []
  readonly #line: PracticeLine
  readonly heard: PhoneEvent[] = []
  /** False: this telephone does not say which line was dialled, as one that a caller came through to. */
  knowsLine = true

  constructor(directory?: string) {
    this.test = startBackend({ ...(directory === undefined ? {} : { directory }), now: () => this.now, quiet: true })
    this.owner = this.test.page()
    this.#line = new PracticeLine({
      now: () => this.now,
      monotonic: () => this.#elapsed,
      after: (after, run) => {
        const due = { at: this.#elapsed + after, run }
        this.#due.push(due)
        return () => void (this.#due = this.#due.filter((other) => other !== due))
      },
    })
    this.#line.listen((event) => {
      this.heard.push(event)
      this.test.phone.say(this.knowsLine || event.kind !== 'call' ? event : { ...event, call: { ...event.call, lineName: '', lineNumber: '' } })
    })
  }

  /** So many milliseconds pass. */
  pass(milliseconds: number): void {
    const end = this.#elapsed + milliseconds
    for (;;) {
      const next = this.#due.filter(({ at }) => at <= end).toSorted((left, right) => left.at - right.at)[0]
      if (!next) break
      this.#due = this.#due.filter((other) => other !== next)
      this.now += next.at - this.#elapsed
      this.#elapsed = next.at
      next.run()
    }
    this.now += end - this.#elapsed
    this.#elapsed = end
  }

  async does(page: Page, method: string, input: unknown): Promise<void> {
    await page.ask(method, input)
    this.obey()
  }

  obey(): void {
    for (const command of this.test.phone.sent.splice(0)) this.#line.send(command)
  }

  async open(recordMode: RecordMode = 'onRequest', consentBy: 'read' | 'system' = 'read'): Promise<this> {
    await this.owner.ask('company.setUp', { companyName: 'Copper Ridge', zone: 'America/Chicago', ownerName: 'Sean Avery', pin: PIN })
    await this.owner.ask('phoneLine.save', { ...LINE, recordMode, consentBy })
    return this
  }

  async colleague(name: string, role: string): Promise<Page> {
    const userId = newId()
    await this.owner.ask('user.add', { id: userId, name, roles: [role] })
    await this.owner.ask('people.setPin', { userId, pin: PIN })
    const page = this.test.page()
    await page.ask('session.signIn', { userId, pin: PIN })
    return page
  }

  async talk(page: Page = this.owner): Promise<string> {
    const { callId } = await page.ask<{ callId: string }>('practice.ring', { script: 'newCaller' })
    this.obey()
    await this.does(page, 'phone.answer', { callId })
    this.obey()
    return callId
  }

  async call(): Promise<LiveCall> {
    const [one] = (await this.owner.ask<{ calls: LiveCall[] }>('calls.current')).calls
    if (!one) throw new Error('No call is up')
    return one
  }

  async recordings(callId: string, page: Page = this.owner): Promise<readonly ListedRecording[]> {
    await this.test.backend.services?.tapes.settled()
    return (await page.ask<{ recordings: ListedRecording[] }>('recording.ofCall', { callId })).recordings
  }

  async bytes(recordingId: string, page: Page = this.owner): Promise<Buffer> {
    await page.ask('recording.open', { recordingId, operationId: 'listen' })
    return Buffer.from((await page.ask<{ base64: string }>('recording.part', { recordingId, from: 0 })).base64, 'base64')
  }
}

const offices: Office[] = []
const folders: string[] = []

function office(directory?: string): Office {
  const made = new Office(directory)
  offices.push(made)
  return made
}

afterEach(async () => {
  for (const one of offices.splice(0)) await one.test.close()
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

const HEADER = 58
const perMs = (MU_LAW_RATE * 2) / 1000
const silent = (file: Buffer, { from, to }: { readonly from: number; readonly to: number }): boolean => file.subarray(HEADER + from * perMs, HEADER + to * perMs).every((byte) => byte === MU_LAW_SILENCE)

describe('recording a call', () => {
  it('begins only once the notice was read, pauses while a payment is open, and goes on by itself', async () => {
    const desk = await office().open('always')
    const callId = await desk.talk()
    expect(await desk.call()).toMatchObject({ recording: null, tape: { mode: 'always', consented: false, sentence: LINE.consentText } })
    await expect(desk.owner.ask('phone.record', { callId, to: 'on' })).rejects.toThrow('Read the notice')
    desk.pass(2000)
    await desk.does(desk.owner, 'recording.consent', { callId })
    expect(await desk.call()).toMatchObject({ recording: 'on', tape: { why: null, remindInMs: null } })
    desk.pass(3000)
    await desk.does(desk.owner, 'recording.payment', { open: true })
    expect(await desk.call()).toMatchObject({ recording: 'paused', tape: { why: 'card', paymentOpen: true } })
    await expect(desk.owner.ask('phone.record', { callId, to: 'on' })).rejects.toThrow('A payment is open')
    desk.pass(4000)
    await desk.does(desk.owner, 'recording.payment', { open: false })
    expect(await desk.call()).toMatchObject({ recording: 'on', tape: { why: null } })
    desk.pass(2000)
    await desk.does(desk.owner, 'phone.hangUp', { callId })
    const [recording, ...others] = await desk.recordings(callId)
    expect(others).toEqual([])
    expect(recording).toMatchObject({ durationMs: 9000, pauses: [{ from: 3000, to: 7000, why: 'card' }], consent: 'read', consentBy: 'Sean Avery', cutOff: false, goneAt: null })
    const file = await desk.bytes(recording?.recordingId ?? '')
    expect(file.length).toBe(HEADER + 9000 * perMs)
    expect([silent(file, { from: 3000, to: 7000 }), silent(file, { from: 0, to: 3000 }), silent(file, { from: 7000, to: 9000 })]).toEqual([true, false, false])
  })

  it('stays paused where the page with the payment is gone, and reminds of it, until somebody says go on', async () => {
    const desk = await office().open('always', 'system')
    const callId = await desk.talk()
    const second = desk.test.page()
    await second.ask('session.signIn', { userId: (await desk.owner.ask<{ person: { userId: string } }>('session.state')).person.userId, pin: PIN })
    await desk.does(second, 'recording.payment', { open: true })
    second.close()
    await expect.poll(async () => (await desk.call()).tape).toMatchObject({ why: 'card', paymentOpen: false })
    desk.obey()
    const { recording, tape } = await desk.call()
    expect(recording).toBe('paused')
    expect(tape?.remindInMs).toBeGreaterThan(0)
    expect(tape?.remindInMs).toBeLessThanOrEqual(60_000)
    await desk.does(desk.owner, 'phone.record', { callId, to: 'on' })
    expect(await desk.call()).toMatchObject({ recording: 'on' })
  })

  it('pauses while any window of the person shows a payment, and a window that is gone is told apart from one that was closed', async () => {
    const desk = await office().open('always', 'system')
    const callId = await desk.talk()
    const { userId } = (await desk.owner.ask<{ person: { userId: string } }>('session.state')).person
    const session = newId()
    const [one, other] = [desk.test.page(session, userId), desk.test.page(session, userId)]
    await desk.does(one, 'recording.payment', { open: true })
    // A window that shows none says nothing for the others.
    await desk.does(other, 'recording.payment', { open: false })
    expect(await desk.call()).toMatchObject({ recording: 'paused', tape: { why: 'card', paymentOpen: true } })
    await desk.does(other, 'recording.payment', { open: true })
    await desk.does(one, 'recording.payment', { open: false })
    expect(await desk.call()).toMatchObject({ recording: 'paused', tape: { paymentOpen: true } })
    await desk.does(other, 'recording.payment', { open: false })
    expect(await desk.call()).toMatchObject({ recording: 'on' })

    // It falls with the payment in it, and another window of the session is still there.
    await desk.does(other, 'recording.payment', { open: true })
    other.close()
    await expect.poll(async () => (await desk.call()).tape).toMatchObject({ why: 'card', paymentOpen: false })
    await desk.does(desk.owner, 'phone.record', { callId, to: 'on' })
    expect(await desk.call()).toMatchObject({ recording: 'on' })
  })

  it('is refused on a line that is not recorded', async () => {
    const desk = await office().open('never')
    const callId = await desk.talk()
    await desk.owner.ask('recording.consent', { callId })
    await expect(desk.owner.ask('phone.record', { callId, to: 'on' })).rejects.toThrow('not recorded')
    expect(desk.test.phone.sent.filter(({ kind }) => kind === 'record')).toEqual([])
  })
})

describe('a caller whose line is known only later', () => {
  /** Another telephone of the office says which line they have dialled. */
  function lineIsSaid(desk: Office): void {
    const event = desk.heard.findLast((one) => one.kind === 'call')
    if (event?.kind !== 'call') throw new Error('Nobody has rung')
    const { externalId, direction, fromNumber, offeredAt, practice } = event.call
    const outcome = desk.test.backend.services?.run({ name: 'call.offered', actorId: SYSTEM_ACTOR, input: { externalId, direction, fromNumber, offeredAt, practice, lineName: LINE.name, lineNumber: LINE.number } })
    expect(outcome?.kind).toBe('accepted')
    desk.obey()
  }

  it('is on the recording from that moment on, and not before, where the line always records', async () => {
    const desk = await office().open('always', 'system')
    desk.knowsLine = false
    const callId = await desk.talk()
    desk.pass(4000)
    lineIsSaid(desk)
    desk.pass(2000)
    await desk.does(desk.owner, 'phone.hangUp', { callId })
    const [recording] = await desk.recordings(callId)
    expect(recording).toMatchObject({ durationMs: 2000, consent: 'system', startedAt: desk.now - 2000 })
    const file = await desk.bytes(recording?.recordingId ?? '')
    expect(file.length).toBe(HEADER + 2000 * perMs)
    expect(silent(file, { from: 0, to: 2000 })).toBe(false)
  })

  it('is on it up to that moment, and not a sample longer, where the line never records', async () => {
    const desk = await office().open('never')
    desk.knowsLine = false
    const callId = await desk.talk()
    await desk.does(desk.owner, 'recording.consent', { callId })
    await desk.does(desk.owner, 'phone.record', { callId, to: 'on' })
    desk.pass(3000)
    lineIsSaid(desk)
    desk.pass(5000)
    await desk.does(desk.owner, 'phone.hangUp', { callId })
    const [recording, ...others] = await desk.recordings(callId)
    expect(others).toEqual([])
    const file = await desk.bytes(recording?.recordingId ?? '')
    expect(file.length).toBe(HEADER + 3000 * perMs)
  })
})

async function recorded(desk: Office): Promise<{ readonly callId: string; readonly recordingId: string }> {
  const callId = await desk.talk()
  await desk.does(desk.owner, 'recording.consent', { callId })
  await desk.does(desk.owner, 'phone.record', { callId, to: 'on' })
  desk.pass(2500)
  await desk.does(desk.owner, 'phone.hangUp', { callId })
  return { callId, recordingId: (await desk.recordings(callId))[0]?.recordingId ?? '' }
}

describe('a recording', () => {
  it('is neither told of, nor given, to a role without the right; not as a file either', async () => {
    const desk = await office().open()
    const { callId, recordingId } = await recorded(desk)
    const csr = await desk.colleague('Rosa Quill', 'inboundCsr')
    for (const [method, input] of [
      ['recording.ofCall', { callId }],
      ['recording.open', { recordingId, operationId: 'listen' }],
      ['recording.part', { recordingId, from: 0 }],
      ['recording.listened', { listeningId: newId(), callId, recordingId }],
    ] as const) {
      await expect(csr.ask(method, input), method).rejects.toThrow('people.notAllowed')
    }
    // Its file is an attachment, and is none to them nor to anybody.
    for (const page of [csr, desk.owner]) {
      await expect(page.ask('attachment.open', { attachmentId: recordingId, asFile: true, operationId: 'open' })).rejects.toThrow('attachment.unknown')
      await expect(page.ask('attachment.remove', { attachmentId: recordingId, removed: true })).rejects.toThrow('attachment.recording')
      await expect(page.ask('attachment.describe', { attachmentId: recordingId, set: { name: 'Mine.wav' } })).rejects.toThrow('attachment.recording')
    }
    expect(await csr.ask('attachment.list', { subjectKind: 'call', subjectId: callId })).toEqual([])
    expect(JSON.stringify(await csr.ask('calls.detail', { callId }))).not.toContain(recordingId)
    expect(JSON.stringify(csr.events)).not.toContain(recordingId)
  })

  it('is listened to by those who may, and each time is written down', async () => {
    const desk = await office().open()
    const { callId, recordingId } = await recorded(desk)
    const quality = await desk.colleague('Quinn Lake', 'qualityAssurance')
    expect((await desk.bytes(recordingId, quality)).toString('ascii', 0, 4)).toBe('RIFF')
    const auditor = await desk.colleague('Ada Moss', 'qualityAssurance')
    await expect(auditor.ask('recording.part', { recordingId, from: 0 })).rejects.toThrow('recording.notOpened')
    // Another who may listen sits down at the same page: they are written down for themselves.
    await quality.ask('session.signIn', { userId: (await auditor.ask<{ person: { userId: string } }>('session.state')).person.userId, pin: PIN })
    await expect(quality.ask('recording.part', { recordingId, from: 0 })).rejects.toThrow('recording.notOpened')
    expect(await quality.ask('recording.ofCall', { callId })).toMatchObject({ listened: [{ name: 'Quinn Lake', at: desk.now }] })
  })

  it('goes when its line\u2019s days are over, and says why it went', async () => {
    const desk = await office().open()
    const { callId, recordingId } = await recorded(desk)
    await sweep(desk, 9)
    expect((await desk.recordings(callId))[0]).toMatchObject({ goneAt: null })
    expect((await desk.bytes(recordingId)).length).toBeGreaterThan(HEADER)
    await sweep(desk, 2)
    expect((await desk.recordings(callId))[0]).toMatchObject({ goneAt: desk.now, goneWhy: 'Kept for 10 days, as its line says.' })
    await expect(desk.owner.ask('recording.open', { recordingId, operationId: 'listen' })).rejects.toThrow('recording.gone')
    await expect(desk.owner.ask('recording.part', { recordingId, from: 0 })).rejects.toThrow('recording.gone')
  })

  it('does not go while a complaint about its call runs', async () => {
    const desk = await office().open()
    const { callId } = await recorded(desk)
    await desk.owner.ask('task.create', { taskId: newId(), title: 'He was rude', type: 'complaint', callId, assigneeId: null, role: 'customerRelations', dueAt: desk.now + DAY / 2, remindAt: null, priority: 'normal', related: null, notes: '', signOffWanted: false, steps: [] })
    await sweep(desk, 400)
    expect((await desk.recordings(callId))[0]).toMatchObject({ goneAt: null, keptUntil: null })
  })
})

/** So many days later the office looks what is over. */
async function sweep(desk: Office, days: number): Promise<void> {
  const { services } = desk.test.backend
  if (!services) throw new Error('No backend')
  desk.now += days * DAY
  await sweepRecordings(services)
}

const tapesIn = (folder: string): readonly string[] => readdirSync(join(folder, 'recordings')).filter((name) => name.endsWith('.ulaw'))

it('that Baton fell in the middle of is there after the next start, with its pause', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'baton-tapes-test-'))
  folders.push(folder)
  const desk = await office(folder).open('always', 'system')
  const { person } = await desk.owner.ask<{ person: { userId: string } }>('session.state')
  const callId = await desk.talk()
  desk.pass(2000)
  await desk.does(desk.owner, 'recording.payment', { open: true })
  desk.pass(3000)
  expect(tapesIn(folder)).toHaveLength(1)
  // What a fall leaves: the tape has no end, and nobody says one.
  await desk.test.close()
  offices.splice(0)
  const after = startBackend({ directory: folder, now: () => desk.now, quiet: true })
  const { services } = after.backend
  services?.tapes.keepLeft(services)
  await services?.tapes.settled()
  expect(tapesIn(folder)).toEqual([])
  const { recordings } = await after.page(newId(), person.userId).ask<{ recordings: ListedRecording[] }>('recording.ofCall', { callId })
  expect(recordings).toMatchObject([{ cutOff: true, durationMs: 5000, pauses: [{ from: 2000, to: 5000, why: 'card' }] }])
  await after.close()
})

it('the voicemail box is called where it can be, at the number the office has said', async () => {
  const desk = await office().open()
  await expect(desk.owner.ask('phone.voicemail')).rejects.toThrow('phone.noLine')
  desk.test.phone.say({ kind: 'line', line: { status: 'ready', at: 0, reason: '', account: '', abilities: ['dial'], doNotDisturb: false, messages: { fresh: 2, old: 1 }, audio: null } })
  await desk.owner.ask('phone.voicemail')
  await desk.owner.ask('phoneRules.configure', { set: { voicemailNumber: '5000' } })
  await desk.owner.ask('phone.voicemail')
  expect(desk.test.phone.sent.flatMap((command) => (command.kind === 'dial' ? [command.number] : []))).toEqual(['*97', '5000'])
})
