import { describe, expect, it } from 'vitest'
import { leadInput } from '../../../../shared/domain/leads/inputs.ts'
import { leadFromSent } from '../../../../shared/intake/fromSent.ts'
import { readMail } from './readMail.ts'

const OURS = ['office@copper-ridge.example']

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
