import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import { HubStoreFailure, UnknownCompany } from '../core/hubStore.ts'
import { errorDetails } from './log.ts'
import type { ServerParts } from './parts.ts'
import { HttpProblem } from './problem.ts'
import { CHUNK_BYTES } from './routes/founding.ts'

/** Requests that are not rows: an enrolment, a name. */
const BODY_BYTES = 64 * 1024

export interface Tls {
  /** PEM; the chain too, where there is one. */
  readonly cert: string
  readonly key: string
}

interface Answer {
  readonly status: number
  readonly code: string
  readonly message: string
  readonly retryAfter: number | null
}

const SENTENCES: Readonly<Record<string, readonly [status: number, code: string, message: string]>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: [413, 'input.tooLarge', 'This request is larger than the hub takes. Nothing of it was done.'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [415, 'input.type', 'The hub does not understand this kind of request.'],
  FST_ERR_CTP_EMPTY_JSON_BODY: [400, 'input.invalid', 'The request is empty.'],
  FST_ERR_CTP_INVALID_JSON_BODY: [400, 'input.invalid', 'The request is not JSON.'],
}

function answerTo(error: unknown, { metrics, log }: ServerParts, route: string): Answer {
  if (error instanceof HttpProblem) return error
  if (error instanceof UnknownCompany) return { status: 404, code: 'company.unknown', message: 'This hub does not know the company.', retryAfter: null }
  if (error instanceof HubStoreFailure) {
    metrics.storeFailures.add()
    log.error('store.failed', { route, ...errorDetails(error) })
    return { status: 503, code: 'hub.storeFailed', message: 'The hub\u2019s database does not answer. Work goes on at the workstations; they try again by themselves.', retryAfter: 5 }
  }
  const { code = '', statusCode } = error as { readonly code?: string; readonly statusCode?: number }
  const known = SENTENCES[code]
  if (known) return { status: known[0], code: known[1], message: known[2], retryAfter: null }
  if (statusCode !== undefined && statusCode < 500) return { status: statusCode, code: 'input.invalid', message: 'The hub does not understand this request.', retryAfter: null }
  log.error('request.failed', { route, ...errorDetails(error) })
  return { status: 500, code: 'hub.fault', message: 'The hub could not do this because of a fault of its own. Its log says more.', retryAfter: null }
}

/** The proxy in front of the hub and none before it: what a sender writes of itself into X-Forwarded-For counts for nothing. */
const isNearest = (_address: string, hop: number): boolean => hop === 0

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The hub's own page asks this; pages from elsewhere may not. */
    readonly ownPage?: boolean
  }
}

function isOwnPage({ headers, routeOptions }: FastifyRequest): boolean {
  return routeOptions.config.ownPage === true && URL.parse(headers.origin ?? '')?.host === headers.host
}

/** A server that answers every error with a code and a sentence, and logs ids only. */
export function createHttpServer(parts: ServerParts, tls: Tls | null, trustProxy: boolean): FastifyInstance {
  const options = { logger: false, bodyLimit: BODY_BYTES, trustProxy: trustProxy ? isNearest : false, forceCloseConnections: 'idle', requestTimeout: 120_000, routerOptions: { ignoreTrailingSlash: false, maxParamLength: 100 } } as const
  // The instance's type depends on the socket's; nobody here cares which it is.
  const server = (tls ? Fastify({ ...options, https: { ...tls, minVersion: 'TLSv1.2' } }) : Fastify(options)) as unknown as FastifyInstance

  server.addContentTypeParser(['application/gzip', 'application/x-ndjson', 'application/octet-stream'], { parseAs: 'buffer', bodyLimit: CHUNK_BYTES }, (_request, body, done) => done(null, body))

  server.addHook('onRequest', async (request) => {
    // Workstations are no web pages; a page that talks to the hub is somebody else's, unless the hub itself serves it.
    if (request.headers.origin !== undefined && !isOwnPage(request)) throw new HttpProblem(403, 'origin.notAllowed', 'Web pages are not answered here.')
  })
  server.addHook('onSend', async (_request, reply) => {
    reply.header('x-content-type-options', 'nosniff')
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
  })
  server.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none'
    parts.metrics.requests.add({ route, status: String(reply.statusCode) })
    if (route !== '/healthz' && route !== '/readyz' && route !== '/metrics') parts.log.info('http', { route, status: reply.statusCode, ms: Math.round(reply.elapsedTime) })
  })
  server.setNotFoundHandler(async () => {
    throw new HttpProblem(404, 'route.unknown', 'There is nothing here. Workstations connect with a code: Settings, Hub.')
  })
  server.setErrorHandler(async (error, request, reply) => {
    const { status, code, message, retryAfter } = answerTo(error, parts, request.routeOptions.url ?? 'none')
    if (retryAfter !== null) reply.header('retry-after', retryAfter)
    return reply.code(status).send({ code, message })
  })
  server.get('/', async (_request, reply) => reply.type('text/plain; charset=utf-8').send('This is a Baton hub. Workstations connect to it with a code: Settings, Hub.\n'))
  return server
}
