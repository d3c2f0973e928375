import type { Hub } from '../core/hub.ts'
import type { HubAdmin } from '../core/hubAdmin.ts'
import type { HubStore } from '../core/hubStore.ts'
import type { HubLog } from './log.ts'
import type { HubMetrics } from './metrics.ts'
import type { Notices } from './notices/notices.ts'

/** What everything in the server works with. */
export interface ServerParts {
  readonly hub: Hub
  readonly store: HubStore
  readonly admin: HubAdmin
  readonly notices: Notices
  readonly metrics: HubMetrics
  readonly log: HubLog
  /** The hub's version and the number of its newest migration. */
  readonly version: string
  readonly schema: number
  /** The hub's clock, epoch ms. */
  readonly now: () => number
}
