import { z } from 'zod'
import { ID_PATTERN } from '../base/id.ts'
import { isPlausibleDay } from '../base/time.ts'

/**
 * A lead as a source sends it: over the signed HTTP intake, and what files and emails are read into. Every field may be
 * left out that a source does not have. `docs/intake.openapi.json` is made of these very schemas.
 */

const line = (max: number, description: string) => z.string().max(max).describe(description)

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'A time of day is HH:MM, such as 08:00.')

const sentWindow = z
  .strictObject({
    day: z.string().refine(isPlausibleDay, 'A day is YYYY-MM-DD.').meta({ format: 'date', description: 'The day, in the company\u2019s own time zone.' }),
    from: clock.optional().describe('From when on that day; left out: from when the office opens.'),
    to: clock.optional().describe('Until when on that day; left out: until the office closes.'),
  })
  .meta({ id: 'PreferredWindow', description: 'A time that would suit them.' })

const sentMessage = z
  .strictObject({
    id: line(200, 'Your id of this message; the same one sent again is passed over.').min(1),
    at: z.iso.datetime({ offset: true }).describe('When it was said, with an offset.'),
    from: z.enum(['visitor', 'us']).describe('Who said it: the visitor, or whoever answered for the company (a bot) before the office did.'),
    name: line(120, 'What they are called.').optional(),
    text: line(4000, 'What was said.'),
  })
  .meta({ id: 'ChatMessage', description: 'Something said in a chat.' })

export const sentLead = z
  .strictObject({
    id: line(200, 'Your own id of this lead. Sent again under the same id it is the same lead. Left out, `webhook-id` is taken.').min(1).optional(),
    name: line(200, 'Who it is.').optional(),
    phones: z.array(line(60, 'A telephone number, in any usual notation.')).max(6).optional(),
    email: line(254, 'An email address.').optional(),
    address: z
      .strictObject({
        line1: line(200, 'Street and number.').optional(),
        line2: line(200, 'Apartment, suite.').optional(),
        city: line(200, 'City.').optional(),
        state: line(200, 'State.').optional(),
        postalCode: line(20, 'ZIP code.').optional(),
      })
      .optional()
      .describe('Where the work would be.'),
    jobType: line(200, 'The work wanted. Where it is called as one of the company\u2019s job types, it is that.').optional(),
    subject: line(300, 'What it is about, in a line.').optional(),
    message: line(8000, 'What they wrote.').optional(),
    preferredWindows: z.array(sentWindow).max(10).optional(),
    answers: z
      .array(z.strictObject({ question: line(120, 'As it was asked.').min(1), answer: line(500, 'As it was answered.') }))
      .max(40)
      .optional()
      .describe('What qualifies the lead. A question called as one of the company\u2019s own is that one.'),
    details: z
      .array(z.strictObject({ label: line(200, 'What it is.').min(1), value: line(1000, 'What it says.') }))
      .max(40)
      .optional()
      .describe('Whatever else is known.'),
    campaign: line(200, 'What brought them.').optional(),
    chat: z
      .strictObject({
        messages: z.array(sentMessage).min(1).max(200).describe('What was said so far, or since the last sending.'),
        over: z.boolean().optional().describe('The visitor has left.'),
      })
      .optional()
      .describe('Where the source is a chat.'),
  })
  .refine(({ name, phones, email, message, chat }) => Boolean(name?.trim() || phones?.some((phone) => phone.trim() !== '') || email?.trim() || message?.trim() || chat), 'Say at least a name, a number, an email address, a message or a chat.')
  .meta({ id: 'Lead', description: 'Somebody who wants something of the company.' })

export type SentLead = z.output<typeof sentLead>

/** Which chat a source asks about. */
export const chatQuestion = z
  .strictObject({ id: line(200, 'The id the lead was sent with.').min(1), after: line(200, 'The id of the last answer that you have: only what was said since. Left out, or not known: all of them.').optional() })
  .meta({ id: 'ChatQuestion', description: 'Which chat, and since which answer.' })

export const chatAnswer = z
  .object({
    leadId: z.string().regex(ID_PATTERN),
    over: z.boolean().describe('The office has closed the chat.'),
    messages: z.array(z.object({ id: z.string(), at: z.iso.datetime(), text: z.string() })).describe('What the office said, in the order in which the hub took it.'),
  })
  .meta({ id: 'ChatAnswer', description: 'What the office said in a chat.' })

export const leadReceipt = z
  .object({ leadId: z.string().regex(ID_PATTERN).describe('Baton\u2019s id of the lead, the same for the same lead.'), known: z.boolean().describe('It was here already; what was said in its chat since was added.') })
  .meta({ id: 'Receipt', description: 'The lead is recorded: somebody holds it, with a time.' })
