import { derivedId } from '../../../shared/base/id.ts'
import { addDays, HOUR, MINUTE } from '../../../shared/base/time.ts'
import { leadId, leadSourceId } from '../../../shared/domain/leads/ids.ts'
import { CHANNEL_DEFAULTS, type LeadChannel } from '../../../shared/domain/leads/tables.ts'
import { SYSTEM_ACTOR } from '../../../shared/domain/people/permissions.ts'
import { leadFromSent } from '../../../shared/intake/fromSent.ts'
import type { SentLead } from '../../../shared/intake/sent.ts'
import { JOB_TYPES } from './catalogue.ts'
import type { SampleCustomer } from './customers.ts'
import { PEOPLE, personId } from './staff.ts'
import type { Moment, Setting } from './visitStory.ts'
import { FIRST_DAY } from './visits.ts'

const HOURS = { opensAt: 7 * 60, closesAt: 17 * 60 }

const SOURCES: readonly (readonly [key: string, name: string, channel: LeadChannel])[] = [
  ['website', 'Our website', 'web'],
  ['schedule-engine', 'Schedule Engine', 'booking'],
  ['angi', 'Angi', 'list'],
  ['mitsubishi', 'Mitsubishi', 'list'],
  ['website-chat', 'Website chat', 'chat'],
  ['mailbox', 'Office mailbox', 'email'],
]

interface Asked {
  readonly label: string
  readonly kind: 'text' | 'yesNo' | 'choice' | 'number'
  readonly options?: readonly string[]
  /** The job type’s name; none: every one’s. */
  readonly of?: string
}

/** What the lead coordinator asks before somebody drives out. */
const QUESTIONS: readonly Asked[] = [
  { label: 'Do they own the home?', kind: 'yesNo' },
  { label: 'How old is the system?', kind: 'choice', options: ['Under 5 years', '5 to 10 years', 'Over 10 years', 'Not known'], of: 'Replacement estimate' },
  { label: 'How many square feet?', kind: 'number', of: 'Replacement estimate' },
  { label: 'Will everybody who decides be there?', kind: 'yesNo', of: 'Replacement estimate' },
  { label: 'How old is the system?', kind: 'choice', options: ['Under 5 years', '5 to 10 years', 'Over 10 years', 'Not known'], of: 'No cooling' },
]

interface Told {
  readonly source: string
  /** Minutes before now at which it came. */
  readonly ago: number
  readonly sent: SentLead
  /** Its number is that of a customer on file. */
  readonly ofCustomer?: number
  /** Who tried to reach them, so many minutes ago, and in how many minutes the next try is. */
  readonly tried?: readonly [by: string, ago: number, next: number]
}

const told = ({ today, now }: Setting['calendar']): readonly Told[] => [
  { source: 'website', ago: 3, sent: { id: 'w-1', name: 'June Halloran', phones: ['555-017-0184'], email: 'june@halloran.example', address: { line1: '61 Saltbrook Lane', city: 'Fairhollow', state: 'IL', postalCode: '55201' }, jobType: 'No cooling', message: 'Not cooling since last night. We have a newborn.', answers: [{ question: 'Do they own the home?', answer: 'Yes' }], campaign: 'Summer mailer' } },
  { source: 'schedule-engine', ago: 34, ofCustomer: 12, sent: { id: 's-1', jobType: 'Cooling tune-up', message: 'The yearly tune-up, please.', preferredWindows: [{ day: addDays(today, 1), from: '08:00', to: '12:00' }, { day: addDays(today, 2), from: '12:00', to: '16:00' }] } },
  { source: 'angi', ago: 26 * 60, tried: ['lena', 22 * 60, 40], sent: { id: 'a-1', name: 'Ruben Castellan', phones: ['(555) 017-0119'], email: 'ruben@castellan.example', address: { city: 'Fairhollow', postalCode: '55202' }, jobType: 'Replacement estimate', message: 'Two quotes wanted for a new heat pump.', details: [{ label: 'Budget', value: '$9,000 to $12,000' }] } },
  { source: 'mitsubishi', ago: 5 * 60, sent: { id: 'm-1', name: 'Priya Natarajan', phones: ['555-017-0127'], email: 'priya@natarajan.example', jobType: 'Replacement estimate', message: 'Asked for a diamond contractor near 55201.', answers: [{ question: 'How many square feet?', answer: '1850' }] } },
  { source: 'website-chat', ago: 1, sent: { id: 'c-1', name: 'Dell Okafor', chat: { messages: [{ id: '1', at: new Date(now - 2 * MINUTE).toISOString(), from: 'us', name: 'Assistant', text: 'Hello! What can we do for you?' }, { id: '2', at: new Date(now - MINUTE).toISOString(), from: 'visitor', text: 'Do you come out on Saturdays? The kitchen drain is slow.' }] } } },
  { source: 'mailbox', ago: 95, sent: { id: 'e-1', name: 'Walt Emmerich', email: 'walt@emmerich.example', phones: ['555-017-0161'], subject: 'EV charger in the garage', message: 'Hello,\n\nwe bought an electric car and need a charger in the garage. The panel is from 1998. Can somebody have a look next week?\n\nWalt Emmerich\n555-017-0161' } },
]

/** Who sends leads, what is asked of them, and what came in over the last day. */
export function leadMoments({ seed, calendar, ids }: Setting, customers: readonly SampleCustomer[]): readonly Moment[] {
  const ownerId = personId(seed, PEOPLE[0]?.key ?? '')
  const begun = calendar.at(FIRST_DAY, 7 * 60)
  const jobTypes = JOB_TYPES.map((type) => ({ id: ids.jobType(type), name: type.name }))
  const questions = QUESTIONS.map(({ label, kind, options = [], of }, position) => ({
    id: derivedId('sample', String(seed), 'lead question', String(position)),
    jobTypeId: of === undefined ? null : (jobTypes.find(({ name }) => name === of)?.id ?? null),
    position,
    label,
    kind,
    options,
    active: true,
  }))
  const sources = SOURCES.map(([key, name, channel]) => ({ id: leadSourceId(key), key, name, channel, ...CHANNEL_DEFAULTS[channel], active: true }))
  const office = { hours: { zone: calendar.zone, ...HOURS }, jobTypes, questions }
  const came = told(calendar).flatMap(({ source: key, ago, sent, ofCustomer, tried }): readonly Moment[] => {
    const source = sources.find((one) => one.key === key)
    if (!source) return []
    const receivedAt = calendar.now - ago * MINUTE
    const known = ofCustomer === undefined ? undefined : customers[ofCustomer]?.row
    const more = known ? { name: [known.firstName, known.lastName].filter(Boolean).join(' ') || known.companyName, phones: known.phones.map(({ value }) => value) } : {}
    const receive: Moment = { at: receivedAt, name: 'lead.receive', actorId: SYSTEM_ACTOR, input: leadFromSent({ ...sent, ...more }, { source, externalId: sent.id ?? key, receivedAt }, office) }
    if (!tried) return [receive]
    const [by, minutes, next] = tried
    return [receive, { at: calendar.now - minutes * MINUTE, name: 'lead.attempt', actorId: personId(seed, by), input: { leadId: leadId(source.id, sent.id ?? ''), how: 'leftMessage', nextAttemptAt: calendar.now + next * MINUTE, note: 'With his wife' } }]
  })
  return [
    ...sources.map((input): Moment => ({ at: begun, name: 'leadSource.save', actorId: ownerId, input })),
    ...questions.map((input): Moment => ({ at: begun + HOUR, name: 'leadQuestion.save', actorId: ownerId, input })),
    ...came,
  ]
}
