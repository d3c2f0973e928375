import { errorDetails } from './log.ts'
import type { ServerParts } from './parts.ts'

/** What has to be done now and then, by whichever hub process gets to it. */

/** A workstation that was away for longer takes a snapshot; commands are remembered for as long as workstations keep theirs. */
const KEPT = { feedDays: 30, commandDays: 35 }
const COMPACT_EVERY_MS = 60 * 60_000
/** An attachment that was removed by mistake can be put back for so long, with its file. */
const UNUSED_FILES_DAYS = 30
const FORGET_FILES_EVERY_MS = 6 * 60 * 60_000
/** A message is signed for minutes; one that its sender sends again is known for as long as anybody tries. */
const KNOW_MESSAGES_DAYS = 30
const FORGET_MESSAGES_EVERY_MS = 60 * 60_000
const RECOVER_EVERY_MS = 15_000

async function compact({ admin, log }: ServerParts): Promise<void> {
  for (const { companyId, feedFloor, entries, commands } of await admin.compact(KEPT)) log.info('feed.compacted', { company: companyId, feedFloor, entries, commands })
}

/** A restored hub waits for workstations only so long, and nobody else says when that is over. */
async function goOnRecovering({ admin, hub }: ServerParts): Promise<void> {
  for (const { id, recoveringUntil } of await admin.companies()) if (recoveringUntil !== null) await hub.recover(id)
}

async function forgetFiles({ admin, log }: ServerParts): Promise<void> {
  const files = await admin.blobs.forgetUnused(UNUSED_FILES_DAYS)
  if (files > 0) log.info('attachments.forgotten', { files })
}

async function forgetMessages({ admin, log }: ServerParts): Promise<void> {
  const messages = await admin.intake.forget(KNOW_MESSAGES_DAYS)
  if (messages > 0) log.info('intake.forgotten', { messages })
}

/** @returns a function that ends them */
export function startChores(parts: ServerParts): () => void {
  const every = (milliseconds: number, chore: (parts: ServerParts) => Promise<void>, name: string): NodeJS.Timeout =>
    setInterval(() => void chore(parts).catch((error: unknown) => parts.log.warn('chore.failed', { chore: name, ...errorDetails(error) })), milliseconds)
  const timers = [every(COMPACT_EVERY_MS, compact, 'compact'), every(FORGET_FILES_EVERY_MS, forgetFiles, 'forgetFiles'), every(FORGET_MESSAGES_EVERY_MS, forgetMessages, 'forgetMessages'), every(RECOVER_EVERY_MS, goOnRecovering, 'recover')]
  return () => timers.forEach((timer) => clearInterval(timer))
}
