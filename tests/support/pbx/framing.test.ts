import { expect, it } from 'vitest'
import { missingSentence } from './available.ts'
import { bencode, unbencode } from './bencode.ts'
import { netstring, NetstringReader } from './netstrings.ts'
import { readTrace } from './sippTrace.ts'

it('netstrings come in any pieces', () => {
  const bytes = Buffer.from(netstring('{"a":"\u00e9"}') + netstring('') + netstring('b:,'))
  for (const size of [1, 3, bytes.length]) {
    const reader = new NetstringReader()
    const texts: string[] = []
    for (let at = 0; at < bytes.length; at += size) texts.push(...reader.take(bytes.subarray(at, at + size)))
    expect(texts).toEqual(['{"a":"\u00e9"}', '', 'b:,'])
  }
  expect(() => new NetstringReader().take(Buffer.from('no:'))).toThrow('No netstring')
})

it('bencode says back what it was told', () => {
  const value = { list: [1, 'two', { three: '\u00fc' }], empty: {}, below: -4 }
  expect(unbencode(Buffer.from(bencode(value)))).toEqual(value)
  expect(() => unbencode(Buffer.from('x'))).toThrow('no bencode')
})

it('a trace tells how long it rang, how long they talked, and who ended it', () => {
  const line = (second: number, way: 'S' | 'R', callId: string, cseq: string, first: string): string => ['d', 't', second, way, callId, `CSeq:${cseq}`, first].join('\t')
  const trace = [
    line(10, 'S', 'a', '1 INVITE', 'INVITE sip:1 SIP/2.0'),
    line(10, 'S', 'b', '1 INVITE', 'INVITE sip:1 SIP/2.0'),
    line(10.25, 'R', 'a', '1 INVITE', 'SIP/2.0 180 Ringing'),
    line(12.25, 'R', 'a', '1 INVITE', 'SIP/2.0 200 OK'),
    line(12.5, 'R', 'a', '2 INVITE', 'SIP/2.0 200 OK'),
    line(13.25, 'R', 'a', '7 BYE', 'BYE sip:1 SIP/2.0'),
    line(14, 'R', 'b', '1 INVITE', 'SIP/2.0 480 Gone'),
  ].join('\n')
  expect(readTrace(trace, 'a')).toEqual({ invitedAt: 10_000, ringMs: 2_000, talkMs: 1_000, endedBy: 'office', status: 200 })
  expect(readTrace(trace, 'b')).toEqual({ invitedAt: 10_000, ringMs: null, talkMs: null, endedBy: null, status: 480 })
  expect(readTrace('', 'a')).toEqual({ invitedAt: null, ringMs: null, talkMs: null, endedBy: null, status: null })
})

it('says in half a sentence why there is no laboratory', () => {
  expect(missingSentence({ packages: [], isRoot: true, isLinux: true })).toBeUndefined()
  expect(missingSentence({ packages: ['kamailio', 'sip-tester'], isRoot: true, isLinux: true })).toContain('apt-get install --no-install-recommends kamailio sip-tester')
  expect(missingSentence({ packages: [], isRoot: false, isLinux: true })).toContain('root')
  expect(missingSentence({ packages: [], isRoot: false, isLinux: false })).toContain('Linux')
})
