import { z } from 'zod'
import { cleanText } from '../../base/text.ts'
import { dayInput, idInput, instantInput, lineInput, minuteInput, optionalLine, phoneInput, textInput } from '../kernel/inputs.ts'
import { ROLES } from '../people/permissions.ts'
import { answerInput } from '../scripts/content.ts'
import { LEAD_CHANNELS } from './tables.ts'

/** How much of each is kept; whoever receives a lead cuts what is longer before it is recorded. */
export const LEAD_LIMITS = { name: 120, line: 200, words: 8000, phones: 6, windows: 10, answers: 40, details: 40, files: 40, messages: 200, message: 4000 } as const

const said = (label: string, max: number = LEAD_LIMITS.line) => optionalLine(label, max)

/** Something said in a chat. */
const messageInput = z.strictObject({
  /** The chat system’s own id: the same message sent again is one. */
  id: lineInput('The message\u2019s id', 200),
  at: instantInput,
  by: said('Who said it', LEAD_LIMITS.name),
  /** Whether it is the visitor who speaks, who then waits for an answer. */
  visitor: z.boolean(),
  text: textInput('The message', LEAD_LIMITS.message),
})

/** What a source told us, as the office keeps it. */
export const leadInput = z.strictObject({
  leadId: idInput,
  sourceId: idInput,
  sourceName: lineInput('The source', LEAD_LIMITS.name),
  channel: z.enum(LEAD_CHANNELS),
  role: z.enum(ROLES),
  externalId: lineInput('The source\u2019s id', 300),
  receivedAt: instantInput,
  contactBy: instantInput,
  name: said('The name', LEAD_LIMITS.name),
  phones: z.array(z.strictObject({ said: said('The number', 60), number: phoneInput.nullable() })).max(LEAD_LIMITS.phones),
  email: z.string().transform(cleanText).pipe(z.string().max(254)),
  line1: said('The street'),
  line2: said('The street'),
  city: said('The city'),
  region: said('The state'),
  postalCode: said('The ZIP', 20),
  wish: said('The work'),
  jobTypeId: idInput.nullable(),
  subject: said('The subject', 300),
  words: textInput('The words', LEAD_LIMITS.words),
  windows: z.array(z.strictObject({ day: dayInput, start: minuteInput, end: minuteInput })).max(LEAD_LIMITS.windows),
  answers: z.array(answerInput).max(LEAD_LIMITS.answers),
  details: z.array(z.strictObject({ label: said('The label'), value: said('The value', 1000) })).max(LEAD_LIMITS.details),
  files: z.array(said('The file\u2019s name', 200)).max(LEAD_LIMITS.files),
  campaign: said('The campaign'),
  messages: z.array(messageInput).max(LEAD_LIMITS.messages),
  /** The visitor has left the chat. */
  chatOver: z.boolean(),
})

export type LeadInput = z.output<typeof leadInput>
