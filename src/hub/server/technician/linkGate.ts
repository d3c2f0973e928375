import type { FastifyRequest } from 'fastify'
import { get } from '../../../shared/domain/kernel/load.ts'
import { technicianLinkTable, type TechnicianLink } from '../../../shared/domain/field/tables.ts'
import { technicianTable, type Technician } from '../../../shared/domain/people/tables.ts'
import { addressKey } from '../gate.ts'
import type { ServerParts } from '../parts.ts'
import { HttpProblem } from '../problem.ts'
import { type Allowance, RateLimit } from '../rateLimit.ts'
import { HEARD_AFTER_END_MS, type LinkTokens } from './token.ts'

/** Who comes by a technician’s link, and how often. */

export interface TechnicianLimits {
  /** Everything, by address, before anything is looked at: a crew may share one. */
  readonly addresses: Allowance
  /** What opens nothing, by address. */
  readonly wrong: Allowance
  /** What is asked and said, by link. */
  readonly links: Allowance
  /** Photos, by link. */
  readonly photos: Allowance
}

export const TECHNICIAN_LIMITS: TechnicianLimits = { addresses: { burst: 240, perMinute: 480 }, wrong: { burst: 20, perMinute: 6 }, links: { burst: 120, perMinute: 120 }, photos: { burst: 30, perMinute: 10 } }

export interface FieldHolder {
  readonly companyId: string
  readonly link: TechnicianLink
  readonly technician: Technician
}

/** One answer for everything that opens nothing, so that nobody learns what is there. */
const noLink = (): HttpProblem => new HttpProblem(401, 'link.unknown', 'This link opens nothing. Ask the office for a new one.')
const ended = (): HttpProblem => new HttpProblem(401, 'link.expired', 'This link has ended. Ask the office for a new one.')
const takenBack = (): HttpProblem => new HttpProblem(401, 'link.revoked', 'The office has taken this link back. Ask for a new one.')

export class LinkGate {
  readonly #parts: ServerParts
  readonly #tokens: LinkTokens
  readonly #addresses: RateLimit
  readonly #wrong: RateLimit
  readonly #links: RateLimit
  readonly #photos: RateLimit

  constructor(parts: ServerParts, tokens: LinkTokens, limits: TechnicianLimits) {
    this.#parts = parts
    this.#tokens = tokens
    this.#addresses = new RateLimit(limits.addresses)
    this.#wrong = new RateLimit(limits.wrong)
    this.#links = new RateLimit(limits.links)
    this.#photos = new RateLimit(limits.photos)
  }

  #take(limit: RateLimit, key: string, what: string): void {
    const seconds = limit.take(key)
    if (seconds === 0) return
    this.#parts.metrics.limited.add({ what })
    throw new HttpProblem(429, 'tooMany', `There were too many requests. The page tries again in ${seconds} seconds.`, seconds)
  }

  /** Before anything of the request is read. */
  arrive({ ip }: FastifyRequest): void {
    this.#take(this.#addresses, addressKey(ip), 'technician')
  }

  /**
   * The technician who asks.
   * @param what looking ends with the link; what was tapped before is heard for a while longer
   * @throws HttpProblem 401, 429
   */
  async holder(request: FastifyRequest, what: 'looking' | 'saying' | 'photo'): Promise<FieldHolder> {
    const from = addressKey(request.ip)
    this.#take(this.#wrong, from, 'technicianWrong')
    const [, token] = /^Bearer ([\w.-]{20,600})$/.exec(request.headers.authorization ?? '') ?? []
    const signed = token === undefined ? undefined : await this.#tokens.read(token)
    const found = signed && (await this.#find(signed.companyId, signed.linkId))
    if (!signed || !found) throw noLink()
    this.#wrong.giveBack(from)
    const { link, technician } = found
    // The signed end is the row’s own, unless somebody shortened it since.
    const end = Math.min(signed.expiresAt, link.expiresAt)
    if (link.revokedAt !== null || !technician.active) throw takenBack()
    if (this.#parts.now() >= end + (what === 'looking' ? 0 : HEARD_AFTER_END_MS)) throw ended()
    this.#take(what === 'photo' ? this.#photos : this.#links, `${signed.companyId} ${link.id}`, 'technicianLink')
    return { companyId: signed.companyId, link, technician }
  }

  #find(companyId: string, linkId: string): Promise<Omit<FieldHolder, 'companyId'> | undefined> {
    function* read() {
      const link = yield* get(technicianLinkTable, linkId)
      const technician = link && (yield* get(technicianTable, link.technicianId))
      return link && technician ? { link, technician } : undefined
    }
    return this.#parts.admin.read(companyId, read())
  }
}
