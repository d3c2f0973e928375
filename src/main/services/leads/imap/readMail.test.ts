import { describe, expect, it } from 'vitest'
import { leadInput } from '../../../../shared/domain/leads/inputs.ts'
import { leadFromSent } from '../../../../shared/intake/fromSent.ts'
import { readMail } from './readMail.ts'

const OURS = { addresses: ['office@copper-ridge.example'], numbers: ['+15550140001'] }

const mail = (headers: readonly string[], body: string): Uint8Array => Buffer.from([...headers, '', body].join('\r\n'))
const letter = (more: readonly string[] = [], body = 'Our AC is not cooling. Call me at 555-014-2210.\r\n\r\nJune', from = 'June Halloran <june@halloran.example>'): Uint8Array =>
  mail([`From: ${from}`, 'To: office@copper-ridge.example', 'Subject: AC', 'Message-ID: <1@halloran.example>', ...more], body)

const read = (source: Uint8Array) => readMail(source, 'office/INBOX 1 7', OURS)

/** What the office would record of it: nothing that is read may be refused later. */
async function recorded(source: Uint8Array) {
  const found = await read(source)
  if (!found) return null
  const input = leadFromSent(found.sent, { source: { id: '0198a1b2-0000-7000-8000-000000000001', name: 'Office mailbox', channel: 'email', role: 'inboundCsr', contactMinutes: 240 }, externalId: found.externalId, receivedAt: 1_780_000_000_000, files: found.files }, { hours: { zone: 'America/Chicago', opensAt: 420, closesAt: 1020 }, jobTypes: [], questions: [] })
  return leadInput.parse(input)
}

describe('an email', () => {
  it('is a lead of whoever wrote it, with the numbers under it', async () => {
    expect(await read(letter())).toMatchObject({ externalId: '<1@halloran.example>', files: [], sent: { name: 'June Halloran', email: 'june@halloran.example', phones: ['555-014-2210'], subject: 'AC' } })
    expect((await recorded(letter()))?.phones).toEqual([{ said: '555-014-2210', number: '+15550142210' }])
  })

  it('names whom an answer goes to, unless that is the office', async () => {
    expect((await read(letter(['Reply-To: Max <max@halloran.example>'])))?.sent.email).toBe('max@halloran.example')
    expect((await read(letter(['Reply-To: office@copper-ridge.example'])))?.sent.email).toBe('june@halloran.example')
  })

  it.each([
    ['while somebody is away', ['Auto-Submitted: auto-replied']],
    ['of an older machine', ['X-Autoreply: yes']],
    ['of a machine that says so', ['Precedence: auto_reply']],
    ['that came back', ['Return-Path: <>']],
    ['about one that came back', ['Content-Type: multipart/report; report-type=delivery-status; boundary=b']],
  ])('%s is none', async (_what, headers) => {
    expect(await read(letter(headers))).toBeNull()
  })

  it.each([
    ['an exchange server sends while somebody is away', ['Auto-Submitted: auto-generated', 'In-Reply-To: <0@copper-ridge.example>']],
    ['says so in its subject alone', ['Subject: Automatic reply: Your appointment']],
  ])('that %s is none', async (_what, headers) => {
    expect(await read(mail(['From: June Halloran <june@halloran.example>', 'Message-ID: <7@halloran.example>', ...headers], 'I am away until Monday.'))).toBeNull()
  })

  it('that a form or a marketplace sends of itself is one, also where it writes as ourselves', async () => {
    expect(await read(letter(['Auto-Submitted: auto-generated']))).not.toBeNull()
    expect(await read(letter(['Reply-To: June Halloran <june@halloran.example>'], 'Not cooling', 'Website <office@copper-ridge.example>'))).toMatchObject({ sent: { name: 'June Halloran', email: 'june@halloran.example' } })
  })

  it('has the words of its HTML where the plain part beside it is empty', async () => {
    const parts = ['--b', 'Content-Type: text/plain', '', '  ', '--b', 'Content-Type: text/html; charset=utf-8', '', '<p>Not <b>cooling</b>, upstäirs</p><script>alert(1)</script>', '--b--'].join('\r\n')
    const found = await read(letter(['MIME-Version: 1.0', 'Content-Type: multipart/alternative; boundary=b'], parts))
    expect(found?.sent.message).toBe('Not cooling, upstäirs')
  })

  it.each([
    ['windows-1252', Buffer.from([0x52, 0x65, 0x6e, 0xe9, 0x20, 0x96, 0x20, 0x80, 0x35]), 'René – €5'],
    ['iso-2022-jp', Buffer.from('GyRCRWw1fhsoQg==', 'base64'), '東京'],
    ['koi8-r', Buffer.from([0xf0, 0xd2, 0xc9, 0xd7, 0xc5, 0xd4]), 'Привет'],
    ['utf-16', Buffer.from('﻿Hi there', 'utf16le'), 'Hi there'],
  ])('is read in %s', async (charset, bytes, words) => {
    const found = await read(letter(['MIME-Version: 1.0', `Content-Type: text/plain; charset=${charset}`, 'Content-Transfer-Encoding: base64'], bytes.toString('base64')))
    expect(found?.sent.message).toBe(words)
  })

  it('that answers ours names what it goes on with, and neither our number nor our words are theirs', async () => {
    const body = 'Yes, Tuesday. Mobile 555-014-2299.\r\n\r\nOn Tue, Jul 14, 2026 at 9:12 AM Copper Ridge <office@copper-ridge.example>\r\nwrote:\r\n> Would Tuesday suit?\r\n> Copper Ridge, 555-014-0001 or 555-014-7000\r\n'
    expect(await read(letter(['References: <0@halloran.example> <2@copper-ridge.example>', 'In-Reply-To: <2@copper-ridge.example>'], body))).toMatchObject({
      before: ['<0@halloran.example>', '<2@copper-ridge.example>'],
      ownWords: 'Yes, Tuesday. Mobile 555-014-2299.',
      sent: { phones: ['555-014-2299'] },
    })
    expect((await read(letter([], 'Call us back, or yourselves at 555-014-0001.')))?.sent.phones).toEqual([])
  })

  it('by a machine, or by the office itself, is none; a person\u2019s answer is one', async () => {
    expect(await read(letter([], 'Undeliverable', 'MAILER-DAEMON@mx.example'))).toBeNull()
    expect(await read(letter([], 'Invoice 1042', 'Copper Ridge <Office@copper-ridge.example>'))).toBeNull()
    expect(await read(letter(['Auto-Submitted: no', 'In-Reply-To: <0@copper-ridge.example>']))).not.toBeNull()
  })
})

describe('a hostile email', () => {
  const HOSTILE: Readonly<Record<string, Uint8Array>> = {
    'with a script in its HTML': letter(['Content-Type: text/html'], '<p>Hello<script>alert(1)</script><img src=x onerror=alert(2)><style>p{}</style> there</p><!-- hidden -->'),
    'of nested HTML': letter(['Content-Type: text/html'], `${'<div>'.repeat(40_000)}deep${'</div>'.repeat(40_000)}`),
    'of HTML that never ends': letter(['Content-Type: text/html'], `<p ${'a="'.repeat(30_000)}`),
    'cut off in its attachment': letter(['Content-Type: multipart/mixed; boundary=b'], ['--b', 'Content-Type: text/plain', '', 'See the photo.', '--b', 'Content-Type: image/jpeg; name="../../etc/passwd"', 'Content-Disposition: attachment; filename="../../etc/passwd"', 'Content-Transfer-Encoding: base64', '', '/9j/4AAQ'].join('\r\n')),
    'of parts in parts in parts': letter(['Content-Type: multipart/mixed; boundary=b0'], Array.from({ length: 400 }, (_, depth) => `--b${depth}\r\nContent-Type: multipart/mixed; boundary=b${depth + 1}\r\n`).join('\r\n')),
    'whose headers lie about everything': mail(['From: \u202e"moc.rotcartnoc" <>, <a@b@c>', `Subject: =?utf-8?B?${'/'.repeat(200)}?=`, 'Content-Type: text/plain; charset=utf-99', 'Content-Transfer-Encoding: nonsense', 'Date: the day before yesterday', `Message-ID: ${'x'.repeat(5000)}`], '\u0000\u001b[2J\u202eevil'),
    'of a subject over many lines': letter(['Subject: one\r\n two\r\n\tthree']),
    'of ten thousand headers': letter(Array.from({ length: 10_000 }, (_, index) => `X-H${index}: ${index}`)),
    'of nothing': new Uint8Array(),
    'of bytes': Uint8Array.from({ length: 5000 }, (_, index) => (index * 7919) % 256),
    'of lone surrogates in UTF-16': mail(['From: a@b.example', 'Subject: x', 'Content-Type: text/plain; charset=utf-16le', 'Content-Transfer-Encoding: base64'], Buffer.from([0x00, 0xd8, 0x41, 0x00]).toString('base64')),
  }

  it.each(Object.entries(HOSTILE))('%s is read to its words or to nothing, and can be recorded', async (_what, source) => {
    const lead = await recorded(source)
    expect(lead === null || lead.leadId.length > 0).toBe(true)
    const said = JSON.stringify(lead ?? {})
    expect(said).not.toMatch(/alert\(|<script|onerror|\\u202e|\\u001b|\\u0000/)
  })

  it('keeps the words and the name of what was attached, and nothing of what it holds', async () => {
    const html = await recorded(HOSTILE['with a script in its HTML'] ?? new Uint8Array())
    expect(html?.words).toMatch(/^Hello.*there$/s)
    const cut = await recorded(HOSTILE['cut off in its attachment'] ?? new Uint8Array())
    expect(cut).toMatchObject({ words: 'See the photo.' })
    expect(cut?.files[0]).toContain('passwd')
    expect((await recorded(letter(['Subject: one\r\n two\r\n\tthree'])))?.subject).not.toMatch(/[\r\n\t]/)
  })

  it('is cut to what there is room for', async () => {
    const lead = await recorded(letter([], 'word '.repeat(100_000)))
    expect(lead?.words.length).toBeLessThanOrEqual(8000)
  })
})
