import type { VisitAlert } from '../../../shared/domain/dispatch/lateness.ts'
import { useWatch } from '../watch/useWatch.ts'
import { seenWords, seersOf } from '../watch/seenWords.ts'

/** Somebody is at an alert: in a word, and with what they do about it. */
export interface SeenOnBoard {
  readonly by: string
  readonly words: string
}

/** Who has seen an alert that stands in the board's tray, until the time they wanted to look again. */
export function useSeenAlerts(): (visitId: string, kind: VisitAlert['kind']) => SeenOnBoard | null {
  const { day, alerts } = useWatch()
  if (!day) return () => null
  const names = seersOf(day)
  const standings = new Map(alerts.map((standing) => [`${standing.visitId} ${standing.alert.kind}`, standing]))
  return (visitId, kind) => {
    const standing = standings.get(`${visitId} ${kind}`)
    if (!standing?.seen || standing.loud) return null
    return { by: names.get(standing.seen.seenBy) ?? 'somebody', words: seenWords(standing.seen, names, day.zone) }
  }
}
