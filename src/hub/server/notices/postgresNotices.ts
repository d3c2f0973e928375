import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { z } from 'zod'
import { CALL_PRESENCES } from '../../../shared/sync/protocol.ts'
import type { HubLog } from '../log.ts'
import { errorDetails } from '../log.ts'
import type { Notice, Notices, Told } from './notices.ts'

/**
 * Notices by PostgreSQL's NOTIFY. They go over a connection of their own and after the commit they tell of: inside the
 * transaction a NOTIFY would make all commits of the database wait for one another.
 */

const CHANNEL = 'baton_hub'
/** PostgreSQL refuses 8,000 bytes and more. */
const MOST_BYTES = 7_900
const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 5_000

const presentPerson = z.object({
  userId: z.string(),
  deviceId: z.string(),
  state: z.enum(['here', 'onCall', 'locked']),
  record: z.object({ kind: z.string(), id: z.string() }).nullable(),
  call: z.object({ state: z.enum(CALL_PRESENCES), since: z.number() }).optional(),
})

const told = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('feed'), companyId: z.string() }),
  z.object({ kind: z.literal('revoked'), companyId: z.string(), deviceId: z.string() }),
  z.object({ kind: z.literal('presence'), companyId: z.string(), deviceId: z.string(), people: z.array(presentPerson) }),
])

const envelope = z.object({ from: z.string(), notice: told })

function readPayload(payload: string | undefined): z.output<typeof envelope> | undefined {
  try {
    return envelope.safeParse(JSON.parse(payload ?? '')).data
  } catch {
    return undefined
  }
}

export class PostgresNotices implements Notices {
  readonly #url: string
  readonly #log: HubLog
  readonly #process = randomBytes(8).toString('hex')
  readonly #listeners = new Set<(notice: Notice) => void>()
  /** By what they are about: a newer one takes the place of one that was not sent yet. */
  readonly #waiting = new Map<string, string>()
  #client: pg.Client | undefined
  #sending = false
  #closed = false
  #pauseMs = FIRST_PAUSE_MS
  #retry: NodeJS.Timeout | undefined

  /** @param url of the database that the hub processes share */
  constructor(url: string, log: HubLog) {
    this.#url = url
    this.#log = log
  }

  /** Starts to listen; where the database does not answer it goes on trying. */
  async open(): Promise<void> {
    const client = new pg.Client({ connectionString: this.#url, application_name: 'baton-hub-notices', keepAlive: true, connectionTimeoutMillis: 10_000 })
    client.on('error', () => undefined)
    client.on('notification', ({ payload }) => this.#hear(payload))
    client.on('end', () => this.#lost(client))
    try {
      await client.connect()
      await client.query(`LISTEN ${CHANNEL}`)
    } catch (error) {
      this.#log.warn('notices.unreachable', { error: errorDetails(error).error })
      this.#comeBack()
      await client.end().catch(() => undefined)
      return
    }
    if (this.#closed) return client.end()
    this.#client = client
    this.#pauseMs = FIRST_PAUSE_MS
    void this.#send()
  }

  #lost(client: pg.Client): void {
    if (this.#client !== client) return
    this.#client = undefined
    if (this.#closed) return
    this.#log.warn('notices.lost')
    this.#comeBack()
  }

  #comeBack(): void {
    if (this.#closed) return
    this.#retry = setTimeout(() => {
      void this.open().then(() => this.#client && this.#pass({ kind: 'missed' }))
    }, this.#pauseMs)
    this.#pauseMs = Math.min(this.#pauseMs * 2, LONGEST_PAUSE_MS)
  }

  #hear(payload: string | undefined): void {
    const read = readPayload(payload)
    if (read && read.from !== this.#process) this.#pass(read.notice)
  }

  #pass(notice: Notice): void {
    for (const listener of this.#listeners) listener(notice)
  }

  tell(notice: Told): void {
    const payload = JSON.stringify({ from: this.#process, notice })
    // Only who is where can be so long, and then the others don't hear of it.
    if (Buffer.byteLength(payload) > MOST_BYTES) return
    this.#waiting.set(`${notice.kind} ${notice.companyId} ${notice.kind === 'feed' ? '' : notice.deviceId}`, payload)
    void this.#send()
  }

  async #send(): Promise<void> {
    if (this.#sending) return
    this.#sending = true
    while (this.#client && this.#waiting.size > 0) {
      const payloads = [...this.#waiting.values()]
      this.#waiting.clear()
      await this.#client.query(`SELECT pg_notify('${CHANNEL}', payload) FROM unnest($1::text[]) AS payload`, [payloads]).catch(() => undefined)
    }
    this.#sending = false
  }

  onNotice(listener: (notice: Notice) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#retry)
    await this.#client?.end().catch(() => undefined)
  }
}
