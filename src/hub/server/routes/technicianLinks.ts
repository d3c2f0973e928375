import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { ID_PATTERN } from '../../../shared/base/id.ts'
import { technicianLinkTable } from '../../../shared/domain/field/tables.ts'
import { get } from '../../../shared/domain/kernel/load.ts'
import { type Gate, readInput } from '../gate.ts'
import type { ServerParts } from '../parts.ts'
import { HttpProblem } from '../problem.ts'
import { PAGE_PATH } from '../technician/page.ts'
import type { LinkTokens } from '../technician/token.ts'

/** The addresses of technicians' links, for a person who may send technicians somewhere. */

const params = z.object({ id: z.string().regex(ID_PATTERN) })

export interface TechnicianLinkRoutes {
  readonly parts: ServerParts
  readonly gate: Gate
  readonly tokens: LinkTokens
  /** Where telephones reach the hub, given the address that this workstation reached it at. */
  readonly technicianAddress: (host: string | undefined) => string
}

export function technicianLinkRoutes(server: FastifyInstance, { parts: { admin, log, now }, gate, tokens, technicianAddress }: TechnicianLinkRoutes): void {
  server.post('/v1/technician-links/:id', async (request) => {
    const { session } = await gate.holder(request)
    const { companyId } = session
    const actorId = request.headers['x-actor']
    if (typeof actorId !== 'string' || !ID_PATTERN.test(actorId) || !(await admin.actorMay(companyId, actorId, 'visit.assign'))) {
      throw new HttpProblem(403, 'people.notAllowed', 'Only somebody who sends technicians can do this: a dispatcher, a coordinator, a manager.')
    }
    const { id: linkId } = readInput(params, request.params)
    const link = await admin.read(companyId, get(technicianLinkTable, linkId))
    if (!link) throw new HttpProblem(404, 'technicianLink.unknown', 'The hub does not know this link yet. Wait until this workstation is in step, then try again.')
    if (link.revokedAt !== null || link.expiresAt <= now()) throw new HttpProblem(410, 'technicianLink.over', 'This link has ended or was taken back. Make a new one.')
    log.info('technicianLink.told', { company: companyId, link: linkId, by: actorId })
    // Behind the #: no browser sends that part, so it is in no log on the way.
    return { address: `${technicianAddress(request.headers.host)}${PAGE_PATH}#${await tokens.make({ companyId, linkId, expiresAt: link.expiresAt })}` }
  })
}
