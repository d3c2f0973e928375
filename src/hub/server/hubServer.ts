import websocket from '@fastify/websocket'
import type { FastifyRequest } from 'fastify'
import type { Server as HttpsServer } from 'node:https'
import type { Clearance } from '../../shared/domain/kernel/table.ts'
import { MAX_MESSAGE_BYTES } from '../../shared/sync/protocol.ts'
import { Gate, type Holder, REQUEST_LIMITS, type RequestLimits } from './gate.ts'
import { createHttpServer, type Tls } from './httpServer.ts'
import { INTAKE_LIMITS, type IntakeLimits, intakeRoutes } from './intake/intakeRoutes.ts'
import { LINK_LIMITS, type LinkLimits } from './link/link.ts'
import { LINK_RHYTHM, type LinkRhythm, Links } from './link/links.ts'
import { trafficOf } from './link/traffic.ts'
import { errorDetails } from './log.ts'
import type { ServerParts } from './parts.ts'
import { ATTACHMENT_ROOM, attachmentRoutes } from './routes/attachments.ts'
import { deviceRoutes } from './routes/devices.ts'
import { enrolmentRoutes } from './routes/enrolment.ts'
import { foundingRoutes } from './routes/founding.ts'
import { intakeSecretRoutes } from './routes/intakeSecrets.ts'
import { operationRoutes } from './routes/operations.ts'
import { recoveryRoutes } from './routes/recovery.ts'
import { technicianLinkRoutes } from './routes/technicianLinks.ts'
import { snapshotRoutes } from './routes/snapshots.ts'
import { Sessions } from './sessions.ts'
import { SnapshotShelf } from './snapshots/shelf.ts'
import type { TechnicianLimits } from './technician/linkGate.ts'
import type { TechnicianPage } from './technician/page.ts'
import { technicianRoutes } from './technician/technicianRoutes.ts'
import { LinkTokens } from './technician/token.ts'

export interface HubServerOptions {
  readonly parts: ServerParts
  readonly host: string
  /** 0: any free one. */
  readonly port: number
  readonly tls: Tls | null
  /** SHA-256 of the certificate, hex, that workstations are to insist on; null where their own authorities decide. */
  readonly fingerprint: () => string | null
  /** Where other workstations reach the hub, given the host that this one reached it at. */
  readonly publicAddress: (host: string | undefined) => string
  /** Where technicians' telephones reach the hub, where that is not where workstations do. */
  readonly technicianAddress?: string | null
  /** What the technician's link shows; without it, there is nothing behind it. */
  readonly technicianPage?: TechnicianPage | null
  readonly snapshotFolder: string
  readonly metricsToken?: string | null
  /** Behind a proxy that says whom it speaks for. */
  readonly trustProxy?: boolean
  /** How much each company may keep in attached files, bytes. */
  readonly attachmentRoom?: number
  readonly requestLimits?: RequestLimits
  readonly intakeLimits?: IntakeLimits
  readonly linkLimits?: LinkLimits
  readonly technicianLimits?: TechnicianLimits
  readonly rhythm?: LinkRhythm
}

export interface HubServer {
  readonly port: number
  /** A renewed certificate; connections that are open go on. */
  renew(tls: Tls): void
  /** Finishes what was asked, tells everybody to come back, and ends. */
  close(): Promise<void>
}

const TIDY_EVERY_MS = 60 * 60_000

/** @throws the system's error where the port can't be listened on */
export async function startHubServer(options: HubServerOptions): Promise<HubServer> {
  const { parts, tls } = options
  const server = createHttpServer(parts, tls, options.trustProxy ?? false)
  const sessions = new Sessions(parts.admin, parts.now)
  const gate = new Gate(sessions, parts.metrics, options.requestLimits ?? REQUEST_LIMITS)
  const links = new Links(parts, options.linkLimits ?? LINK_LIMITS, options.rhythm ?? LINK_RHYTHM)
  const shelf = new SnapshotShelf(parts, options.snapshotFolder)
  const makeAhead = (companyId: string, held: readonly Clearance[]): void => void shelf.latest(companyId, held).catch(() => undefined)

  await server.register(websocket, {
    options: { maxPayload: MAX_MESSAGE_BYTES, perMessageDeflate: false },
    // Fastify closes WebSockets by itself; ours end in good order before that.
    preClose: (done) => done(),
    errorHandler: (error, socket) => {
      parts.metrics.badMessages.add()
      parts.log.warn('link.broken', { error: errorDetails(error).error })
      socket.terminate()
    },
  })
  enrolmentRoutes(server, { parts, gate, sessions, onJoining: makeAhead })
  foundingRoutes(server, parts, gate)
  snapshotRoutes(server, gate, shelf)
  deviceRoutes(server, { parts, gate, links, publicAddress: options.publicAddress, fingerprint: options.fingerprint, onJoining: makeAhead })
  recoveryRoutes(server, parts, gate)
  attachmentRoutes(server, { parts, gate, room: options.attachmentRoom ?? ATTACHMENT_ROOM })
  intakeSecretRoutes(server, { parts, gate, publicAddress: options.publicAddress })
  intakeRoutes(server, parts, options.intakeLimits ?? INTAKE_LIMITS)
  const tokens = new LinkTokens(parts.admin)
  technicianLinkRoutes(server, { parts, gate, tokens, technicianAddress: (host) => options.technicianAddress ?? options.publicAddress(host) })
  technicianRoutes(server, { parts, tokens, page: options.technicianPage ?? null, room: options.attachmentRoom ?? ATTACHMENT_ROOM, ...(options.technicianLimits ? { limits: options.technicianLimits } : {}) })
  operationRoutes(server, { parts, links, metricsToken: options.metricsToken ?? null })

  const holders = new WeakMap<FastifyRequest, Holder>()
  server.get('/v1/link', { websocket: true, preValidation: async (request) => void holders.set(request, await gate.holder(request)) }, (socket, request) => {
    const holder = holders.get(request)
    if (holder) links.accept(socket, holder, trafficOf(request.raw.socket))
    else socket.terminate()
  })

  await server.listen({ host: options.host, port: options.port }).catch(async (error: unknown) => {
    await links.close(0)
    await server.close()
    throw error
  })
  await shelf.tidy()
  const tidying = setInterval(() => void shelf.tidy(), TIDY_EVERY_MS)

  const address = server.server.address()
  let closing: Promise<void> | undefined
  return {
    port: typeof address === 'object' && address !== null ? address.port : options.port,
    renew: (renewed) => (server.server as unknown as HttpsServer).setSecureContext({ ...renewed, minVersion: 'TLSv1.2' }),
    close: () =>
      (closing ??= (async () => {
        clearInterval(tidying)
        await links.close()
        await server.close()
      })()),
  }
}
