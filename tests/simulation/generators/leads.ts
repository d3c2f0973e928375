import { DAY, HOUR, MINUTE } from '../../../src/shared/base/time.ts'
import { customerTable } from '../../../src/shared/domain/customers/tables.ts'
import { jobTable, jobTypeTable } from '../../../src/shared/domain/jobs/tables.ts'
import { leadId, leadSourceId } from '../../../src/shared/domain/leads/ids.ts'
import { DISMISS_REASONS, type Lead, LEAD_CHANNELS, LEAD_TRIES, leadQuestionTable, leadSourceTable, leadTable } from '../../../src/shared/domain/leads/tables.ts'
import { SYSTEM_ACTOR } from '../../../src/shared/domain/people/permissions.ts'
import type { Generator, World } from '../world.ts'

/** One in seven proposals must be refused. */
const WRONG = 0.15

const isOpen = ({ state }: Lead): boolean => state === 'new' || state === 'accepted'
const hasChat = (lead: Lead): boolean => isOpen(lead) && (lead.chat === 'waiting' || lead.chat === 'answered')

/** Mostly one that the command wants; now and then another. */
function someLead({ random, rows }: World, wanted: (lead: Lead) => boolean = isOpen): Lead | undefined {
  const fitting = rows(leadTable).filter(wanted)
  if (fitting.length > 0 && random.chance(WRONG / 2)) return random.pick(rows(leadTable))
  return random.pick(fitting)
}

const someTime = ({ random, at }: World): number => at + (random.chance(WRONG / 2) ? -HOUR : HOUR + random.below(random.chance(WRONG / 2) ? 60 : 20) * DAY)

const SOURCES = ['website', 'angi', 'mailbox'] as const

const source: Generator = {
  command: 'leadSource.save',
  propose: ({ random }) => {
    const key = random.pick(SOURCES) ?? 'website'
    return {
      input: {
        id: random.chance(WRONG) ? random.id() : leadSourceId(key),
        key,
        name: key,
        channel: random.pick(LEAD_CHANNELS) ?? 'web',
        role: random.chance(0.5) ? 'inboundCsr' : 'leadCoordinator',
        contactMinutes: random.chance(WRONG / 4) ? 0 : 5 + random.below(240),
        active: !random.chance(0.2),
      },
    }
  },
}

const message = ({ random, at }: World, id: string) => ({ id, at: at - random.below(10) * 1000, by: '', visitor: random.chance(0.7), text: 'Is anybody there?' })

const receive: Generator = {
  command: 'lead.receive',
  propose: (world) => {
    const { random, rows, at } = world
    const again = random.chance(0.3) ? random.pick(rows(leadTable)) : undefined
    const key = random.pick(rows(leadSourceTable))?.key ?? 'website'
    const externalId = again?.externalId ?? random.id()
    const sourceId = again?.sourceId ?? leadSourceId(key)
    const channel = again?.channel ?? random.pick(LEAD_CHANNELS) ?? 'web'
    const number = `+1555014${String(2000 + random.below(60))}`
    return {
      ...(random.chance(0.8) ? { actorId: SYSTEM_ACTOR, place: 'hub' as const } : {}),
      input: {
        leadId: again?.id ?? leadId(sourceId, externalId),
        sourceId,
        sourceName: key,
        channel,
        role: random.chance(0.7) ? 'inboundCsr' : 'leadCoordinator',
        externalId,
        receivedAt: at,
        contactBy: at + 5 * MINUTE,
        name: random.chance(0.1) ? '' : 'June Halloran',
        phones: random.chance(0.2) ? [] : [{ said: number, number: random.chance(0.1) ? null : number }],
        email: random.chance(0.5) ? '' : 'june@halloran.example',
        line1: '',
        line2: '',
        city: '',
        region: '',
        postalCode: random.chance(WRONG / 4) ? 'x'.repeat(40) : '',
        wish: 'AC repair',
        jobTypeId: random.chance(0.5) ? (random.pick(rows(jobTypeTable))?.id ?? null) : null,
        subject: '',
        words: 'Not cooling since last night.',
        windows: [],
        answers: [],
        details: [],
        files: [],
        campaign: '',
        messages: channel === 'chat' ? [message(world, 'm1'), ...(again ? [message(world, random.id())] : [])] : [],
        chatOver: channel === 'chat' && random.chance(0.2),
      },
    }
  },
}

const acceptLead: Generator = {
  command: 'lead.accept',
  propose: (world) => {
    const lead = someLead(world, ({ state, ownerId }) => state === 'new' || (state === 'accepted' && ownerId === null))
    return lead && { input: { leadId: lead.id } }
  },
}

const attempt: Generator = {
  command: 'lead.attempt',
  propose: (world) => {
    const lead = someLead(world)
    return lead && { input: { leadId: lead.id, how: world.random.pick(LEAD_TRIES) ?? 'noAnswer', nextAttemptAt: someTime(world), note: '' } }
  },
}

const convert: Generator = {
  command: 'lead.convert',
  propose: (world) => {
    const { random, rows } = world
    const lead = random.chance(0.6) ? someLead(world) : undefined
    const job = random.chance(0.7) ? random.pick(rows(jobTable)) : undefined
    const customerId = random.chance(WRONG / 2) ? random.id() : (job?.customerId ?? random.pick(rows(customerTable))?.id)
    return lead && customerId !== undefined ? { input: { leadId: lead.id, customerId, jobId: random.chance(WRONG / 3) ? random.id() : (job?.id ?? null) } } : undefined
  },
}

const dismiss: Generator = {
  command: 'lead.dismiss',
  propose: (world) => {
    const lead = world.random.chance(0.6) ? someLead(world) : undefined
    return lead && { input: { leadId: lead.id, reason: world.random.pick(DISMISS_REASONS) ?? 'spam', note: world.random.chance(WRONG) ? '' : 'Said so' } }
  },
}

const reopen: Generator = {
  command: 'lead.reopen',
  propose: (world) => {
    const lead = someLead(world, ({ state }) => state === 'dismissed')
    return lead && { input: { leadId: lead.id, nextAttemptAt: someTime(world) } }
  },
}

const note: Generator = {
  command: 'lead.note',
  propose: ({ random, rows }) => ({ input: { noteId: random.id(), leadId: random.pick(rows(leadTable))?.id ?? random.id(), body: 'Prefers a text.' } }),
}

const answerChat: Generator = {
  command: 'lead.answerChat',
  propose: (world) => {
    const lead = someLead(world, hasChat)
    return lead && { input: { entryId: world.random.id(), leadId: lead.id, text: 'Yes, how can I help?' } }
  },
}

const closeChat: Generator = {
  command: 'lead.closeChat',
  propose: (world) => {
    const lead = someLead(world, hasChat)
    return lead && { input: { leadId: lead.id } }
  },
}

const qualify: Generator = {
  command: 'lead.qualify',
  propose: (world) => {
    const lead = someLead(world)
    const question = world.random.pick(world.rows(leadQuestionTable))
    return lead && { input: { leadId: lead.id, answers: [{ key: question?.id ?? world.random.id(), question: question?.label ?? 'How old is it?', answer: world.random.chance(0.2) ? '' : 'Ten years' }] } }
  },
}

const mailbox: Generator = {
  command: 'leadMailbox.save',
  propose: ({ random, at }) => ({ input: { host: 'imap.copper-ridge.example', port: random.chance(WRONG) ? 0 : 993, security: 'tls', userName: 'office', folder: random.chance(0.8) ? 'INBOX' : 'Leads', since: random.chance(0.5) ? null : random.chance(WRONG) ? at - 60 * DAY : at, active: random.chance(0.7) } }),
}

const question: Generator = {
  command: 'leadQuestion.save',
  propose: ({ random, rows }) => ({
    input: {
      id: random.chance(0.3) ? (random.pick(rows(leadQuestionTable))?.id ?? random.id()) : random.id(),
      jobTypeId: random.chance(WRONG / 2) ? random.id() : random.chance(0.5) ? (random.pick(rows(jobTypeTable))?.id ?? null) : null,
      position: random.below(10),
      label: 'How old is it?',
      kind: 'choice',
      options: random.chance(WRONG / 2) ? ['Old'] : ['Under ten years', 'Older'],
      active: true,
    },
  }),
}

export const leadsGenerators: readonly Generator[] = [source, receive, acceptLead, attempt, convert, dismiss, reopen, note, answerChat, closeChat, qualify, mailbox, question]
