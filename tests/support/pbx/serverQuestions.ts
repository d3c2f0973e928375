import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { z } from 'zod'
import { PORTS } from './addresses.ts'
import { REALM } from './numbers.ts'
import { PATIENCE_MS } from './patience.ts'

/** A registered telephone, as the server knows it. */
export interface Registration {
  readonly contact: string
  /** `sip:127.1.2.1:41234;transport=ws` for one behind a WebSocket. */
  readonly received: string
}

const contactsShape = z.object({
  result: z.object({ Contacts: z.array(z.object({ Contact: z.object({ Address: z.string(), Received: z.string() }) })).default([]) }).optional(),
})

/** One question to Kamailio's JSON-RPC. It closes each connection after its answer, so none is kept for another question. */
async function ask(server: string, method: string, params: readonly string[]): Promise<unknown> {
  const question = request({ host: server, port: PORTS.ws, path: '/rpc', method: 'POST', agent: false, headers: { 'content-type': 'application/json' }, signal: AbortSignal.timeout(PATIENCE_MS) })
  question.end(JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }))
  const [answer] = (await once(question, 'response')) as [IncomingMessage]
  return JSON.parse(await text(answer))
}

/** Who is registered for an extension or group at a server. */
export async function askRegistrations(server: string, name: string): Promise<readonly Registration[]> {
  const { result } = contactsShape.parse(await ask(server, 'ul.lookup', ['location', `${name}@${REALM}`]))
  return (result?.Contacts ?? []).map(({ Contact }) => ({ contact: Contact.Address, received: Contact.Received }))
}

/** Has a server forget one contact of an extension or group, as it does of itself only when the registration runs out. */
export async function forgetRegistration(server: string, name: string, contact: string): Promise<void> {
  await ask(server, 'ul.rm_contact', ['location', `${name}@${REALM}`, contact])
}
