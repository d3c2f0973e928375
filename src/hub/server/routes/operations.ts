import { timingSafeEqual } from 'node:crypto'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { BlobUsage } from '../../core/hubBlobs.ts'
import type { Links } from '../link/links.ts'
import { databaseAway } from '../../store/databaseAway.ts'
import { errorDetails } from '../log.ts'
import { gaugeText } from '../metrics.ts'
import type { ServerParts } from '../parts.ts'
import { HttpProblem } from '../problem.ts'

/** What those who run the hub ask it. */

/** Counting a company's feed reads it; a scraper in a hurry gets the figures of a moment ago. */
const FIGURES_KEPT_MS = 10_000
const NS_PER_SECOND = 1e9

export interface OperationRoutes {
  readonly parts: ServerParts
  readonly links: Links
  /** Whoever knows it may read the metrics from another machine; null: from this machine only. */
  readonly metricsToken: string | null
}

interface CompanyFigures {
  readonly companyId: string
  readonly seq: number
  readonly entries: number
  readonly bytes: number
  readonly leases: number
  readonly files: BlobUsage
  readonly recovering: boolean
}

function mayRead(request: FastifyRequest, token: string | null): boolean {
  const given = Buffer.from(request.headers.authorization ?? '')
  const expected = Buffer.from(`Bearer ${token ?? ''}`)
  if (token !== null && given.length === expected.length && timingSafeEqual(given, expected)) return true
  return /^(127\.|::1$|::ffff:127\.)/.test(request.ip)
}

async function companyFigures({ admin }: ServerParts): Promise<readonly CompanyFigures[]> {
  const figures: CompanyFigures[] = []
  for (const { id, seq, recoveringUntil } of await admin.companies()) {
    const { entries, bytes } = await admin.feedSize(id)
    figures.push({ companyId: id, seq, entries, bytes, leases: (await admin.leases(id)).length, files: await admin.blobs.usage(id), recovering: recoveringUntil !== null })
  }
  return figures
}

export function operationRoutes(server: FastifyInstance, { parts, links, metricsToken }: OperationRoutes): void {
  const { admin, metrics, version, log } = parts
  const delay = monitorEventLoopDelay({ resolution: 20 })
  delay.enable()
  server.addHook('onClose', () => void delay.disable())

  let kept: { readonly at: number; readonly figures: Promise<readonly CompanyFigures[]> } | undefined
  const figures = (): Promise<readonly CompanyFigures[]> => {
    if (!kept || performance.now() - kept.at > FIGURES_KEPT_MS) kept = { at: performance.now(), figures: companyFigures(parts) }
    return kept.figures
  }

  server.get('/healthz', () => ({ status: 'alive', version }))

  server.get('/readyz', async () => {
    const isReady = await admin.ready().catch((error: unknown) => {
      log.warn('ready.not', errorDetails(error))
      throw new HttpProblem(503, 'hub.notReady', `The hub\u2019s database does not answer: ${databaseAway(error) ?? 'it refuses what it is asked; the log says more'}.`, 5)
    })
    if (!isReady) throw new HttpProblem(503, 'hub.notReady', 'The hub\u2019s database answers, and its tables are not those of this version: a newer hub has been at it, or this one has not finished bringing them up to date.', 5)
    return { status: 'ready', version }
  })

  server.get('/metrics', async (request, reply) => {
    if (!mayRead(request, metricsToken)) throw new HttpProblem(403, 'metrics.notAllowed', 'The metrics are for this machine, or for whoever has the token: start the hub with BATON_METRICS_TOKEN.')
    let companies: readonly CompanyFigures[] = []
    let isUp = 1
    try {
      companies = await figures()
    } catch {
      kept = undefined
      isUp = 0
    }
    const connected = links.figures
    const seqOf = new Map(companies.map(({ companyId, seq }) => [companyId, seq]))
    const lags = connected.flatMap(({ companyId, oldestCursor }) => (oldestCursor === null ? [] : [[{ company: companyId }, Math.max(0, (seqOf.get(companyId) ?? oldestCursor) - oldestCursor)] as const]))
    const of = (value: (one: CompanyFigures) => number) => companies.map((one) => [{ company: one.companyId }, value(one)] as const)
    const text = [
      gaugeText('baton_hub_info', 'The hub\u2019s version.', [[{ version }, 1]]),
      gaugeText('baton_database_up', '1 where the database answers.', [[{}, isUp]]),
      gaugeText('baton_feed_seq', 'The place of the newest command.', of(({ seq }) => seq)),
      gaugeText('baton_feed_entries', 'Commands in the feed.', of(({ entries }) => entries)),
      gaugeText('baton_feed_bytes', 'Size of the feed.', of(({ bytes }) => bytes)),
      gaugeText('baton_leases_held', 'Leases held now.', of(({ leases }) => leases)),
      gaugeText('baton_attachment_files', 'Attached files at the hub.', of(({ files }) => files.files)),
      gaugeText('baton_attachment_files_partial', 'Attached files that are here in part only.', of(({ files }) => files.partial)),
      gaugeText('baton_attachment_stored_bytes', 'Size of the attached files.', of(({ files }) => files.bytes)),
      gaugeText('baton_recovering', '1 while a restored hub takes back what it forgot.', of(({ recovering }) => Number(recovering))),
      gaugeText('baton_connected_devices', 'Workstations connected to this hub process.', connected.map(({ companyId, connected: count }) => [{ company: companyId }, count])),
      gaugeText('baton_device_lag_commands', 'How far the furthest behind of the connected workstations is.', lags),
      gaugeText('process_resident_memory_bytes', 'Memory of the hub process.', [[{}, process.memoryUsage.rss()]]),
      gaugeText('baton_event_loop_delay_seconds', 'How late the hub process gets to its work, 99th percentile since the last look.', [[{}, delay.percentile(99) / NS_PER_SECOND]]),
      metrics.text(),
    ]
    delay.reset()
    return reply.header('content-type', 'text/plain; version=0.0.4; charset=utf-8').send(text.join(''))
  })
}
