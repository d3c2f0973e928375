import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { ID_PATTERN, newId } from '../../../shared/base/id.ts'
import { type Gate, readInput } from '../gate.ts'
import { intakeSecret } from '../intake/signature.ts'
import type { ServerParts } from '../parts.ts'
import { HttpProblem } from '../problem.ts'

/** Secrets of the signed intake, for a person who may change settings. */

/** So long the secret before is still taken, so that nothing is lost while a source is given the new one; seconds. */
const OVERLAP_SECONDS = 24 * 60 * 60

const wanted = z.strictObject({ sourceId: z.string().regex(ID_PATTERN), endOthersNow: z.boolean() })

export interface IntakeSecretRoutes {
  readonly parts: ServerParts
  readonly gate: Gate
  /** Where the hub is reached, given the address that this one reached it at. */
  readonly publicAddress: (host: string | undefined) => string
}

export function intakeSecretRoutes(server: FastifyInstance, { parts: { admin, log, now }, gate, publicAddress }: IntakeSecretRoutes): void {
  /** @throws HttpProblem 403 where the person who asks may not */
  const manager = async (request: FastifyRequest) => {
    const { session } = await gate.holder(request)
    const actorId = request.headers['x-actor']
    if (typeof actorId !== 'string' || !ID_PATTERN.test(actorId) || !(await admin.actorMay(session.companyId, actorId, 'settings.edit'))) {
      throw new HttpProblem(403, 'people.notAllowed', 'Only somebody who may change settings can do this: an owner or a service manager.')
    }
    return { companyId: session.companyId, actorId }
  }

  const addressOf = (request: FastifyRequest, companyId: string): string => `${publicAddress(request.headers.host)}/intake/v1/${companyId}`

  server.get('/v1/intake/secrets', async (request) => {
    const { companyId } = await manager(request)
    const secrets = await admin.intake.secrets(companyId)
    return { address: addressOf(request, companyId), secrets: secrets.map(({ sourceId, madeAt, endsAt }) => ({ sourceId, madeAt, endsAt })) }
  })

  server.post('/v1/intake/secrets', async (request) => {
    const { companyId, actorId } = await manager(request)
    const { sourceId, endOthersNow } = readInput(wanted, request.body)
    const secretId = newId(now())
    if (!(await admin.intake.source(companyId, sourceId))) throw new HttpProblem(404, 'leadSource.unknown', 'The hub does not know this source yet, or it is switched off. Wait until this workstation is in step, then try again.')
    await admin.intake.makeSecret(companyId, { sourceId, secretId, by: actorId, othersEndIn: endOthersNow ? 0 : OVERLAP_SECONDS })
    log.info('intake.secretMade', { company: companyId, source: sourceId, by: actorId })
    return { secret: intakeSecret(await admin.secret('intake'), companyId, sourceId, secretId), address: addressOf(request, companyId) }
  })
}
