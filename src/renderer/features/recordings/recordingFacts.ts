import type { ListedRecording } from '../../../shared/contract/methods/recordings.ts'
import type { PauseReason } from '../../../shared/domain/recordings/tables.ts'
import { formatDay, formatTime, wallTimeOf } from '../../../shared/base/zone.ts'
import { formatDuration } from '../calls/callWords.ts'

const PAUSED: Readonly<Record<PauseReason, string>> = { card: 'paused for a card', hand: 'paused by hand', hold: 'caller on hold' }

/** `Not recorded 0:12 to 0:47, paused for a card` */
export function pauseWords({ from, to, why }: ListedRecording['pauses'][number]): string {
  return `Not recorded ${formatDuration(from)} to ${formatDuration(to)}, ${PAUSED[why]}`
}

/** How the caller was told, in a sentence. */
export function consentWords({ consent, consentBy, consentAt }: ListedRecording, zone: string): string {
  switch (consent) {
    case 'read':
      return consentAt === null ? 'The notice was read.' : `${consentBy ?? 'Somebody'} read the notice at ${formatTime(consentAt, zone)}.`
    case 'system':
      return 'The telephone system played the notice.'
    case 'none':
      return 'No notice is asked for on this line.'
  }
}

/** Until when it is kept, or why it is gone. */
export function keptWords({ keptUntil, goneAt, goneWhy }: Pick<ListedRecording, 'keptUntil' | 'goneAt' | 'goneWhy'>, zone: string): string {
  if (goneAt !== null) return `Deleted ${formatDay(wallTimeOf(goneAt, zone).day)}. ${goneWhy}`
  return keptUntil === null ? 'Kept while a complaint runs.' : `Kept until ${formatDay(wallTimeOf(keptUntil, zone).day)}.`
}
