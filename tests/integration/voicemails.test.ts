import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { sweepRecordings } from '../../src/main/phone/recording/retentionSweep.ts'
import type { MailedVoicemail } from '../../src/main/services/leads/imap/readVoicemail.ts'
import { takeVoicemail } from '../../src/main/services/leads/imap/takeVoicemail.ts'
import { newId } from '../../src/shared/base/id.ts'
import { DAY, MINUTE } from '../../src/shared/base/time.ts'
import type { Wall } from '../../src/shared/contract/methods/phoneOffice.ts'
import type { PlayableVoicemail } from '../../src/shared/contract/methods/voicemails.ts'
import { attachmentTable } from '../../src/shared/domain/attachments/tables.ts'
import { callIdOf } from '../../src/shared/domain/calls/facts.ts'
import { callTable } from '../../src/shared/domain/calls/tables.ts'
import { get } from '../../src/shared/domain/kernel/load.ts'
import { voicemailIdOf } from '../../src/shared/domain/recordings/voicemails.ts'
import { type Page, startBackend, type TestBackend } from '../support/backend.ts'
import { madeMp3, madeWave } from '../support/madeSound.ts'

const PIN = '4821'
const CALLER = '+15125550140'

describe('A voicemail', () => {
  let test: TestBackend
  let owner: Page
  let now = Date.UTC(2026, 6, 14, 15, 20)

  beforeEach(async () => {
    now = Date.UTC(2026, 6, 14, 15, 20)
    test = startBackend({ now: () => now, quiet: true })
    owner = test.page()
    await owner.ask('company.setUp', { companyName: 'Copper Ridge', zone: 'America/Chicago', ownerName: 'Sean Avery', pin: PIN })
  })

  afterEach(() => test.close())

  const services = () => {
    const found = test.backend.services
    if (!found) throw new Error('No backend')
    return found
  }

  async function colleague(role: string): Promise<Page> {
    const userId = newId()
    await owner.ask('user.add', { id: userId, name: 'Rosa Quill', roles: [role] })
    await owner.ask('people.setPin', { userId, pin: PIN })
    const page = test.page()
    await page.ask('session.signIn', { userId, pin: PIN })
    return page
  }

  /** A caller whom nobody answers speaks to the machine. @returns the call */
  async function left(externalId: string, ...sounds: readonly (Uint8Array | undefined)[]): Promise<string> {
    const call = { externalId, direction: 'in', lineName: 'HVAC', lineNumber: '+15550142000', fromNumber: CALLER, offeredAt: now - MINUTE, practice: false } as const
    test.phone.say({ kind: 'call', call: { ...call, state: 'offered', ringMs: 0 } })
    test.phone.say({ kind: 'call', call: { ...call, state: 'ended', cause: 'callerHungUp', ringMs: 20_000, agentId: null, answeredAt: null, endedAt: now - 40_000, talkMs: 0 } })
    for (const sound of sounds) test.phone.say({ kind: 'voicemail', call, voicemail: { leftAt: now, seconds: 0, recording: null, ...(sound ? { sound } : {}) } })
    await services().voicemails.settled()
    return callIdOf(services().store.companyId, externalId)
  }

  const ofCall = (callId: string, page = owner) => page.ask<{ voicemail: PlayableVoicemail | null; onItsWay: string | null; times: number; heard: { name: string }[] }>('voicemail.ofCall', { callId })

  async function heard(callId: string, page = owner): Promise<Buffer> {
    await page.ask('voicemail.open', { callId, operationId: 'listen' })
    return Buffer.from((await page.ask<{ base64: string }>('voicemail.part', { callId, from: 0 })).base64, 'base64')
  }

  it('says whether it is being fetched, or could not be, until it is here', async () => {
    const callId = await left('sip:7', undefined)
    expect(await ofCall(callId)).toMatchObject({ voicemail: null, onItsWay: null })
    for (const state of ['fetching', 'failed', 'fetching'] as const) {
      test.phone.say({ kind: 'voicemailSound', externalId: 'sip:7', state, reason: state === 'failed' ? 'It answered 500' : '' })
      expect(await ofCall(callId)).toMatchObject({ voicemail: null, onItsWay: state })
    }
    await left('sip:7', madeWave({ seconds: 2 }))
    expect(await ofCall(callId)).toMatchObject({ voicemail: { durationMs: 2000 }, onItsWay: null })
  })

  it('that stands in the telephone system’s list is the one that was told before Baton closed', async () => {
    const call = { externalId: 'ringcentral:message-7', direction: 'in', lineName: '', lineNumber: '+15550142000', fromNumber: CALLER, offeredAt: now, practice: false } as const
    const callId = await left('ringcentral:s-1')
    const ring = { ...call, externalId: 'ringcentral:s-1', lineName: 'HVAC', offeredAt: now - MINUTE }
    test.phone.say({ kind: 'voicemail', call: ring, voicemail: { leftAt: now, seconds: 2, recording: 'message 7' } })
    test.phone.say({ kind: 'voicemail', call, voicemail: { leftAt: now, seconds: 2, recording: 'message 7', apart: true, sound: madeWave({ seconds: 2 }) } })
    await services().voicemails.settled()
    expect(services().store.engine.run(get(callTable, callIdOf(services().store.companyId, call.externalId)))).toBeUndefined()
    expect(await ofCall(callId)).toMatchObject({ voicemail: { durationMs: 2000 } })
  })

  it('is heard by whoever may return calls, byte for byte, and hearing it returns nothing', async () => {
    const sound = madeWave({ seconds: 2 })
    const callId = await left('sip:1', undefined, sound, sound)
    const rosa = await colleague('inboundCsr')
    expect(await ofCall(callId, rosa)).toMatchObject({ voicemail: { durationMs: 2000, mediaType: 'audio/wav', keptUntil: null, goneAt: null }, heard: [] })
    await expect(rosa.ask('voicemail.part', { callId, from: 0 })).rejects.toThrow('voicemail.notOpened')
    expect((await heard(callId, rosa)).equals(Buffer.from(sound))).toBe(true)
    expect(await ofCall(callId)).toMatchObject({ heard: [{ name: 'Rosa Quill' }] })
    expect(await owner.ask('calls.detail', { callId })).toMatchObject({ followUp: 'owed', voicemailSeconds: 2 })
    const { items } = await rosa.ask<{ items: { subjectId: string; voicemail: boolean }[] }>('queue.items', { of: { kind: 'calls', list: 'voicemail' } })
    expect(items).toMatchObject([{ subjectId: callId, voicemail: true }])
  })

  it('is on no list of files, is nobody\u2019s to open as one, and no recording', async () => {
    const callId = await left('sip:1', madeMp3(100))
    const attachmentId = voicemailIdOf(services().store.companyId, callId)
    expect(services().store.engine.run(get(attachmentTable, attachmentId))).toMatchObject({ subjectKind: 'voicemail', name: 'Voicemail.mp3' })
    await expect(owner.ask('attachment.open', { attachmentId, asFile: true, operationId: 'open' })).rejects.toThrow('attachment.unknown')
    await expect(owner.ask('attachment.remove', { attachmentId, removed: true })).rejects.toThrow('attachment.recording')
    expect(await owner.ask('attachment.list', { subjectKind: 'call', subjectId: callId })).toEqual([])
    await heard(callId)
    expect(await owner.ask('recording.ofCall', { callId })).toEqual({ recordings: [], listened: [] })
  })

  it('that can\u2019t be played, or is none, is owed a call back all the same', async () => {
    const callId = await left('sip:1', madeWave({ format: 49, bits: 8 }))
    const other = await left('sip:2', Buffer.from('<html>'))
    for (const id of [callId, other]) {
      expect((await ofCall(id)).voicemail).toBeNull()
      expect(await owner.ask('calls.detail', { callId: id })).toMatchObject({ followUp: 'owed' })
      await expect(owner.ask('voicemail.open', { callId: id, operationId: 'listen' })).rejects.toThrow('voicemail.gone')
    }
  })

  it('is kept while its caller is owed a call back, then as long as a recording of its line, and says why it went', async () => {
    await owner.ask('phoneRules.configure', { set: { recordingDays: 10 } })
    const callId = await left('sip:1', madeWave())
    now += 400 * DAY
    await sweepRecordings(services())
    expect((await ofCall(callId)).voicemail).toMatchObject({ goneAt: null, keptUntil: null })
    await owner.ask('call.conclude', { callId, outcome: 'excused', reason: 'Reached by email', callBackBy: null, callBackNumber: null, callerName: '', notes: '' })
    // Whoever returned it may hear it once more.
    now += 6 * DAY
    await sweepRecordings(services())
    expect((await ofCall(callId)).voicemail).toMatchObject({ goneAt: null, keptUntil: now + DAY })
    now += DAY
    await sweepRecordings(services())
    expect((await ofCall(callId)).voicemail).toMatchObject({ goneAt: now, goneWhy: 'Kept for 407 days: as its line says, and a week after its call was returned.' })
    await expect(heard(callId)).rejects.toThrow('voicemail.gone')
  })

  describe('whose call nobody heard ring', () => {
    interface Listed {
      readonly subjectId: string
      readonly voicemail: boolean
    }
    const owed = async (): Promise<readonly Listed[]> => (await owner.ask<{ items: Listed[] }>('queue.items', { of: { kind: 'calls', list: 'voicemail' } })).items
    const promises = (): readonly unknown[] => services().store.prepare("SELECT subject_id AS callId FROM promise WHERE state = 'open'").all()
    const mailed = (more: Partial<MailedVoicemail> = {}): MailedVoicemail => ({ id: '<1@pbx>', number: CALLER, name: 'Jane Roe', leftAt: now - MINUTE, seconds: 2, sound: madeWave({ seconds: 2 }), ...more })
    const rung = (externalId: string, fromNumber: string | null = CALLER): string => {
      const call = { externalId, direction: 'in', lineName: 'HVAC', lineNumber: '+15550142000', fromNumber, offeredAt: now - 3 * MINUTE, practice: false } as const
      test.phone.say({ kind: 'call', call: { ...call, state: 'offered', ringMs: 0 } })
      test.phone.say({ kind: 'call', call: { ...call, state: 'ended', cause: 'callerHungUp', ringMs: 20_000, agentId: null, answeredAt: null, endedAt: now - 2 * MINUTE, talkMs: 0 } })
      return callIdOf(services().store.companyId, externalId)
    }
    const message = (fromNumber: string | null): void => {
      const call = { externalId: 'ringcentral:message-4712', direction: 'in', lineName: '', lineNumber: '+15550142000', fromNumber, offeredAt: now, practice: false } as const
      test.phone.say({ kind: 'voicemail', call, voicemail: { leftAt: now - MINUTE, seconds: 12, recording: 'message 4712', apart: true } })
    }

    it.each<readonly [what: string, leave: () => unknown]>([
      ['mailed', () => takeVoicemail(services(), mailed(), now)],
      ['mailed, with the number withheld', () => takeVoicemail(services(), mailed({ number: null }), now)],
      ['mailed, with a time that can\u2019t be', () => takeVoicemail(services(), mailed({ leftAt: Date.UTC(1970, 0, 1) }), now)],
      ['a message at RingCentral', () => message(CALLER)],
      ['a message at RingCentral, with the number withheld', () => message(null)],
    ])('is owed a call back, on the list and in the ledger, and nobody waits on the wall: %s', async (_what, leave) => {
      await leave()
      const [item, ...others] = await owed()
      expect([item?.voicemail, others]).toEqual([true, []])
      expect(await owner.ask('calls.detail', { callId: item?.subjectId })).toMatchObject({ state: 'ended', outcome: 'abandoned', followUp: 'owed' })
      expect(promises()).toEqual([{ callId: item?.subjectId }])
      expect((await owner.ask<Wall>('phoneOffice.wall')).waiting).toEqual([])
    })

    it('is put to the call in the log, from whichever telephone, and told twice is one', async () => {
      const callId = rung('sip:1')
      message(CALLER)
      message(CALLER)
      expect(await owed()).toMatchObject([{ subjectId: callId, voicemail: true }])
      expect(await owner.ask('calls.detail', { callId })).toMatchObject({ voicemailSeconds: 12, voicemailRecording: 'message 4712' })
      expect(promises()).toEqual([{ callId }])
      // What is mailed of it is the same message, and is no better than the telephone's own.
      expect(await takeVoicemail(services(), mailed({ leftAt: now - MINUTE + 900 }), now)).toBe(true)
      expect(promises()).toEqual([{ callId }])
      expect((await ofCall(callId)).voicemail).toBeNull()
    })

    it('is put to no call that somebody took, nor to another\u2019s', async () => {
      const taken = rung('sip:1', '+15125550199')
      message(CALLER)
      expect((await owed()).map(({ subjectId }) => subjectId)).not.toContain(taken)
      expect(promises()).toHaveLength(2)
    })

    it('that can\u2019t be kept just now is said so, and kept when it is read again', async () => {
      // Nothing can be written there, as on a disk that is full.
      const folder = mkdtempSync(join(tmpdir(), 'baton-voicemails-'))
      onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
      await test.close()
      test = startBackend({ now: () => now, quiet: true, directory: folder })
      owner = test.page()
      await owner.ask('company.setUp', { companyName: 'Copper Ridge', zone: 'America/Chicago', ownerName: 'Sean Avery', pin: PIN })
      const incoming = join(folder, 'attachments', 'incoming')
      mkdirSync(join(folder, 'attachments'), { recursive: true })
      writeFileSync(incoming, '')
      await expect(takeVoicemail(services(), mailed(), now)).rejects.toThrow('EEXIST')
      const [item] = await owed()
      expect(item?.voicemail).toBe(true)
      rmSync(incoming)
      expect(await takeVoicemail(services(), mailed(), now)).toBe(true)
      expect(promises()).toEqual([{ callId: item?.subjectId }])
      expect((await ofCall(item?.subjectId ?? '')).voicemail).toMatchObject({ durationMs: 2000 })
    })

    it('has no length where its sound can\u2019t be played, and no sound where that is hours long', async () => {
      const callId = await left('sip:7', Buffer.from('<html>'), madeMp3(51_000))
      expect(await owner.ask('calls.detail', { callId })).toMatchObject({ voicemailSeconds: 0, followUp: 'owed' })
      expect((await ofCall(callId)).voicemail).toBeNull()
    })
  })
})
