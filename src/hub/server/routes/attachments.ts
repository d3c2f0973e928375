import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { ID_PATTERN } from '../../../shared/base/id.ts'
import { PIECE_BYTES } from '../../core/hubBlobs.ts'
import type { Gate } from '../gate.ts'
import type { ServerParts } from '../parts.ts'
import { HttpProblem } from '../problem.ts'

/**
 * Attached files, beside the line on which commands go: a workstation asks how much of a file is here, sends the rest in
 * pieces, and fetches others’ in pieces.
 */

/** How much each company may keep in all, bytes; `npm run hub -- --attachments-gb` says otherwise. */
export const ATTACHMENT_ROOM = 100 * 1024 ** 3

const place = z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/), from: z.string().regex(/^\d{1,12}$/).default('0') })

const unknown = (): HttpProblem => new HttpProblem(404, 'attachment.unknown', 'No attachment of the company names this file, or it was removed. The workstation keeps the file and asks again.')
const notHere = (): HttpProblem => new HttpProblem(404, 'attachment.notHere', 'The hub does not have this file yet: it is on its way from the workstation where it was attached. Try again in a while.')
const misfit = (): HttpProblem => new HttpProblem(400, 'attachment.misfit', 'This part does not fit the file that was announced. Nothing of it was kept.')
const wrong = (): HttpProblem => new HttpProblem(422, 'attachment.wrongHash', 'What arrived is not the file that was attached: it was damaged on the way or on the disk. Nothing of it was kept.')

function full(limit: number): HttpProblem {
  return new HttpProblem(507, 'attachment.full', `The hub\u2019s room for attachments (${Math.round(limit / 1024 ** 3)} GB) is used up. Files stay at this workstation until there is room: remove attachments, or give the hub more with --attachments-gb.`)
}

function readPlace(request: FastifyRequest): { readonly sha256: string; readonly from: number } {
  const read = place.safeParse(request.params)
  if (!read.success) throw unknown()
  return { sha256: read.data.sha256, from: Number(read.data.from) }
}

export interface AttachmentRoutes {
  readonly parts: ServerParts
  readonly gate: Gate
  readonly room: number
}

export function attachmentRoutes(server: FastifyInstance, { parts, gate, room }: AttachmentRoutes): void {
  const { admin, metrics, log } = parts

  server.get('/v1/attachments/:sha256', async (request) => {
    const { session } = await gate.holder(request, 'attachments')
    const state = await admin.blobs.state(session.companyId, readPlace(request).sha256)
    if (!state) throw unknown()
    return state
  })

  server.put('/v1/attachments/:sha256/:from', { bodyLimit: PIECE_BYTES }, async (request) => {
    const { session } = await gate.holder(request, 'attachments')
    const at = readPlace(request)
    if (!Buffer.isBuffer(request.body)) throw misfit()
    const taken = await admin.blobs.take(session.companyId, { ...at, bytes: request.body }, room)
    metrics.attachmentPieces.add({ outcome: taken.kind })
    switch (taken.kind) {
      case 'taken':
        metrics.attachmentBytes.add({ way: 'in' }, request.body.length)
        if (taken.whole) log.info('attachment.whole', { company: session.companyId, device: session.deviceId, bytes: taken.have })
        return { have: taken.have, whole: taken.whole }
      case 'unknown':
        throw unknown()
      case 'misfit':
        throw misfit()
      case 'wrongHash':
        log.warn('attachment.wrongHash', { company: session.companyId, device: session.deviceId })
        throw wrong()
      case 'full':
        throw full(taken.limit)
    }
  })

  server.get('/v1/attachments/:sha256/:from', async (request, reply) => {
    const { session } = await gate.holder(request, 'attachments')
    const actorId = request.headers['x-actor']
    const { sha256, from } = readPlace(request)
    if (typeof actorId !== 'string' || !ID_PATTERN.test(actorId) || !(await admin.actorMay(session.companyId, actorId, 'office.view'))) {
      throw new HttpProblem(403, 'people.notAllowed', 'Attachments are for the people of the company.')
    }
    if (!(await admin.actorMay(session.companyId, actorId, await admin.blobs.rightFor(session.companyId, sha256)))) {
      throw new HttpProblem(403, 'people.notAllowed', 'What was said on the telephone is for those who may listen to it. Ask a manager.')
    }
    const state = await admin.blobs.state(session.companyId, sha256)
    if (!state) throw unknown()
    const piece = await admin.blobs.read(session.companyId, sha256, from)
    if (!piece) throw notHere()
    metrics.attachmentBytes.add({ way: 'out' }, piece.bytes.length)
    return reply.header('content-type', 'application/octet-stream').header('x-size', String(piece.size)).send(Buffer.from(piece.bytes))
  })
}
