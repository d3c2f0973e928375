import { describe, expect, it } from 'vitest'
import { PhoneSwitch } from './phoneSwitch.ts'
import type { LineState, PhoneCommand, PhoneEvent, PhonePort, SipAccount } from './port.ts'

const ACCOUNT: SipAccount = { kind: 'sip', server: 'wss://phones.example.com', domain: 'example.com', extension: '101', userName: '', password: 'p', displayName: '', certificate: '' }
const READY: LineState = { status: 'ready', at: 1, reason: '', account: 'Extension 101', abilities: [], doNotDisturb: false, messages: null, audio: null }

class FakePhone implements PhonePort {
  readonly sent: PhoneCommand[] = []
  readonly listeners = new Set<(event: PhoneEvent) => void>()
  closed = false
  send(command: PhoneCommand): void {
    this.sent.push(command)
    if (command.kind !== 'report') return
    this.tell({ kind: 'line', line: READY })
    this.tell({ kind: 'reported' })
  }
  tell(event: PhoneEvent): void {
    for (const listener of [...this.listeners]) listener(event)
  }
  listen(listener: (event: PhoneEvent) => void): () => void {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }
  close(): void {
    this.closed = true
  }
}

/** The practice line says nothing of a line of its own. */
class FakePractice extends FakePhone {
  override send(command: PhoneCommand): void {
    this.sent.push(command)
    if (command.kind === 'report') this.tell({ kind: 'reported' })
  }
}

function open() {
  const practice = new FakePractice()
  const reals: FakePhone[] = []
  const heard: PhoneEvent[] = []
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined }
  const phone = new PhoneSwitch({
    practice,
    log,
    now: () => 5,
    tryOut: (account) => Promise.resolve({ ready: 'extension' in account && account.extension === '101', sentence: 'said' }),
    open: (account) => {
      if ('server' in account && account.server === 'bad') throw new Error('This is no server address.')
      const real = new FakePhone()
      reals.push(real)
      return real
    },
  })
  phone.listen((event) => heard.push(event))
  return { phone, practice, reals, heard }
}

const kinds = (commands: readonly PhoneCommand[]): readonly string[] => commands.map(({ kind }) => kind)

describe('the switch', () => {
  it('has the practice line alone until a telephone is set up', () => {
    const { phone, practice, heard } = open()
    phone.send({ kind: 'hold', externalId: 'practice:1' })
    phone.send({ kind: 'hold', externalId: 'sip:1' })
    phone.send({ kind: 'dial', number: '+13125550100', agentId: 'a' })
    expect(kinds(practice.sent)).toEqual(['hold', 'dial'])
    expect(heard).toMatchObject([{ kind: 'refused', command: 'hold', externalId: 'sip:1' }])
  })

  it('gives each call to whichever telephone has it, and what belongs to none to the real one', () => {
    const { phone, practice, reals } = open()
    phone.send({ kind: 'configure', account: ACCOUNT })
    phone.send({ kind: 'hold', externalId: 'practice:1' })
    phone.send({ kind: 'hold', externalId: 'sip:1' })
    phone.send({ kind: 'dial', number: '+13125550100', agentId: 'a' })
    phone.send({ kind: 'doNotDisturb', on: true })
    phone.send({ kind: 'practiceSchedule', everyMinutes: 2 })
    expect(kinds(practice.sent)).toEqual(['hold', 'practiceSchedule'])
    expect(kinds(reals[0]!.sent)).toEqual(['report', 'hold', 'dial', 'doNotDisturb'])
  })

  it('reports once for both, and says the line last', () => {
    const { phone, heard } = open()
    phone.send({ kind: 'configure', account: ACCOUNT })
    heard.length = 0
    phone.send({ kind: 'report' })
    expect(heard.map(({ kind }) => kind)).toEqual(['reported', 'line'])
    expect(heard.at(-1)).toMatchObject({ line: { status: 'ready' } })
  })

  it('leaves a telephone alone that it is told a second time, and closes one that is another', () => {
    const { phone, reals, heard } = open()
    phone.send({ kind: 'configure', account: ACCOUNT })
    phone.send({ kind: 'configure', account: { ...ACCOUNT } })
    expect(reals).toHaveLength(1)
    phone.send({ kind: 'configure', account: { ...ACCOUNT, extension: '102' } })
    expect(reals.map(({ closed }) => closed)).toEqual([true, false])
    heard.length = 0
    reals[0]!.tell({ kind: 'line', line: { ...READY, reason: 'of the old one' } })
    expect(heard).toEqual([])
    phone.send({ kind: 'configure', account: null })
    expect(heard.at(-1)).toMatchObject({ kind: 'line', line: { status: 'none' } })
  })

  it('says why an account can\u2019t be used, and tries one without keeping it', async () => {
    const { phone, reals, heard } = open()
    phone.send({ kind: 'configure', account: { ...ACCOUNT, server: 'bad' } })
    expect(heard.at(-1)).toMatchObject({ kind: 'line', line: { status: 'down', reason: 'This is no server address.' } })
    phone.send({ kind: 'tryAccount', account: ACCOUNT, attempt: 't' })
    await expect.poll(() => heard.at(-1)).toEqual({ kind: 'tried', attempt: 't', ready: true, sentence: 'said' })
    expect(reals).toHaveLength(0)
  })
})
