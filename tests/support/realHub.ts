import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Hub } from '../../src/hub/core/hub.ts'
import { fingerprintOf, ownCertificate } from '../../src/hub/server/certificate.ts'
import { enrolmentCodeText } from '../../src/hub/server/enrolmentCode.ts'
import { startHubServer } from '../../src/hub/server/hubServer.ts'
import { HubMetrics } from '../../src/hub/server/metrics.ts'
import { PostgresNotices } from '../../src/hub/server/notices/postgresNotices.ts'
import type { ServerParts } from '../../src/hub/server/parts.ts'
import { openHubStore } from '../../src/hub/store/openHubStore.ts'
import { MIGRATIONS } from '../../migrations/list.ts'
import { CLEARANCES } from '../../src/shared/domain/kernel/table.ts'
import { quietLog } from './postgres.ts'

/** A hub on PostgreSQL behind TLS with a certificate of its own, as `npm run hub` starts one. */
export interface RealHub {
  readonly address: string
  readonly fingerprint: string
  readonly parts: ServerParts
  /** A code that founds the company, or for one to join. */
  code(companyId?: string, fingerprint?: string): Promise<string>
  close(): Promise<void>
}

/** @param port 0: any free one */
export async function startRealHub(databaseUrl: string, port = 0): Promise<RealHub> {
  const folder = mkdtempSync(join(tmpdir(), 'baton-real-hub-'))
  const opened = await openHubStore(databaseUrl, { connections: 8 })
  const tls = await ownCertificate(folder, ['127.0.0.1'])
  const fingerprint = fingerprintOf(tls.cert)
  const notices = new PostgresNotices(databaseUrl, quietLog)
  await notices.open()
  const parts: ServerParts = { hub: new Hub(opened.store), store: opened.store, admin: opened.admin, notices, metrics: new HubMetrics(), log: quietLog, version: 'test', schema: MIGRATIONS.length, now: Date.now }
  const server = await startHubServer({ parts, host: '127.0.0.1', port, tls, fingerprint: () => fingerprint, publicAddress: (host) => `https://${host ?? ''}`, snapshotFolder: join(folder, 'snapshots') })
  const address = `https://127.0.0.1:${server.port}`
  return {
    address,
    fingerprint,
    parts,
    code: async (companyId, pinned = fingerprint) => {
      const { secret } = await opened.admin.makeCode({ companyId: companyId ?? null, clearances: [...CLEARANCES], seconds: 600, createdBy: null })
      return enrolmentCodeText({ address, secret, fingerprint: pinned })
    },
    async close() {
      await server.close()
      await notices.close()
      await opened.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
