import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { ID_PATTERN } from '../../../shared/base/id.ts'
import { CLEARANCES, type Clearance } from '../../../shared/domain/kernel/table.ts'
import { enrolmentCodeText } from '../enrolmentCode.ts'
import { type Gate, type Holder, readInput } from '../gate.ts'
import type { Links } from '../link/links.ts'
import type { ServerParts } from '../parts.ts'
import { HttpProblem } from '../problem.ts'

/** The company's workstations, for a person who may manage them. */

const CODE_SECONDS = 24 * 60 * 60

const params = z.object({ id: z.string().regex(ID_PATTERN) })
const renamed = z.strictObject({ name: z.string().trim().min(1).max(60) })
const invited = z.strictObject({ clearances: z.array(z.enum(CLEARANCES)).max(CLEARANCES.length) })

export interface DeviceRoutes {
  readonly parts: ServerParts
  readonly gate: Gate
  readonly links: Links
  /** Where other workstations reach the hub, given the address that this one reached it at. */
  readonly publicAddress: (host: string | undefined) => string
  readonly fingerprint: () => string | null
  /** A workstation is about to join: its snapshot may be made already. */
  readonly onJoining: (companyId: string, clearances: readonly Clearance[]) => void
}

export function deviceRoutes(server: FastifyInstance, { parts, gate, links, publicAddress, fingerprint, onJoining }: DeviceRoutes): void {
  const { admin, notices, log } = parts

  /** @throws HttpProblem 403 where the person who asks may not */
  const manager = async (request: FastifyRequest): Promise<Holder & { readonly actorId: string }> => {
    const holder = await gate.holder(request)
    const actorId = request.headers['x-actor']
    if (typeof actorId !== 'string' || !ID_PATTERN.test(actorId) || !(await admin.actorMay(holder.session.companyId, actorId, 'hub.manage'))) {
      throw new HttpProblem(403, 'people.notAllowed', 'Only somebody who may manage the hub can do this: an owner, or a person whose role allows it.')
    }
    return { ...holder, actorId }
  }

  const unknownDevice = (): HttpProblem => new HttpProblem(404, 'device.unknown', 'There is no such workstation.')

  server.get('/v1/devices', async (request) => {
    const { session } = await manager(request)
    const devices = await admin.devices(session.companyId)
    return devices.map(({ id, name, enrolledAt, lastSeenAt, revokedAt, clearances, version }) => ({
      deviceId: id,
      name,
      enrolledAt,
      lastSeenAt,
      revokedAt,
      connected: links.isConnected(session.companyId, id),
      self: id === session.deviceId,
      clearances,
      version,
    }))
  })

  server.post('/v1/devices/:id', async (request) => {
    const { session } = await manager(request)
    const { id } = readInput(params, request.params)
    const { name } = readInput(renamed, request.body)
    if (!(await admin.renameDevice(session.companyId, id, name))) throw unknownDevice()
    links.renamed(session.companyId, { deviceId: id, name })
    return {}
  })

  server.post('/v1/devices/:id/revoke', async (request) => {
    const { session, actorId } = await manager(request)
    const { id } = readInput(params, request.params)
    if (!(await admin.revokeDevice(session.companyId, id))) throw unknownDevice()
    log.info('device.revoked', { company: session.companyId, device: id, by: actorId })
    links.cut(session.companyId, id)
    notices.tell({ kind: 'revoked', companyId: session.companyId, deviceId: id })
    return {}
  })

  server.post('/v1/invitations', async (request) => {
    const { session, actorId } = await manager(request)
    const { clearances } = readInput(invited, request.body)
    const { secret, expiresAt } = await admin.makeCode({ companyId: session.companyId, clearances, seconds: CODE_SECONDS, createdBy: actorId })
    log.info('device.invited', { company: session.companyId, by: actorId })
    onJoining(session.companyId, clearances)
    return { code: enrolmentCodeText({ address: publicAddress(request.headers.host), secret, fingerprint: fingerprint() }), expiresAt }
  })
}
