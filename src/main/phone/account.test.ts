import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PhoneLine } from '../../shared/contract/methods/phone.ts'
import { PhoneAccount } from './account.ts'
import type { PhoneCommand, PhonePort } from './port.ts'

const SIP = { kind: 'sip', server: 'wss://phones.example.com', domain: 'example.com', extension: '101', userName: '', displayName: 'Maria', certificate: '' } as const
const ESL = { kind: 'esl', host: 'pbx.example.com', port: 8021, tls: false, ownNetwork: true, certificate: '', extension: '101', domain: 'example.com', context: 'default' } as const
const RINGCENTRAL = { kind: 'ringcentral', name: 'Extension 101', server: 'https://platform.ringcentral.com', clientId: 'id', deviceId: '1', lineNumber: '+13125550100' } as const
const WEBHOOK = { kind: 'webhook', name: 'Acme Voice', extension: '', listenHost: '127.0.0.1', listenPort: 8650, ownNetwork: false } as const
const LINE = { status: 'none', at: 1, reason: '', account: '', abilities: [], doNotDisturb: false, messages: null, audio: null } as const

let directory: string
let sent: PhoneCommand[]
let told: PhoneLine[]

const phone: PhonePort = { send: (command) => void sent.push(command), listen: () => () => undefined, close: () => undefined }
const open = (): PhoneAccount =>
  new PhoneAccount({ phone, directory, secrets: null, log: { info: () => undefined, warn: () => undefined, error: () => undefined }, now: () => 1, tell: (line) => void told.push(line) })

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'baton-account-'))
  sent = []
  told = []
})

afterEach(() => rmSync(directory, { recursive: true, force: true }))

describe('the workstation\u2019s telephone', () => {
  it('is told at every start what was set up once', async () => {
    await open().save(SIP, { password: 'secret-101' })
    sent = []
    await open().start()
    expect(sent).toEqual([{ kind: 'configure', account: { ...SIP, password: 'secret-101' } }])
  })

  it('stays with the practice line where nothing is set up', async () => {
    await open().start()
    expect(sent).toEqual([])
  })

  it('keeps the password apart, and the one that is here where none is typed', async () => {
    const account = open()
    await account.save(SIP, { password: 'secret-101' })
    await account.save({ ...SIP, extension: '102' }, {})
    expect(sent.at(-1)).toEqual({ kind: 'configure', account: { ...SIP, extension: '102', password: 'secret-101' } })
    for (const file of readdirSync(directory).filter((name) => name !== 'phone.key')) expect(readFileSync(join(directory, file), 'utf8')).not.toContain('secret-101')
  })

  it('keeps the password of a relay for that relay alone, and wants one only from those that relay', async () => {
    const account = open()
    const stun = { ...SIP, relays: ['stun:relay.example.com'], relayUser: '' }
    const turn = { ...SIP, relays: ['turns:relay.example.com'], relayUser: 'front' }
    expect(await account.missing(stun, { password: 'secret-101' })).toEqual([])
    expect(await account.missing(turn, { password: 'secret-101' })).toEqual(['relayPassword'])
    await account.save(turn, { password: 'secret-101', relayPassword: 'secret-relay' })
    expect(sent.at(-1)).toEqual({ kind: 'configure', account: { ...turn, password: 'secret-101', relayPassword: 'secret-relay' } })
    expect(await account.missing({ ...turn, displayName: 'Kim' }, {})).toEqual([])
    expect(await account.missing({ ...turn, relays: ['turns:elsewhere.example.com'] }, {})).toEqual(['relayPassword'])
  })

  it('keeps the password of a relay from the one before, where Baton ended before the new one was saved', async () => {
    const before = { ...SIP, relays: ['turns:before.example.com'], relayUser: 'front' }
    const after = { ...before, relays: ['turns:after.example.com'] }
    await open().save(before, { password: 'secret-101', relayPassword: 'secret-before' })
    const settings = readFileSync(join(directory, 'phone.json'))
    await open().save(after, { relayPassword: 'secret-after' })
    writeFileSync(join(directory, 'phone.json'), settings)
    sent = []
    const account = open()
    await account.start()
    expect(sent).toEqual([{ kind: 'configure', account: null }])
    expect(await account.missing(before, {})).toEqual(['relayPassword'])
    expect(await account.missing(after, {})).toEqual([])
  })

  it('knows the password of a relay that an older Baton kept, for the relay that was saved with it', async () => {
    const turn = { ...SIP, relays: ['turns:relay.example.com'], relayUser: 'front' }
    await open().save(turn, { password: 'x', relayPassword: 'x' })
    writeFileSync(join(directory, 'phone.key'), JSON.stringify({ sealed: false, text: JSON.stringify({ system: `sip ${SIP.server}`, secrets: { password: 'secret-101', relayPassword: 'secret-relay' } }) }))
    sent = []
    const account = open()
    await account.start()
    expect(sent).toEqual([{ kind: 'configure', account: { ...turn, password: 'secret-101', relayPassword: 'secret-relay' } }])
    expect(await account.missing({ ...turn, relays: ['turns:elsewhere.example.com'] }, {})).toEqual(['relayPassword'])
  })

  it('is down with a sentence without its password', async () => {
    const account = open()
    await account.save(SIP, { password: 'secret-101' })
    await account.forgetSecrets()
    expect(sent.at(-1)).toEqual({ kind: 'configure', account: null })
    account.hearLine(LINE)
    expect(account.line()).toMatchObject({ status: 'down', reason: 'This workstation has no password for its telephone. Enter it under Settings, Phone.' })
  })

  it('forgets the password with the telephone', async () => {
    const account = open()
    await account.save(SIP, { password: 'secret-101' })
    await account.save({ kind: 'none' }, {})
    expect(await account.keptSecrets()).toEqual([])
    expect(sent.at(-1)).toEqual({ kind: 'configure', account: null })
  })

  it('never sends a secret to another system than the one it was given for', async () => {
    const account = open()
    await account.save(SIP, { password: 'secret-101' })
    for (const elsewhere of [{ ...SIP, server: 'wss://phones.example.net' }, ESL]) {
      expect(await account.missing(elsewhere, {})).toEqual(['password'])
      expect(await account.tryOut(elsewhere, {})).toMatchObject({ ready: false })
    }
    expect(sent.filter(({ kind }) => kind === 'tryAccount')).toEqual([])
    await account.save(ESL, {})
    expect(sent.at(-1)).toEqual({ kind: 'configure', account: null })
    expect(await account.keptSecrets()).toEqual([])
  })

  it('keeps both secrets of a telephone that has two, and changes one of them alone', async () => {
    const account = open()
    await account.save(RINGCENTRAL, { clientSecret: 'one', jwt: 'two' })
    await account.save(RINGCENTRAL, { jwt: 'three' })
    expect(sent.at(-1)).toEqual({ kind: 'configure', account: { ...RINGCENTRAL, clientSecret: 'one', jwt: 'three' } })
    await open().start()
    expect(sent.at(-1)).toEqual({ kind: 'configure', account: { ...RINGCENTRAL, clientSecret: 'one', jwt: 'three' } })
  })

  it('knows the password that an older Baton kept, for the telephone it was kept for', async () => {
    await open().save(SIP, { password: 'x' })
    writeFileSync(join(directory, 'phone.key'), JSON.stringify({ sealed: false, text: 'from-before' }))
    const account = open()
    await account.start()
    expect(sent.at(-1)).toEqual({ kind: 'configure', account: { ...SIP, password: 'from-before' } })
    expect(await account.missing({ ...SIP, server: 'wss://phones.example.net' }, {})).toEqual(['password'])
  })

  it('says that it listens already rather than that its own port is taken', async () => {
    const account = open()
    await account.save(WEBHOOK, { secret: 'a-secret-of-at-least-thirty-two-letters' })
    expect(sent.at(-1)).toEqual({ kind: 'configure', account: { kind: 'webhook', name: 'Acme Voice', extension: '', listen: { host: '127.0.0.1', port: 8650 }, secret: 'a-secret-of-at-least-thirty-two-letters' } })
    account.hearLine({ ...LINE, status: 'ready' })
    expect(await account.tryOut({ ...WEBHOOK, name: 'Acme' }, {})).toMatchObject({ ready: true, sentence: expect.stringContaining('port 8650 already') })
  })

  it('answers a trial with what the telephone said of it', async () => {
    const account = open()
    const tried = account.tryOut(SIP, { password: 'typed' })
    await expect.poll(() => sent.length).toBe(1)
    const command = sent[0]
    if (command?.kind !== 'tryAccount') throw new Error('Nothing was tried')
    expect(command.account).toMatchObject({ password: 'typed' })
    account.hearTried({ kind: 'tried', attempt: command.attempt, ready: true, sentence: 'It works.' })
    expect(await tried).toEqual({ ready: true, sentence: 'It works.' })
  })
})
