import { expect, it } from 'vitest'
import { Heard } from '../../../tests/support/phoneHeard.ts'
import { freePort, HOOK_SECRET } from '../../../tests/support/phones/webhookSender.ts'
import { openWatchedLine, type WatchedAccount } from './watchedLine.ts'

const host = '127.0.0.1'

/** One of each, where nobody answers. */
const accounts = (port: number): readonly (readonly [string, WatchedAccount])[] => [
  ['Extension 101 at office.test', { kind: 'dialogs', server: `ws://${host}:${port}`, domain: 'office.test', extension: '101', userName: '', password: 'x', certificate: '', watched: [] }],
  ['Extension 101 at 127.0.0.1', { kind: 'ami', host, port, tls: false, certificate: '', userName: 'baton', secret: 'x', extension: '101', technology: 'PJSIP', context: 'from-internal' }],
  ['Extension 101 at 127.0.0.1', { kind: 'esl', host, port, tls: false, certificate: '', password: 'x', extension: '101', domain: 'office.test', context: 'default' }],
  ['Extension 101 at RingCentral', { kind: 'ringcentral', name: 'Extension 101', server: `http://${host}:${port}`, clientId: 'x', clientSecret: 'x', jwt: 'x', deviceId: '1', lineNumber: '+13125550100' }],
]

it('opens each kind of telephone, which says that nobody answers', async () => {
  const port = await freePort()
  for (const [name, account] of accounts(port)) {
    const line = openWatchedLine(account)
    const heard = new Heard(line)
    await heard.until(`${account.kind} is down`, () => heard.line?.status === 'down')
    expect(heard.line?.account).toBe(name)
    line.close()
    heard.keepsThePort(account.kind)
  }
})

it('opens a listener for messages', async () => {
  const line = openWatchedLine({ kind: 'webhook', name: 'Acme Voice', extension: '', listen: { host, port: await freePort() }, secret: HOOK_SECRET })
  const heard = new Heard(line)
  await heard.until('ready', () => heard.line?.status === 'ready')
  line.close()
})
