import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { type Gate, readInput } from '../gate.ts'
import type { ServerParts } from '../parts.ts'
import { HttpProblem } from '../problem.ts'

const recovered = z.strictObject({ epoch: z.string().min(1).max(40) })

/** A workstation has given back all that a restored hub forgot of it. */
export function recoveryRoutes(server: FastifyInstance, { hub, log }: ServerParts, gate: Gate): void {
  server.post('/v1/recovered', async (request) => {
    const { session } = await gate.holder(request)
    const { epoch } = readInput(recovered, request.body)
    if (!(await hub.recovered(session.companyId, session.deviceId, epoch))) throw new HttpProblem(409, 'epoch.other', 'The hub was restored once more meanwhile. The workstation starts again with what it has.')
    log.info('device.recovered', { company: session.companyId, device: session.deviceId })
    return {}
  })
}
