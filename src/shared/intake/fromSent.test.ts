import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FrontDesk } from '../../../tests/support/frontDesk.ts'
import { leadInput } from '../domain/leads/inputs.ts'
import { leadEntryTable, leadTable } from '../domain/leads/tables.ts'
import { leadSourceId } from '../domain/leads/ids.ts'
import { leadFromSent } from './fromSent.ts'
import { type SentLead, sentLead } from './sent.ts'

const AT = Date.UTC(2026, 6, 14, 18, 42)
const source = (channel: 'web' | 'chat') => ({ id: leadSourceId('website'), name: 'Website', channel, role: 'inboundCsr', contactMinutes: 5 }) as const
const office = { hours: { zone: 'America/Chicago', opensAt: 420, closesAt: 1020 }, jobTypes: [{ id: leadSourceId('a job type'), name: 'No cooling' }], questions: [{ id: leadSourceId('a question'), label: 'Roof?' }] }

const read = (sent: SentLead, channel: 'web' | 'chat' = 'web') => leadFromSent(sent, { source: source(channel), externalId: 'msg-1', receivedAt: AT }, office)

describe('what a source sends', () => {
  it('is read against the company: job type and questions by name, numbers and times as the office writes them', () => {
    const lead = read({ jobType: 'no  COOLING', phones: ['555-014-2210', 'call me'], email: ' June@Halloran.example ', answers: [{ question: 'roof', answer: 'Flat' }, { question: 'Dogs?', answer: 'Two' }], preferredWindows: [{ day: '2026-07-15', from: '13:00' }] })
    expect(lead).toMatchObject({
      jobTypeId: office.jobTypes[0]?.id,
      phones: [{ said: '555-014-2210', number: '+15550142210' }, { said: 'call me', number: null }],
      email: 'june@halloran.example',
      answers: [{ key: office.questions[0]?.id, question: 'Roof?' }, { question: 'Dogs?', answer: 'Two' }],
      windows: [{ day: '2026-07-15', start: 780, end: 1020 }],
    })
  })

  it('is kept where it does not fit: an address that is none stands among the details', () => {
    expect(read({ name: 'June', email: 'june at home' })).toMatchObject({ email: '', details: [{ label: 'Email as given', value: 'june at home' }] })
  })

  it('that the schema takes is never refused as a fact, whatever is in it', () => {
    const text = (max: number) => fc.string({ unit: 'binary', maxLength: max })
    const some = fc.record({
      name: text(200),
      phones: fc.array(text(60), { maxLength: 6 }),
      email: text(254),
      jobType: text(200),
      message: text(900),
      answers: fc.array(fc.record({ question: fc.string({ unit: 'binary', minLength: 1, maxLength: 120 }), answer: text(500) }), { maxLength: 5 }),
      details: fc.array(fc.record({ label: fc.string({ unit: 'binary', minLength: 1, maxLength: 200 }), value: text(1000) }), { maxLength: 5 }),
      chat: fc.record({ messages: fc.array(fc.record({ id: fc.string({ unit: 'binary', minLength: 1, maxLength: 200 }), at: fc.constantFrom('1970-01-01T00:00:00Z', '2026-07-14T18:42:00Z', '9999-01-01T00:00:00Z'), from: fc.constantFrom('visitor' as const, 'us' as const), text: text(4000) }), { minLength: 1, maxLength: 3 }) }),
      id: fc.string({ unit: 'binary', minLength: 1, maxLength: 200 }),
      address: fc.record({ line1: text(200), postalCode: text(20) }),
    })
    fc.assert(
      fc.property(some, (sent) => {
        const taken = sentLead.safeParse(sent)
        fc.pre(taken.success)
        expect(leadInput.safeParse(read(sent)).error?.issues).toBeUndefined()
      }),
      { numRuns: 300 },
    )
  })
})

describe('a chat that is sent in parts', () => {
  it('is whole and once, in whatever parts and however often they come', () => {
    const parts = fc.array(fc.uniqueArray(fc.integer({ min: 0, max: 7 }), { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(parts, (sendings) => {
        const desk = new FrontDesk()
        const message = (id: number) => ({ id: String(id), at: new Date(AT + id * 1000).toISOString(), from: id % 2 === 0 ? ('visitor' as const) : ('us' as const), text: `word ${id}` })
        for (const ids of sendings) desk.office.must('lead.receive', read({ id: 'chat-1', chat: { messages: ids.map(message) } }, 'chat'))
        expect(desk.office.engine.rows(leadTable)).toHaveLength(1)
        const said = new Set(sendings.flat())
        expect(desk.office.engine.rows(leadEntryTable).map(({ body }) => body).sort()).toEqual([...said].map((id) => `word ${id}`).sort())
      }),
      { numRuns: 60 },
    )
  })
})
