import { describe, expect, it } from 'vitest'
import { FrontDesk } from '../../../../../tests/support/frontDesk.ts'
import { DAY, HOUR } from '../../../../shared/base/time.ts'
import { leadSourceId, MAILBOX_SOURCE_KEY } from '../../../../shared/domain/leads/ids.ts'
import { leadEntryTable, leadMailboxTable, type LeadSource, leadSourceTable, leadTable } from '../../../../shared/domain/leads/tables.ts'
import { promiseTable } from '../../../../shared/domain/promises/tables.ts'
import { leadFromMail } from './mailThread.ts'
import { readMail } from './readMail.ts'

/** An office with a mailbox, and what becomes of letters in it. */
function mailbox() {
  const desk = new FrontDesk()
  const { office } = desk
  const { engine } = office
  office.must('leadMailbox.save', { host: 'imap.example.com', port: 993, security: 'tls', userName: 'office', folder: 'INBOX', since: null, active: true }, desk.ownerId)
  const source = engine.row(leadSourceTable, leadSourceId(MAILBOX_SOURCE_KEY)) as LeadSource
  const comes = async (headers: readonly string[], body = 'Not cooling.', from = 'June <june@halloran.example>'): Promise<boolean> => {
    const read = await readMail(Buffer.from([`From: ${from}`, 'To: office@copper-ridge.example', ...headers, '', body].join('\r\n')), 'INBOX 1', { addresses: [], numbers: [] })
    if (!read) return false
    const input = engine.run(leadFromMail(read, { source, office: { hours: { zone: 'America/Chicago', opensAt: 420, closesAt: 1020 }, jobTypes: [], questions: [] }, receivedAt: office.now }))
    if (input) office.must('lead.receive', input)
    return input !== null
  }
  return { desk, office, comes, leads: () => engine.rows(leadTable), said: () => engine.rows(leadEntryTable).filter(({ kind }) => kind === 'said'), open: () => engine.rows(promiseTable).filter(({ state, subjectKind }) => state === 'open' && subjectKind === 'lead') }
}

const FIRST = ['Subject: AC', 'Message-ID: <1@halloran.example>']
const SECOND = ['Subject: Re: AC', 'Message-ID: <3@halloran.example>', 'References: <1@halloran.example> <2@copper-ridge.example>', 'In-Reply-To: <2@copper-ridge.example>']

describe('a letter that goes on with another', () => {
  it('is said on its lead, which is a promise again though it was dismissed', async () => {
    const { desk, office, comes, leads, said, open } = mailbox()
    await comes(FIRST)
    office.must('lead.dismiss', { leadId: leads()[0]?.id, reason: 'price', note: '' }, desk.csrId)
    expect(open()).toEqual([])
    office.now += DAY
    expect(await comes(SECOND, 'We thought about it.\r\n\r\n> It would be $500.')).toBe(true)
    expect(leads()).toMatchObject([{ state: 'accepted' }])
    expect(said()).toMatchObject([{ body: 'We thought about it.', by: 'June' }])
    expect(open()).toHaveLength(1)
    expect(open()[0]?.dueAt).toBeGreaterThan(office.now - HOUR)
    expect(await comes(SECOND, 'We thought about it.')).toBe(false)
  })

  it('is a lead of its own where somebody else wrote it, or nobody knows what it answers', async () => {
    const { comes, leads } = mailbox()
    await comes(FIRST)
    await comes(SECOND, 'Me too', 'Mallory <mallory@halloran.example>')
    await comes(['Message-ID: <9@halloran.example>', 'In-Reply-To: <8@copper-ridge.example>'])
    expect(leads()).toHaveLength(3)
  })
})

describe('a letter\u2019s id', () => {
  it('that all letters of a program have makes a lead of each writer, once', async () => {
    const { comes, leads } = mailbox()
    const same = ['Subject: Form', 'Message-ID: <form@site.example>']
    for (let time = 0; time < 2; time++) for (const who of ['june', 'omar']) await comes(same, 'Not cooling', `${who} <${who}@mail.example>`)
    expect(leads().map(({ email }) => email).sort()).toEqual(['june@mail.example', 'omar@mail.example'])
  })

  it('among the letters before it says nothing: read again, it is nothing new', async () => {
    const { comes, leads, said } = mailbox()
    for (let time = 0; time < 2; time++) await comes([...FIRST, 'References: <1@halloran.example>'])
    expect([leads().length, said().length]).toEqual([1, 0])
  })

  it('is enough for a writer without an address to be one lead', async () => {
    const { comes, leads } = mailbox()
    for (let time = 0; time < 3; time++) await comes(['Message-ID: <x@y.example>'], 'Hello', 'nobody')
    expect(leads()).toHaveLength(1)
  })
})

describe('the mailbox', () => {
  it('begins with what comes from now on in another folder, and goes on in the same one on another server', () => {
    const { desk, office } = mailbox()
    const save = (more: Readonly<Record<string, unknown>>) => {
      office.must('leadMailbox.save', { host: 'imap.example.com', port: 993, security: 'tls', userName: 'office', folder: 'INBOX', since: null, active: true, ...more }, desk.ownerId)
      return office.engine.rows(leadMailboxTable)[0]?.since
    }
    const first = save({})
    office.now += 20 * DAY
    expect(save({ host: 'mail.example.com' })).toBe(first)
    expect(save({ folder: 'Leads' })).toBe(office.now)
    office.now += 20 * DAY
    const asked = office.now - 3 * DAY
    expect(save({ folder: 'Other', since: asked })).toBe(asked)
    expect(office.run('leadMailbox.save', { host: 'imap.example.com', port: 993, security: 'tls', userName: 'office', folder: 'INBOX', since: office.now - 31 * DAY, active: true }, desk.ownerId)).toMatchObject({ refusal: { field: 'since' } })
  })
})
