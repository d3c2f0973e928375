import { DAY } from '../../../shared/base/time.ts'
import { errorDetails, type Log } from '../../core/log.ts'
import type { Store } from '../../store/store.ts'

/** How long a file is kept that no attachment names any more: so long a removal can be taken back with its file. */
const UNUSED_DAYS = 30

/** Deletes files here that nothing has named for a month. Not while a company’s rows are still coming: they may name them. */
export async function tidyAttachments(store: Store, log: Log, now: number): Promise<void> {
  try {
    if (store.sync.state()?.snapshot) return
    const files = await store.blobs.tidy(now - UNUSED_DAYS * DAY)
    if (files > 0) log.info('attachments.tidied', { files })
  } catch (error) {
    log.warn('attachments.tidy', errorDetails(error))
  }
}
