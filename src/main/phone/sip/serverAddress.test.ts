import { describe, expect, it } from 'vitest'
import { SilentPage } from '../../../../tests/support/phones/silentPage.ts'
import { PhoneSwitch } from '../phoneSwitch.ts'
import type { LineState } from '../port.ts'
import { PracticeLine } from '../practiceLine.ts'
import { MediaBridge } from './mediaBridge.ts'
import { serverProblem } from './serverAddress.ts'
import { SipPhone } from './sipPhone.ts'

const PLAIN = 'Without encryption Baton talks to a server on this machine only. Use an address that begins with wss://.'
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }

describe('the telephone server\u2019s address', () => {
  it.each(['wss://phones.example.com/ws', 'ws://127.0.0.1:8080', 'ws://localhost/ws', 'ws://[::1]:5066'])('can be %s', (server) => {
    expect(serverProblem(server)).toBeNull()
  })

  it.each(['ws://phones.example.com/ws', 'ws://10.0.0.5', 'ws://127.0.0.1.example.com', 'ws://localhost.example.com', 'ws://0.0.0.0'])('is not %s: beyond this machine words and passwords are encrypted', (server) => {
    expect(serverProblem(server)).toBe(PLAIN)
  })

  it.each(['https://phones.example.com', 'phones.example.com', '', 'wss://front:pw@phones.example.com'])('is not %s', (server) => {
    expect(serverProblem(server)).toMatch(/address/)
  })

  it('is said where the line is, and nothing is connected to', () => {
    const bridge = new MediaBridge(silent)
    new SilentPage(bridge)
    const open = (account: Parameters<ConstructorParameters<typeof PhoneSwitch>[0]['open']>[0]) => {
      if (account.kind !== 'sip') throw new Error('A softphone')
      return new SipPhone({ account, bridge, log: silent })
    }
    const phone = new PhoneSwitch({ practice: new PracticeLine(), open, tryOut: () => Promise.reject(new Error('not tried')), log: silent })
    const lines: LineState[] = []
    phone.listen((event) => (event.kind === 'line' ? lines.push(event.line) : undefined))
    phone.send({ kind: 'configure', account: { kind: 'sip', server: 'ws://phones.example.com/ws', domain: 'example.com', extension: '101', userName: '', password: 'hunter2', displayName: '', certificate: '' } })
    expect(lines.at(-1)).toMatchObject({ status: 'down', reason: PLAIN })
    phone.close()
    bridge.close()
  })
})
