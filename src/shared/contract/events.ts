import { z } from 'zod'
import { liveCall } from './methods/calls.ts'
import { hubState } from './methods/hub.ts'
import { phoneLine } from './methods/phone.ts'

/** What the backend tells every page without being asked. Sent only after the commit it speaks of. */
const events = {
  /** Rows changed: queries that read these tables are stale. */
  changed: z.object({ tables: z.array(z.string()), by: z.string() }),
  /** A call as it is now, for the call cell and the pop. */
  phone: liveCall,
  /** The telephone could not do what somebody asked; said to whoever asked. */
  phoneRefused: z.object({ userId: z.string(), callId: z.string().nullable(), message: z.string() }),
  /** The line, do not disturb, who is free, or how it stands with a voicemail that is fetched has changed: `phone.desk` and `voicemail.ofCall` are stale. */
  phoneDesk: z.object({}),
  /** A key of the whole system, pressed while another program was in front. */
  phoneKey: z.object({ key: z.enum(['answer', 'hangUp', 'hold', 'mute']) }),
  /** The line to the telephone system changed: up, down, the microphone, voicemails waiting. */
  phoneLine,
  /** Long work: the sample company, an import, a backup. */
  progress: z.object({ operationId: z.string(), label: z.string(), done: z.number(), total: z.number() }),
  /** The line to the hub went down or came back, changes went up, a snapshot came nearer. */
  hub: hubState,
  /** An attached file came nearer to the hub, or here: `attachment.waiting` and `attachment.list` are stale. */
  attachments: z.object({}),
  /** Somebody came, went or opened another record at another workstation: `hub.present` is stale. */
  presence: z.object({}),
  /** This workstation’s telephone is gone, or back: `phoneOffice.outage` is stale. */
  phoneOutage: z.object({}),
  /** Only to a page that practises: a real call rings in the office, or rings no more. */
  officeCall: z.object({ callId: z.string(), lineName: z.string(), ringing: z.boolean() }),
  /** Only to the windows of one session: somebody signed in at one of them, or out: `session.state` is stale. */
  session: z.object({}),
  /** The person at this page was signed out (locked, left the company). */
  locked: z.object({ reason: z.enum(['idle', 'asked', 'left']) }),
  /** Another application asked to show something (`tel:` and `baton:` links); only to look up, never to do. */
  link: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('telephone'), number: z.string() }),
    z.object({ kind: z.literal('record'), record: z.enum(['customer', 'job', 'invoice', 'batch']), id: z.string() }),
  ]),
} as const

export type EventName = keyof typeof events
export type EventPayload<N extends EventName> = z.output<(typeof events)[N]>
