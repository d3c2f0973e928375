import { Hub } from '../core/hub.ts'
import type { HubAdmin } from '../core/hubAdmin.ts'
import type { HubStore } from '../core/hubStore.ts'
import { openHubStore } from '../store/openHubStore.ts'
import type { PoolOptions } from '../store/pool.ts'

/** The hub on its database, not yet speaking to anybody. */
export interface OpenHub {
  readonly store: HubStore
  readonly admin: HubAdmin
  readonly hub: Hub
  close(): Promise<void>
}

/** For verbs, so that they are not taken for a hub that serves. */
export const VERB_POOL: PoolOptions = { connections: 2, name: 'baton-verb' }

/** Opens the hub on a database, whose tables are brought up to this version first. @throws NewerHubError */
export async function openHub(url: string, options: PoolOptions = {}): Promise<OpenHub> {
  const { store, admin, close } = await openHubStore(url, options)
  return { store, admin, hub: new Hub(store), close }
}
