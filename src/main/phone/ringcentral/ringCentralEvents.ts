import { z } from 'zod'

const who = z.object({ phoneNumber: z.string().default(''), extensionId: z.string().default(''), extensionNumber: z.string().default('') }).default({ phoneNumber: '', extensionId: '', extensionNumber: '' })

const partyShape = z.object({
  id: z.string().min(1),
  extensionId: z.union([z.string(), z.number()]).transform(String).default(''),
  direction: z.enum(['Inbound', 'Outbound']),
  from: who,
  to: who,
  status: z.object({ code: z.string(), reason: z.string().default('') }),
})

export type Party = z.infer<typeof partyShape>

export const sessionShape = z.object({ telephonySessionId: z.string().min(1), sequence: z.number().int(), parties: z.array(partyShape).max(100) })

export type SessionEvent = z.infer<typeof sessionShape>

/** A message that somebody left (RingCentral's event reference, "Voicemail Message Event"). */
export const leftMessageShape = z.object({
  id: z.union([z.string(), z.number()]).transform(String),
  type: z.string().regex(/^voicemail$/i),
  direction: z.literal('Inbound').default('Inbound'),
  creationTime: z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)),
  from: who,
  to: z.array(who).default([]),
  attachments: z
    .array(z.object({ id: z.union([z.string(), z.number()]).transform(String), type: z.string().default(''), contentType: z.string().default(''), vmDuration: z.number().default(0) }))
    .max(20)
    .default([]),
})

export type LeftMessage = z.infer<typeof leftMessageShape>

/** A page of the message store; what else is in it is left out. */
export const messageListShape = z.object({ records: z.array(leftMessageShape.nullable().catch(null)).max(1_000) }).transform(({ records }) => records.filter((left) => left !== null))

const messageShape = z.object({ body: leftMessageShape })
const notificationShape = z.object({ body: sessionShape })
const headShape = z.object({ type: z.string(), messageId: z.string().default(''), status: z.number().default(0) })

export type SocketMessage =
  | { readonly kind: 'connected' }
  | { readonly kind: 'answer'; readonly messageId: string; readonly status: number }
  | { readonly kind: 'session'; readonly event: SessionEvent }
  | { readonly kind: 'voicemail'; readonly left: LeftMessage }

/** Reads a message of RingCentral’s WebSocket: an array of what it is and what it says. @returns null for everything else */
export function socketMessageIn(text: string): SocketMessage | null {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    return null
  }
  const [first, second] = Array.isArray(parsed) ? (parsed as readonly unknown[]) : []
  const head = headShape.safeParse(first)
  if (!head.success) return null
  const { type, messageId, status } = head.data
  if (type === 'ConnectionDetails') return { kind: 'connected' }
  if (type === 'ClientRequest' || type === 'Heartbeat') return { kind: 'answer', messageId, status: type === 'Heartbeat' ? 200 : status }
  if (type !== 'ServerNotification') return null
  const left = messageShape.safeParse(second)
  if (left.success) return { kind: 'voicemail', left: left.data.body }
  const notification = notificationShape.safeParse(second)
  return notification.success ? { kind: 'session', event: notification.data.body } : null
}
