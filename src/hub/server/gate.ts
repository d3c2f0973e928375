import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { EnrolledDevice } from '../core/hubAdmin.ts'
import type { HubMetrics } from './metrics.ts'
import { HttpProblem } from './problem.ts'
import { type Allowance, RateLimit } from './rateLimit.ts'
import type { Session, Sessions } from './sessions.ts'

export interface RequestLimits {
  /** Wrong enrolment codes, by address; right ones don't count. */
  readonly codes: Allowance
  /** Challenges and sessions, by address: a whole office behind one address comes back at once after a power cut. */
  readonly sessions: Allowance
  /** Everything else over HTTP, by device: a snapshot is some hundred chunks. */
  readonly device: Allowance
  /** Pieces of attached files, by device: apart from the rest, so that a large file never stops a snapshot. */
  readonly attachments: Allowance
}

export const REQUEST_LIMITS: RequestLimits = {
  codes: { burst: 10, perMinute: 2 },
  sessions: { burst: 2_000, perMinute: 3_000 },
  device: { burst: 1_000, perMinute: 3_000 },
  attachments: { burst: 400, perMinute: 3_000 },
}

/** The code of the refusal that counts as an attempt. */
export const WRONG_CODE = 'code.unknown'

export interface Holder {
  readonly session: Session
  readonly device: EnrolledDevice
}

/** Where requests of one origin are counted: an IPv6 customer has a whole /64 of addresses. */
export function addressKey(address: string): string {
  const mapped = address.replace(/^::ffff:(?=\d+\.)/, '')
  return mapped.includes(':') ? mapped.split(':').slice(0, 4).join(':') : mapped
}

/** Who may ask what, and how often. */
export class Gate {
  readonly #sessions: Sessions
  readonly #metrics: HubMetrics
  readonly #codes: RateLimit
  readonly #challenges: RateLimit
  readonly #devices: RateLimit
  readonly #attachments: RateLimit

  constructor(sessions: Sessions, metrics: HubMetrics, limits: RequestLimits) {
    this.#sessions = sessions
    this.#metrics = metrics
    this.#codes = new RateLimit(limits.codes)
    this.#challenges = new RateLimit(limits.sessions)
    this.#devices = new RateLimit(limits.device)
    this.#attachments = new RateLimit(limits.attachments)
  }

  #take(limit: RateLimit, key: string, what: string): void {
    const seconds = limit.take(key)
    if (seconds === 0) return
    this.#metrics.limited.add({ what })
    throw new HttpProblem(429, 'tooMany', `There were too many attempts. Try again in ${seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`}.`, seconds)
  }

  /** Runs something that an enrolment code decides about; one that is wrong counts against the address. */
  async withCode<T>({ ip }: FastifyRequest, work: () => Promise<T>): Promise<T> {
    const key = addressKey(ip)
    this.#take(this.#codes, key, 'codes')
    try {
      const answer = await work()
      this.#codes.giveBack(key)
      return answer
    } catch (error) {
      // A database that is away, a company that is founding: nobody guessed.
      if (!(error instanceof HttpProblem && error.code === WRONG_CODE)) this.#codes.giveBack(key)
      throw error
    }
  }

  countSession({ ip }: FastifyRequest): void {
    this.#take(this.#challenges, addressKey(ip), 'sessions')
  }

  /** The workstation that asks. @throws HttpProblem 401, 403, 429 */
  async holder(request: FastifyRequest, what: 'requests' | 'attachments' = 'requests'): Promise<Holder> {
    const [, token] = /^Bearer ([\w.-]{1,2000})$/.exec(request.headers.authorization ?? '') ?? []
    if (token === undefined) throw new HttpProblem(401, 'session.missing', 'Only enrolled workstations are answered here.')
    const holder = await this.#sessions.holder(token)
    this.#take(what === 'requests' ? this.#devices : this.#attachments, `${holder.session.companyId} ${holder.session.deviceId}`, what)
    return holder
  }
}

/** The input as its schema wants it. @throws HttpProblem 400 */
export function readInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const read = schema.safeParse(input)
  if (read.success) return read.data
  const field = read.error.issues[0]?.path.join('.') ?? ''
  throw new HttpProblem(400, 'input.invalid', `The hub does not understand this request${field === '' ? '' : ` (${field})`}. Update Baton on the older of the two.`)
}
