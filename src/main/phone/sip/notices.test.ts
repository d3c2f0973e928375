import fc from 'fast-check'
import { expect, it } from 'vitest'
import { dialoguesIn, extensionStateOf, messagesIn } from './notices.ts'

const dialogInfo = (...dialogs: readonly string[]): string => `<?xml version="1.0"?><dialog-info xmlns="urn:ietf:params:xml:ns:dialog-info" version="0" state="full" entity="sip:201@sip.local">${dialogs.join('')}</dialog-info>`

it.each([
  ['rings', ['<dialog id="1" call-id="a" direction="recipient"><state>early</state></dialog>'], 'ringing'],
  ['calls somebody', ['<dialog id="1" direction="initiator"><state>early</state></dialog>'], 'busy'],
  ['talks', ['<dialog id="1"><state event="x">confirmed</state></dialog>'], 'busy'],
  ['talks and rings', ['<dialog id="1"><state>early</state></dialog>', '<dialog id="2"><state>confirmed</state></dialog>'], 'busy'],
  ['is over', ['<dialog id="1"><state>terminated</state></dialog>'], 'idle'],
  ['has none', [], 'idle'],
])('a telephone that %s', (_what, dialogs, state) => {
  expect(extensionStateOf(dialoguesIn(dialogInfo(...dialogs)))).toBe(state)
})

it('names the ring that can be picked up', () => {
  const ring = '<dialog id="1" call-id="a&amp;b" direction="recipient"><state>early</state><remote><identity>sip:+15125550142@carrier.example</identity></remote></dialog>'
  expect(dialoguesIn(dialogInfo(ring))).toEqual([{ state: 'ringing', callId: 'a&b', remote: '<sip:+15125550142@carrier.example>' }])
  expect(dialoguesIn(dialogInfo('<dialog id="1" call-id="a\r\nX: y"><state>early</state></dialog>'))).toEqual([{ state: 'ringing', callId: null, remote: null }])
})

it('counts voicemails, or says that there are some', () => {
  expect(messagesIn('Messages-Waiting: yes\r\nMessage-Account: sip:101@x\r\nVoice-Message: 2/8 (0/2)\r\n')).toEqual({ fresh: 2, old: 8 })
  expect(messagesIn('Messages-Waiting: yes')).toEqual({ fresh: 1, old: 0 })
  expect(messagesIn('nothing of it')).toBeNull()
})

it('never throws, whatever a server sends', () => {
  fc.assert(fc.property(fc.string({ maxLength: 3_000 }), (body) => void [dialoguesIn(body), messagesIn(body), dialoguesIn(dialogInfo(`<dialog ${body}><state>${body}</state></dialog>`))]))
})
