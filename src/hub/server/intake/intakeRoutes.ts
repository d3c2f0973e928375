import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { ID_PATTERN, newId } from '../../../shared/base/id.ts'
import { LEAD_SOURCE_KEY } from '../../../shared/domain/leads/configure.ts'
import { leadFromSent } from '../../../shared/intake/fromSent.ts'
import { leadId, leadSourceId } from '../../../shared/domain/leads/ids.ts'
import { chatQuestion, sentLead } from '../../../shared/intake/sent.ts'
import type { LeadSource } from '../../../shared/domain/leads/tables.ts'
import { HubStoreFailure } from '../../core/hubStore.ts'
import { addressKey } from '../gate.ts'
import { errorDetails } from '../log.ts'
import type { ServerParts } from '../parts.ts'
import { HttpProblem } from '../problem.ts'
import { type Allowance, RateLimit } from '../rateLimit.ts'
import { IntakeProblem, notAsAgreed, notSigned } from './intakeProblem.ts'
import { intakeSecret, isSigned, readSignature, type SignedMessage, TOLERANCE_SECONDS } from './signature.ts'

/** The signed HTTP intake of leads, web bookings and chats (docs/intake.md). */

/** A lead with a long chat; whatever is larger is no lead. */
export const INTAKE_BODY_BYTES = 64 * 1024

export interface IntakeLimits {
  /** Everything, by address, before anything is looked at. */
  readonly addresses: Allowance
  /** What is not signed right, by address. */
  readonly wrong: Allowance
  /** What is sent and signed right, by source. */
  readonly sources: Allowance
  /** What is asked of chats, by source: every few seconds for each visitor, and never at the cost of what is sent. */
  readonly chats: Allowance
}

export const INTAKE_LIMITS: IntakeLimits = { addresses: { burst: 120, perMinute: 240 }, wrong: { burst: 20, perMinute: 6 }, sources: { burst: 120, perMinute: 240 }, chats: { burst: 120, perMinute: 240 } }

const params = z.object({ company: z.string().regex(ID_PATTERN), source: z.string().regex(LEAD_SOURCE_KEY) })

/** A request whose sender is known. */
interface Signed {
  readonly companyId: string
  readonly source: LeadSource
  readonly message: SignedMessage
  readonly body: Buffer
}

class IntakeGate {
  readonly #parts: ServerParts
  readonly #addresses: RateLimit
  readonly #wrong: RateLimit
  readonly #sources: RateLimit
  readonly #chats: RateLimit

  constructor(parts: ServerParts, limits: IntakeLimits) {
    this.#parts = parts
    this.#addresses = new RateLimit(limits.addresses)
    this.#wrong = new RateLimit(limits.wrong)
    this.#sources = new RateLimit(limits.sources)
    this.#chats = new RateLimit(limits.chats)
  }

  #take(limit: RateLimit, key: string, what: string): void {
    const seconds = limit.take(key)
    if (seconds === 0) return
    this.#parts.metrics.limited.add({ what })
    throw new IntakeProblem(429, 'rate', 'Too many requests', `Send again in ${seconds} seconds. Nothing was recorded.`, { retryAfter: seconds })
  }

  /** Before anything of the request is read. */
  arrive({ ip }: FastifyRequest): void {
    this.#take(this.#addresses, addressKey(ip), 'intake')
  }

  /** Who sends or asks this. @throws IntakeProblem 401, 429 */
  async signed(request: FastifyRequest, what: 'sending' | 'asking'): Promise<Signed> {
    const from = addressKey(request.ip)
    this.#take(this.#wrong, from, 'intakeWrong')
    const signed = await this.#sender(request)
    if (!signed) throw notSigned()
    this.#wrong.giveBack(from)
    this.#take(what === 'sending' ? this.#sources : this.#chats, `${signed.companyId} ${signed.source.id}`, 'intakeSource')
    return signed
  }

  async #sender(request: FastifyRequest): Promise<Signed | undefined> {
    const { admin, now } = this.#parts
    const read = params.safeParse(request.params)
    const message = readSignature(request.headers)
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
    if (!read.success || !message) return undefined
    const { company: companyId, source: key } = read.data
    const found = await admin.intake.source(companyId, leadSourceId(key))
    if (!found) return undefined
    const hubSecret = await admin.secret('intake')
    const secrets = found.secrets.map(({ sourceId, secretId }) => intakeSecret(hubSecret, companyId, sourceId, secretId))
    if (!isSigned(message, secrets, body)) return undefined
    // Only who signed right is told of the clock.
    if (Math.abs(now() / 1000 - message.signedAt) > TOLERANCE_SECONDS) {
      throw new IntakeProblem(401, 'timestamp', 'The message is too old', 'webhook-timestamp is more than five minutes from the hub\u2019s clock. Sign it again with the time of sending; look after this machine\u2019s clock if that does not help. Nothing was recorded.', { now: Math.round(now() / 1000) })
    }
    return { companyId, source: found.source, message, body }
  }
}

function jsonOf<Schema extends z.ZodType>(schema: Schema, body: Buffer): z.output<Schema> {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    throw new IntakeProblem(400, 'json', 'The body is not JSON', 'Send JSON in UTF-8. Nothing was recorded.')
  }
  const read = schema.safeParse(value)
  if (!read.success) throw notAsAgreed(read.error)
  return read.data
}

/** A message that came before: sent again by its sender, or by somebody who overheard it. */
async function alreadyTaken({ companyId, source, message, body }: Signed, bodyHash: string, { admin }: ServerParts): Promise<string | null> {
  const seen = await admin.intake.seen(companyId, source.id, message.id)
  if (!seen) return null
  if (seen.bodyHash !== bodyHash) throw new IntakeProblem(409, 'id', 'This webhook-id was used for something else', 'Give every message a webhook-id of its own. Nothing was recorded.', { size: body.length })
  if (message.signedAt <= seen.signedAt) throw new IntakeProblem(409, 'replay', 'This very message was taken before', 'It is recorded; there is nothing to send again. A message that is sent again is signed again, with the time of sending.', { leadId: seen.leadId })
  return seen.leadId
}

async function take(signed: Signed, parts: ServerParts): Promise<{ readonly leadId: string; readonly known: boolean }> {
  const { admin, hub, now, log } = parts
  const { companyId, source, message, body } = signed
  const bodyHash = createHash('sha256').update(body).digest('hex')
  const note = (lead: string) => admin.intake.note(companyId, source.id, { messageId: message.id, signedAt: message.signedAt, bodyHash, leadId: lead })
  const before = await alreadyTaken(signed, bodyHash, parts)
  if (before !== null) {
    await note(before)
    return { leadId: before, known: true }
  }
  const sent = jsonOf(sentLead, body)
  const input = leadFromSent(sent, { source, externalId: message.id, receivedAt: now() }, await admin.intake.office(companyId))
  const reported = await hub.report(companyId, { commandId: newId(now()), name: 'lead.receive', at: now(), input })
  if (reported === 'recovering') throw new IntakeProblem(503, 'recovering', 'The hub was restored and is not ready', 'Send it again in a minute. Nothing was recorded.', { retryAfter: 60 })
  // Noted after it was recorded: whoever is told nothing sends it again, and it is the same lead.
  await note(input.leadId)
  const known = reported.outcome === 'accepted' && !reported.decided.some(({ entry }) => entry.rows.some(([table, id, row]) => table === 'lead' && id === input.leadId && row?.version === 1))
  log.info('intake.lead', { company: companyId, source: source.key, lead: input.leadId, known, outcome: reported.outcome })
  return { leadId: input.leadId, known }
}

function problemOf(error: unknown, { log, metrics }: ServerParts): IntakeProblem {
  if (error instanceof IntakeProblem) return error
  if (error instanceof HubStoreFailure) {
    metrics.storeFailures.add()
    log.error('store.failed', { route: 'intake', ...errorDetails(error) })
    return new IntakeProblem(503, 'database', 'The hub\u2019s database does not answer', 'Send it again in a few seconds. It may have been recorded; sent again under the same id it is the same lead.', { retryAfter: 5 })
  }
  if (error instanceof HttpProblem) return new IntakeProblem(error.status, 'refused', 'Not taken', error.message)
  const { code = '', statusCode } = error as { readonly code?: string; readonly statusCode?: number }
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new IntakeProblem(413, 'size', 'The body is too large', 'A lead has at most 64 kB. Nothing was recorded. Send a long chat in parts.')
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return new IntakeProblem(415, 'type', 'This is not JSON', 'Send application/json. Nothing was recorded.')
  if (statusCode !== undefined && statusCode < 500) return new IntakeProblem(statusCode, 'request', 'The request is not as agreed', 'The hub does not understand this request. Nothing was recorded.')
  log.error('request.failed', { route: 'intake', ...errorDetails(error) })
  return new IntakeProblem(500, 'fault', 'A fault of the hub', 'The hub could not do this because of a fault of its own. Send it again later; sent again under the same id it is the same lead.')
}

export function intakeRoutes(server: FastifyInstance, parts: ServerParts, limits: IntakeLimits = INTAKE_LIMITS): void {
  const gate = new IntakeGate(parts, limits)
  void server.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    // As it came, byte for byte: that is what was signed.
    scope.addContentTypeParser('application/json', { parseAs: 'buffer', bodyLimit: INTAKE_BODY_BYTES }, (_request, body, done) => done(null, body))
    scope.setErrorHandler(async (error, _request, reply) => {
      const problem = problemOf(error, parts)
      if (problem.retryAfter !== null) reply.header('retry-after', problem.retryAfter)
      return reply.code(problem.status).type('application/problem+json').send(Buffer.from(JSON.stringify(problem.document())))
    })
    scope.addHook('onRequest', async (request) => gate.arrive(request))

    scope.post('/intake/v1/:company/:source', { bodyLimit: INTAKE_BODY_BYTES }, async (request, reply) => {
      const receipt = await take(await gate.signed(request, 'sending'), parts)
      return reply.code(receipt.known ? 200 : 201).send(receipt)
    })

    scope.post('/intake/v1/:company/:source/chat', { bodyLimit: INTAKE_BODY_BYTES }, async (request) => {
      const { companyId, source, body } = await gate.signed(request, 'asking')
      const { id, after } = jsonOf(chatQuestion, body)
      const lead = leadId(source.id, id)
      const chat = await parts.admin.intake.chat(companyId, source.id, lead, after ?? null)
      if (!chat) throw new IntakeProblem(404, 'chat', 'There is no such chat', 'No lead was sent under this id by this source.')
      return { leadId: lead, over: chat.over, messages: chat.messages.map(({ at, ...message }) => ({ ...message, at: new Date(at).toISOString() })) }
    })
  })
}
