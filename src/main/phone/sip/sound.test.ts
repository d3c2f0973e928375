import { expect, it } from 'vitest'
import { iceServersOf } from './sound.ts'

it('tells its name and password to servers that relay, and to no other', () => {
  const relays = ['stun:relay.office.test:3478', 'turns:relay.office.test:5349?transport=tcp']
  expect(iceServersOf({ relays, relayUser: 'front', relayPassword: 'pw' })).toEqual([{ urls: relays[0] }, { urls: relays[1], username: 'front', credential: 'pw' }])
  expect(iceServersOf({})).toEqual([])
})
