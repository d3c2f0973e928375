import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { ID_PATTERN } from '../../../shared/base/id.ts'
import type { AnyRow } from '../../../shared/domain/kernel/table.ts'
import { TABLES } from '../../../shared/domain/tables.ts'
import type { FeedRow } from '../../../shared/sync/protocol.ts'
import { type Gate, type Holder, readInput } from '../gate.ts'
import type { ServerParts } from '../parts.ts'
import { HttpProblem } from '../problem.ts'

/** How a store's rows become the company at the hub. */

export const CHUNK_BYTES = 4 * 1024 * 1024
const CHUNK_ROWS = 2_000
/** Rows squeeze to about a sixth; a chunk that grows beyond this is meant to fill the memory. */
const UNPACKED_BYTES = 64 * 1024 * 1024

const unzip = promisify(gunzip)
const tableNames = new Set(TABLES.map(({ name }) => name))

const line = z.tuple([z.string().refine((name) => tableNames.has(name)), z.string().regex(ID_PATTERN), z.looseObject({ id: z.string(), companyId: z.string() })])
const done = z.strictObject({ lastWsSeq: z.int().min(0), rows: z.int().min(0) })

const unreadable = (why: string): HttpProblem => new HttpProblem(400, 'founding.unreadable', `The hub can\u2019t read these rows (${why}). Nothing of them was kept; the data at the workstation is untouched.`)

function readRow(text: string, companyId: string): FeedRow {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    throw unreadable('not JSON')
  }
  const read = line.safeParse(parsed)
  if (!read.success) throw unreadable('not a row of a table')
  const [table, id, row] = read.data
  if (row.id !== id || row.companyId !== companyId) throw unreadable('a row of another company')
  return [table, id, row as unknown as AnyRow]
}

async function readRows(body: unknown, companyId: string): Promise<readonly FeedRow[]> {
  if (!Buffer.isBuffer(body)) throw unreadable('no rows')
  const text = await unzip(body, { maxOutputLength: UNPACKED_BYTES }).catch(() => {
    throw unreadable('not compressed with gzip, or too large')
  })
  const lines = text.toString('utf8').split('\n').filter((one) => one !== '')
  if (lines.length > CHUNK_ROWS) throw new HttpProblem(413, 'founding.tooMany', `At most ${CHUNK_ROWS} rows come in one call.`)
  return lines.map((one) => readRow(one, companyId))
}

function chunkNumber(request: FastifyRequest): number {
  const header = request.headers['x-chunk']
  if (typeof header !== 'string' || !/^\d{1,7}$/.test(header)) throw unreadable('without a number')
  return Number(header)
}

export function foundingRoutes(server: FastifyInstance, parts: ServerParts, gate: Gate): void {
  const { admin, log } = parts

  /** Only the workstation whose company it is, and only until its rows are here. */
  const founder = async (request: FastifyRequest): Promise<Holder & { readonly state: 'founding' | 'active' }> => {
    const holder = await gate.holder(request)
    const company = await admin.company(holder.session.companyId)
    if (!company || holder.device.prefix !== '') throw new HttpProblem(409, 'founding.notYours', 'Only the company\u2019s first workstation brings its data to the hub.')
    return { ...holder, state: company.state }
  }

  server.post('/v1/founding/rows', { bodyLimit: CHUNK_BYTES }, async (request) => {
    const { session, state } = await founder(request)
    if (state !== 'founding') throw new HttpProblem(409, 'founding.done', 'The company\u2019s data is at the hub already.')
    const rows = await readRows(request.body, session.companyId)
    await admin.foundRows(session.companyId, chunkNumber(request), rows)
    return { rows: rows.length }
  })

  server.post('/v1/founding/done', async (request) => {
    const { session } = await founder(request)
    const asked = readInput(done, request.body)
    const end = await admin.foundingDone(session.companyId, session.deviceId, asked)
    switch (end.kind) {
      case 'done':
        log.info('company.founded', { company: session.companyId, rows: asked.rows })
        return { position: end.position }
      case 'incomplete':
        throw new HttpProblem(409, 'founding.incomplete', `The hub has ${end.rows} rows of ${asked.rows}. The workstation sends them again.`)
      case 'unsound':
        throw new HttpProblem(422, 'founding.unsound', end.message)
    }
  })
}
