import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Gate } from '../gate.ts'
import { HttpProblem } from '../problem.ts'
import type { SnapshotManifest } from '../snapshots/manifest.ts'
import type { SnapshotShelf } from '../snapshots/shelf.ts'

/** A company's rows in files, for a workstation that joins or has been away too long. */

const place = z.object({ id: z.string().regex(/^[0-9a-f]{32}$/), n: z.string().regex(/^\d{1,6}$/) })

const gone = (): HttpProblem => new HttpProblem(404, 'snapshot.gone', 'The hub does not keep this snapshot any more. The workstation asks for a new one.')

/** `growing`: the workstation takes a snapshot of which the rest is still being made, and asks for that later. */
const latest = z.object({ growing: z.literal('1').optional() })
const more = z.object({ id: place.shape.id, beyond: place.shape.n })

const shown = ({ id, epoch, seq, schema, rows, complete, chunks }: SnapshotManifest): object => ({ id, epoch, seq, schema, rows, complete, chunks })

export function snapshotRoutes(server: FastifyInstance, gate: Gate, shelf: SnapshotShelf): void {
  server.get('/v1/snapshot', async (request) => {
    const { session, device } = await gate.holder(request)
    const asked = latest.safeParse(request.query)
    const growing = asked.success && asked.data.growing === '1'
    return shown(await (growing ? shelf.growing(session.companyId, device.clearances) : shelf.latest(session.companyId, device.clearances)))
  })

  server.get('/v1/snapshot/:id', async (request) => {
    const { session, device } = await gate.holder(request)
    const asked = more.safeParse({ ...(request.query as object), ...(request.params as object) })
    const found = asked.success ? await shelf.more(session.companyId, device.clearances, asked.data.id, Number(asked.data.beyond)) : undefined
    if (!found) throw gone()
    return shown(found)
  })

  server.get('/v1/snapshot/:id/:n', async (request, reply) => {
    const { session, device } = await gate.holder(request)
    const asked = place.safeParse(request.params)
    if (!asked.success) throw gone()
    const chunk = await shelf.chunk(session.companyId, device.clearances, asked.data.id, Number(asked.data.n))
    if (!chunk) throw gone()
    return reply.header('content-type', 'application/gzip').send(chunk)
  })
}
