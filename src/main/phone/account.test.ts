import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PhoneLine } from '../../shared/contract/methods/phone.ts'
import { PhoneAccount } from './account.ts'
import type { PhoneCommand, PhonePort } from './port.ts'

const SIP = { kind: 'sip', server: 'wss://phones.example.com', domain: 'example.com', extension: '101', userName: '', displayName: 'Maria', certificate: '' } as const
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
    await open().save(SIP, 'secret-101')
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
    await account.save(SIP, 'secret-101')
    await account.save({ ...SIP, extension: '102' }, null)
    expect(sent.at(-1)).toEqual({ kind: 'configure', account: { ...SIP, extension: '102', password: 'secret-101' } })
    for (const file of readdirSync(directory).filter((name) => name !== 'phone.key')) expect(readFileSync(join(directory, file), 'utf8')).not.toContain('secret-101')
  })

  it('is down with a sentence without its password', async () => {
    const account = open()
    await account.save(SIP, 'secret-101')
    await account.forgetPassword()
    expect(sent.at(-1)).toEqual({ kind: 'configure', account: null })
    account.hearLine(LINE)
    expect(account.line()).toMatchObject({ status: 'down', reason: 'This workstation has no password for its telephone. Enter it under Settings, Phone.' })
  })

  it('forgets the password with the telephone', async () => {
    const account = open()
    await account.save(SIP, 'secret-101')
    await account.save({ kind: 'none' }, null)
    expect(await account.hasPassword()).toBe(false)
    expect(sent.at(-1)).toEqual({ kind: 'configure', account: null })
  })

  it('answers a trial with what the telephone said of it', async () => {
    const account = open()
    const tried = account.tryOut(SIP, 'typed')
    await expect.poll(() => sent.length).toBe(1)
    const command = sent[0]
    if (command?.kind !== 'tryAccount') throw new Error('Nothing was tried')
    expect(command.account).toMatchObject({ password: 'typed' })
    account.hearTried({ kind: 'tried', attempt: command.attempt, ready: true, sentence: 'It works.' })
    expect(await tried).toEqual({ ready: true, sentence: 'It works.' })
  })
})
