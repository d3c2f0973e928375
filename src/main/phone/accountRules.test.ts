import { describe, expect, it } from 'vitest'
import type { PhoneAccountSettings } from '../../shared/contract/methods/phoneAccounts.ts'
import { missingSentence, problemOf, secretProblemOf } from './accountRules.ts'

const AMI = { kind: 'ami', host: 'pbx.example.com', port: 5038, tls: true, ownNetwork: false, certificate: '', userName: 'baton', extension: '101', technology: 'PJSIP', context: 'from-internal' } as const
const WEBHOOK = { kind: 'webhook', name: 'Acme Voice', extension: '', listenHost: '127.0.0.1', listenPort: 8650, ownNetwork: false } as const
const TWILIO = { kind: 'twilio', accountSid: `AC${'0'.repeat(32)}`, lineNumber: '+13125550100', telephone: '+13125550101', publicUrl: 'https://phones.example.com/twilio', listenHost: '127.0.0.1', listenPort: 8650, ownNetwork: false } as const

const fieldOf = (account: PhoneAccountSettings): string | null => problemOf(account)?.field ?? null

describe('what can be seen to be wrong with a telephone’s settings', () => {
  it('lets no line to a PBX go without encryption, but on this machine or where the office vouches for the network', () => {
    expect(fieldOf(AMI)).toBeNull()
    expect(fieldOf({ ...AMI, tls: false })).toBe('host')
    expect(fieldOf({ ...AMI, tls: false, ownNetwork: true })).toBeNull()
    for (const host of ['127.0.0.1', 'localhost', '::1']) expect(fieldOf({ ...AMI, tls: false, host })).toBeNull()
    expect(fieldOf({ ...AMI, tls: false, host: '127.0.0.1.example.com' })).toBe('host')
    expect(fieldOf({ ...AMI, certificate: 'rubbish' })).toBe('certificate')
  })

  it('listens on the network only where somebody has said that it is the office’s own', () => {
    expect(fieldOf(WEBHOOK)).toBeNull()
    expect(fieldOf({ ...WEBHOOK, listenHost: '0.0.0.0' })).toBe('listenHost')
    expect(fieldOf({ ...WEBHOOK, listenHost: '0.0.0.0', ownNetwork: true })).toBeNull()
  })

  it('takes servers that find sound its way, with a name where they relay it, and a code that can be dialled', () => {
    const sip = { kind: 'sip', server: 'wss://phones.example.com', domain: 'example.com', extension: '101', userName: '', displayName: '', certificate: '' } as const
    expect(fieldOf(sip)).toBeNull()
    expect(fieldOf({ ...sip, relays: ['stun:relay.example.com:3478'] })).toBeNull()
    expect(fieldOf({ ...sip, relays: ['turns:relay.example.com:5349?transport=tcp'], relayUser: 'front' })).toBeNull()
    expect(fieldOf({ ...sip, relays: ['turns:relay.example.com'] })).toBe('relayUser')
    for (const server of ['relay.example.com', 'https://relay.example.com', 'turn:front:pw@relay.example.com', 'stun:']) expect(fieldOf({ ...sip, relays: [server], relayUser: 'front' })).toBe('relays')
    expect(fieldOf({ ...sip, pickUpCode: '*8' })).toBeNull()
    expect(fieldOf({ ...sip, pickUpCode: '*8;x' })).toBe('pickUpCode')
  })

  it('takes hosts of voicemails with a port or without, and nothing else', () => {
    expect(fieldOf({ ...WEBHOOK, soundHosts: ['pbx.example.com', 'PBX.example.com:443'] })).toBeNull()
    for (const host of ['https://pbx.example.com', 'pbx.example.com/voicemails', 'pbx.example.com:99999', '']) expect(fieldOf({ ...WEBHOOK, soundHosts: [host] })).toBe('soundHosts')
  })

  it('sends tokens over https alone', () => {
    expect(fieldOf(TWILIO)).toBeNull()
    expect(fieldOf({ ...TWILIO, publicUrl: 'http://phones.example.com/twilio' })).toBe('publicUrl')
    expect(fieldOf({ ...TWILIO, publicUrl: 'wss://phones.example.com' })).toBe('publicUrl')
    expect(fieldOf({ ...TWILIO, telephone: 'the front desk' })).toBe('telephone')
    expect(fieldOf({ ...TWILIO, telephone: 'sip:101@example.com' })).toBeNull()
    expect(fieldOf({ kind: 'ringcentral', name: 'x', server: 'http://platform.example.com', clientId: 'x', deviceId: '1', lineNumber: '+13125550100' })).toBe('server')
  })

  it('takes no short secret for messages that anybody could make up', () => {
    expect(secretProblemOf(WEBHOOK, { secret: 'short' })?.field).toBe('secret')
    expect(secretProblemOf(WEBHOOK, { secret: 'a-secret-of-at-least-thirty-two-letters' })).toBeNull()
    expect(secretProblemOf(AMI, { secret: 'short' })).toBeNull()
  })

  it('names every secret that is missing', () => {
    expect(missingSentence(['clientSecret', 'jwt'])).toMatch(/^Enter the client secret and the JWT\. /)
  })
})
