import { join } from 'node:path'
import { Hub } from '../../../../src/hub/core/hub.ts'
import { type RunningPostgres, startPostgres } from '../../../../src/hub/postgres/start.ts'
import { type HubServer, startHubServer } from '../../../../src/hub/server/hubServer.ts'
import type { HubLog } from '../../../../src/hub/server/log.ts'
import { HubMetrics } from '../../../../src/hub/server/metrics.ts'
import { PostgresNotices } from '../../../../src/hub/server/notices/postgresNotices.ts'
import { openHubStore } from '../../../../src/hub/store/openHubStore.ts'
import { SCHEMA } from '../../../../src/hub/store/migrations/migrate.ts'
import { serveParent } from './child.ts'

/**
 * The hub with its own PostgreSQL, put together as `npm run hub` does, but so that pushes can also be kept from sharing a
 * transaction: nobody but a measurement wants that.
 */

const log: HubLog = { info: () => undefined, warn: () => undefined, error: (event, details) => console.error(event, details) }

let postgres: RunningPostgres | undefined
let serving: { readonly server: HubServer; close(): Promise<void> } | undefined

async function serve(url: string, folder: string, together: boolean): Promise<number> {
  const opened = await openHubStore(url)
  const notices = new PostgresNotices(url, log)
  await notices.open()
  const parts = { hub: new Hub(opened.store, { together }), store: opened.store, admin: opened.admin, notices, metrics: new HubMetrics(), log, version: 'bench', schema: SCHEMA, now: Date.now }
  const server = await startHubServer({ parts, host: '127.0.0.1', port: 0, tls: null, fingerprint: () => null, publicAddress: () => '', snapshotFolder: join(folder, 'snapshots') })
  serving = {
    server,
    async close() {
      await server.close()
      await notices.close()
      await opened.close()
    },
  }
  return server.port
}

serveParent({
  async start({ folder }: { readonly folder: string }) {
    postgres = await startPostgres({ directory: join(folder, 'postgres'), log })
    return postgres.url
  },
  async serve({ folder, together }: { readonly folder: string; readonly together: boolean }) {
    await serving?.close()
    return serve(postgres?.url ?? '', folder, together)
  },
  async end() {
    await serving?.close()
    await postgres?.stop()
  },
})
