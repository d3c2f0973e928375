import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { LeadItem } from '../../src/shared/contract/methods/leads.ts'
import { MINUTE } from '../../src/shared/base/time.ts'
import { until } from '../faults/support/until.ts'
import { callIdOf } from '../../src/shared/domain/calls/facts.ts'
import { type Page, startBackend, type TestBackend } from '../support/backend.ts'
import { madeWave } from '../support/madeSound.ts'
import { dovecotMissing, MAILBOX_PASSWORD, MailboxServer } from '../support/mailboxServer.ts'

const missing = dovecotMissing()

const letter = (id: string, more = ''): string => `From: June Halloran <june@halloran.example>\r\nTo: office@copper-ridge.example\r\nSubject: ${id}\r\nMessage-ID: <${id}@halloran.example>\r\n${more}\r\nNot cooling. 555-014-2210\r\n`

/** An email with a voicemail, as Asterisk writes it. */
const voicemailMail = (sound: Uint8Array, id: string, from: string, ...headers: readonly string[]): string =>
  [...headers, `From: PBX <${from}>`, 'Subject: [PBX]: New message 1 in mailbox 101', `Message-ID: <${id}@pbx>`, 'X-Asterisk-CallerID: 5125550140', `Date: ${new Date().toUTCString()}`, 'MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary="b"', '', '--b', 'Content-Type: text/plain', '', 'You were just left a 1:00 long message.', '--b', 'Content-Type: audio/x-wav; name="msg0001.wav"', 'Content-Transfer-Encoding: base64', 'Content-Disposition: attachment; filename="msg0001.wav"', '', Buffer.from(sound).toString('base64').replaceAll(/.{76}/g, '$&\r\n'), '--b--', ''].join('\r\n')

describe('The watched mailbox', () => {
  let server: MailboxServer
  let office: TestBackend
  let page: Page
  let folder: string

  beforeEach(async (context) => {
    if (missing !== undefined) context.skip(missing)
    server = await MailboxServer.start()
    folder = mkdtempSync(join(tmpdir(), 'baton-lead-mailbox-'))
    office = startBackend({ directory: folder, ports: { performs: true } })
    page = office.page()
    await page.ask('company.setUp', { companyName: 'Copper Ridge', zone: 'America/Chicago', ownerName: 'Sean Avery', pin: '2468' })
  })

  afterEach(async () => {
    await office?.close()
    await server?.close()
    if (folder) rmSync(folder, { recursive: true, force: true })
  })

  const leads = async (): Promise<readonly LeadItem[]> => (await page.ask<{ leads: readonly LeadItem[] }>('leads.list', { state: 'new' })).leads
  const watching = async () => (await page.ask<{ watching: { good: boolean; sentence: string } }>('leads.settings')).watching

  async function watch(changed: Readonly<Record<string, unknown>> = {}): Promise<void> {
    await page.ask('leadMailbox.save', { host: '127.0.0.1', port: server.port, security: 'none', userName: 'office', folder: 'INBOX', since: Date.now() - MINUTE, active: true, ...changed })
    await page.ask('leadMailbox.savePassword', { password: MAILBOX_PASSWORD })
  }

  const cameIn = (count: number): Promise<void> =>
    until(async () => (await leads()).length === count, () => `${count} leads`, 20_000)

  it('makes a lead of each email, as it comes, and leaves the mailbox as it is', async () => {
    await server.deliver(letter('before'))
    await watch()
    await cameIn(1)
    await server.deliver(letter('while-waiting'))
    await cameIn(2)
    await server.deliver(letter('away', 'Auto-Submitted: auto-replied\r\n'))
    await server.deliver(letter('after'))
    await cameIn(3)
    expect(await leads()).toMatchObject([{ channel: 'email', name: 'June Halloran', phone: '+15550142210', sourceName: 'Office mailbox' }, {}, {}])
    expect((await server.messages()).map(({ flags }) => flags.filter((flag) => flag !== '\\Recent'))).toEqual([[], [], [], []])
    expect(await watching()).toMatchObject({ good: true })
  })

  it('goes on where the server was gone, and knows everything again that was numbered anew', async () => {
    await server.deliver(letter('one'))
    await watch()
    await cameIn(1)
    await server.down()
    await server.up()
    await server.deliver(letter('two'))
    await cameIn(2)
    await server.renumber()
    await server.deliver(letter('three'))
    await cameIn(3)
  })

  it('is read by nobody twice: a workstation that starts again goes on, and the same email sent twice is one', async () => {
    await server.deliver(letter('one'))
    await watch()
    await cameIn(1)
    await office.close()
    await server.deliver(letter('one'))
    await server.deliver(letter('two'))
    office = startBackend({ directory: folder, ports: { performs: true } })
    page = office.page()
    const { people } = await page.ask<{ people: readonly { userId: string }[] }>('session.state')
    await page.ask('session.signIn', { userId: people[0]?.userId, pin: '2468' })
    await cameIn(2)
  })

  it('says what the server says about a wrong password, and reads nothing from before it was set up', async () => {
    await server.deliver(letter('long-ago'), new Date(Date.now() - 60 * MINUTE))
    await watch()
    await page.ask('leadMailbox.savePassword', { password: 'wrong one' })
    await until(async () => (await watching()).sentence.includes('did not accept'), () => 'the server\u2019s word', 20_000)
    await page.ask('leadMailbox.savePassword', { password: MAILBOX_PASSWORD })
    await server.deliver(letter('today'))
    await cameIn(1)
    expect((await leads())[0]?.wants).toBe('today')
  })

  it('takes a voicemail that the telephone system has mailed to its call, and believes nobody else', async () => {
    const sound = madeWave({ seconds: 60 })
    const mailed = (id: string, from: string, ...headers: readonly string[]): string => voicemailMail(sound, id, from, ...headers)
    const call = { externalId: 'sip:1', direction: 'in', lineName: 'HVAC', lineNumber: '+15550142000', fromNumber: '+15125550140', offeredAt: Date.now() - 2 * MINUTE, practice: false } as const
    office.phone.say({ kind: 'call', call: { ...call, state: 'offered', ringMs: 0 } })
    office.phone.say({ kind: 'call', call: { ...call, state: 'ended', cause: 'callerHungUp', ringMs: 20_000, agentId: null, answeredAt: null, endedAt: Date.now() - 100_000, talkMs: 0 } })
    await page.ask('phoneRules.configure', { set: { voicemailSenders: 'vm@pbx.example.com' } })
    await server.deliver(mailed('stranger', 'vm@stranger.example'))
    await server.deliver(mailed('forged', 'vm@pbx.example.com', 'Authentication-Results: mx.example.com; spf=fail smtp.mailfrom=pbx.example.com', 'Authentication-Results: mx.example.com; spf=pass smtp.mailfrom=pbx.example.com'))
    await server.deliver(mailed('one', 'vm@pbx.example.com'))
    await watch()
    const listed = async () => (await page.ask<{ items: { subjectId: string; phone: string }[] }>('queue.items', { of: { kind: 'calls', list: 'voicemail' } })).items
    const overnight = async () => (await page.ask<{ items: { subjectId: string; phone: string }[] }>('queue.items', { of: { kind: 'calls', list: 'overnight' } })).items
    await until(async () => [...(await listed()), ...(await overnight())].length === 1, () => 'a voicemail', 20_000)
    const [item] = [...(await listed()), ...(await overnight())]
    expect(item?.subjectId).toBe(callIdOf(office.backend.services?.store.companyId ?? '', 'sip:1'))
    await until(async () => (await page.ask<{ voicemail: object | null }>('voicemail.ofCall', { callId: item?.subjectId })).voicemail !== null, () => 'its sound', 20_000)
    await cameIn(2)
    expect(await leads()).toMatchObject([{ name: 'PBX' }, { name: 'PBX' }])
  })

  it('reads a voicemail again that could not be kept, and says that it could not', async () => {
    const incoming = join(folder, 'attachments', 'incoming')
    rmSync(incoming, { recursive: true, force: true })
    mkdirSync(join(folder, 'attachments'), { recursive: true })
    writeFileSync(incoming, '')
    await page.ask('phoneRules.configure', { set: { voicemailSenders: 'vm@pbx.example.com' } })
    await server.deliver(voicemailMail(madeWave({ seconds: 2 }), 'one', 'vm@pbx.example.com'))
    await watch()
    await until(async () => (await watching()).sentence.includes('stays in the mailbox'), () => 'that it could not be kept', 20_000)
    const items = async () => (await Promise.all(['voicemail', 'overnight'].map(async (list) => (await page.ask<{ items: { subjectId: string }[] }>('queue.items', { of: { kind: 'calls', list } })).items))).flat()
    const [item] = await items()
    rmSync(incoming)
    await until(async () => (await page.ask<{ voicemail: object | null }>('voicemail.ofCall', { callId: item?.subjectId })).voicemail !== null, () => 'its sound', 20_000)
    expect(await items()).toHaveLength(1)
    expect(await leads()).toEqual([])
  })

  it('digs nothing out of another folder, and hears of what comes into it', async () => {
    await server.deliver(letter('one'))
    await watch()
    await cameIn(1)
    await server.deliver(letter('old'), new Date(Date.now() - 60 * MINUTE), 'Leads')
    await watch({ folder: 'Leads', since: null })
    await server.deliver(letter('new'), new Date(), 'Leads')
    await cameIn(2)
    expect((await leads()).map(({ wants }) => wants).sort()).toEqual(['new', 'one'])
  })
})
