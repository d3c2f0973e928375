import { type HubStore, HubStoreFailure, type HubTransaction } from '../../../src/hub/core/hubStore.ts'
import { overriding } from './overriding.ts'

/** Where a hub may fall over: with nothing of the transaction written, or with all of it and no word said. */
export type HubCrash = 'beforeCommit' | 'afterCommit'

/**
 * A store whose hub falls over when told to.
 * @param draw asked once a transaction
 */
export function crashingStore(inner: HubStore, draw: () => HubCrash | null): HubStore {
  const failing = (transaction: HubTransaction): HubTransaction =>
    overriding(transaction, { commit: () => Promise.reject(new HubStoreFailure('The hub fell over before its commit')) })
  return overriding(inner, {
    change: async (companyId, body) => {
      const crash = draw()
      const result = await inner.change(companyId, (transaction) => body(crash === 'beforeCommit' ? failing(transaction) : transaction))
      if (crash === 'afterCommit') throw new HubStoreFailure('The hub fell over after its commit')
      return result
    },
  })
}
