import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { ID_PATTERN } from '../../../shared/base/id.ts'
import { APPOINTMENT_STATES } from '../../../shared/domain/dispatch/tables.ts'
import { MOST_PHOTO_BYTES } from '../../../shared/domain/field/issue.ts'
import { MOST_LATE_MINUTES } from '../../../shared/domain/field/report.ts'
import { REPORT_KINDS } from '../../../shared/domain/field/tables.ts'
import { instantInput } from '../../../shared/domain/kernel/inputs.ts'
import { MOST_AGO_MS } from '../../../shared/field/heard.ts'
import { loadTechnicianDay } from '../../../shared/field/technicianDay.ts'
import type { Tap, TechnicianDay, Word } from '../../../shared/field/wire.ts'
import { readInput } from '../gate.ts'
import type { ServerParts } from '../parts.ts'
import { HttpProblem } from '../problem.ts'
import { LinkGate, TECHNICIAN_LIMITS, type TechnicianLimits } from './linkGate.ts'
import { PAGE_HEADERS, PAGE_PATH, type PageFile, type TechnicianPage } from './page.ts'
import { photoTypeOf } from './photoType.ts'
import { enterPhoto, enterTap, noteOpened } from './said.ts'
import type { LinkTokens } from './token.ts'

/** The technician’s link: a page for a telephone, and what it asks and says (docs/decisions/0020). */

/** A tap with a long issue. */
const TAP_BYTES = 16 * 1024

const id = z.string().regex(ID_PATTERN)

const tap = z
  .strictObject({
    id,
    visitId: id,
    kind: z.enum([...REPORT_KINDS, 'issue']),
    saw: z.enum(APPOINTMENT_STATES).optional(),
    sawStartsAt: instantInput.optional(),
    sawHold: z.string().max(300).optional(),
    agoMs: z.int().min(0).max(MOST_AGO_MS),
    reason: z.string().max(300).optional(),
    minutes: z.int().min(1).max(MOST_LATE_MINUTES).optional(),
    text: z.string().trim().min(1).max(2000).optional(),
  })
  .refine(({ kind, text }) => (kind === 'issue') === (text !== undefined), 'An issue has words, and nothing else has.')

const photoParams = z.object({ id })

export interface TechnicianRoutes {
  readonly parts: ServerParts
  readonly tokens: LinkTokens
  readonly page: TechnicianPage | null
  /** How much each company may keep in attached files, bytes. */
  readonly room: number
  readonly limits?: TechnicianLimits
}

function sendFile(request: FastifyRequest, reply: FastifyReply, file: PageFile): FastifyReply {
  // The same for everybody, and asked about each time: a page that lies in some proxy’s store is never an old one.
  reply.header('cache-control', 'private, no-cache').header('etag', file.etag)
  return request.headers['if-none-match'] === file.etag ? reply.code(304).send() : reply.type(file.type).send(file.body)
}

export function technicianRoutes(server: FastifyInstance, { parts, tokens, page, room, limits = TECHNICIAN_LIMITS }: TechnicianRoutes): void {
  const gate = new LinkGate(parts, tokens, limits)
  void server.register(async (scope) => {
    scope.addHook('onRequest', async (request, reply) => {
      reply.headers(PAGE_HEADERS)
      gate.arrive(request)
    })

    for (const [end, file] of page ?? []) scope.get(`${PAGE_PATH}${end}`, { config: { ownPage: true } }, async (request, reply) => sendFile(request, reply, file))
    if (page) scope.get(PAGE_PATH.slice(0, -1), { config: { ownPage: true } }, async (_request, reply) => reply.redirect(PAGE_PATH, 308))

    scope.get(`${PAGE_PATH}v1/day`, { config: { ownPage: true } }, async (request): Promise<TechnicianDay> => {
      const holder = await gate.holder(request, 'looking')
      const company = await parts.admin.company(holder.companyId)
      const day = company && (await parts.admin.read(holder.companyId, loadTechnicianDay(holder.link, company.epoch, parts.now())))
      if (!day) throw new HttpProblem(401, 'link.revoked', 'The office has taken this link back. Ask for a new one.')
      await noteOpened(holder, parts)
      return day
    })

    scope.post(`${PAGE_PATH}v1/taps`, { bodyLimit: TAP_BYTES, config: { ownPage: true } }, async (request): Promise<Word> => {
      const holder = await gate.holder(request, 'saying')
      return enterTap(readInput(tap, request.body) as Tap, holder, parts)
    })

    scope.put(`${PAGE_PATH}v1/photos/:id`, { bodyLimit: MOST_PHOTO_BYTES, config: { ownPage: true }, onRequest: async (request) => void (await gate.holder(request, 'photo')) }, async (request): Promise<Word> => {
      const holder = await gate.holder(request, 'saying')
      const { id: photoId } = readInput(photoParams, request.params)
      const reportId = readInput(id, request.headers['x-report'])
      const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
      const mediaType = photoTypeOf(bytes)
      if (!mediaType) return { outcome: 'refused', message: 'This is not a photo that the office can open (JPEG, PNG or WebP). Take another.' }
      return enterPhoto({ photoId, reportId, bytes, mediaType }, holder, room, parts)
    })
  })
}
