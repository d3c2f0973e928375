import { afterEach, describe, expect, it } from 'vitest'
import { sharedPbx } from '../support/pbx/sharedPbx.ts'
import { tryAccount } from '../../src/main/phone/sip/tryAccount.ts'
import { accountAt, KeptLog, Softphone, until } from './support/softphone.ts'

describe('the line', () => {
  const pbx = sharedPbx({ voicemail: false })
  const phones: Softphone[] = []
  const open = (...words: Parameters<typeof accountAt>): Softphone => {
    const phone = new Softphone(accountAt(...words))
    phones.push(phone)
    return phone
  }

  afterEach(() => {
    for (const phone of phones.splice(0)) phone.stop()
  })

  it('is registered over TLS with a certificate that the office vouches for itself', async () => {
    const phone = open(pbx(), '111', { server: pbx().wss, certificate: pbx().certificate })
    await phone.untilReady()
    await pbx().untilRegistered('111')
    expect(phone.line).toMatchObject({ reason: '', doNotDisturb: false })
  })

  it('is down with a sentence where nobody vouches for the certificate', async () => {
    const phone = open(pbx(), '112', { server: pbx().wss })
    await until('it is down', () => phone.line.status === 'down')
    expect(phone.line.reason).toMatch(/certificate can\u2019t be trusted/)
  })

  it('is down with a sentence where the password is wrong, and never says which it was', async () => {
    const phone = open(pbx(), '113', { password: 'not-the-password' })
    await until('it is down', () => phone.line.status === 'down')
    expect(phone.line.reason).toBe('The telephone server refuses the user name or the password. Check them under Settings, Phone.')
    expect(phone.log.lines.join('\n')).not.toContain('not-the-password')
  })

  it('is registered again by itself after the server is back', async () => {
    const phone = open(pbx(), '114')
    await phone.untilReady()
    await pbx().kill()
    await until('it is said', () => phone.line.status === 'down')
    await pbx().restart()
    await phone.untilReady()
    await pbx().untilRegistered('114')
  })

  it('can be tried without being kept', async () => {
    const log = new KeptLog()
    const good = await tryAccount(accountAt(pbx(), '115'), log)
    expect(good).toMatchObject({ ready: true })
    const bad = await tryAccount(accountAt(pbx(), '115', { password: 'wrong' }), log)
    expect(bad).toEqual({ ready: false, sentence: 'The telephone server refuses the user name or the password. Check them under Settings, Phone.' })
    await pbx().untilRegistered('115', 0)
  })
})
