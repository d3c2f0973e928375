import { useEffect } from 'react'
import { selectVisit, useBoardStore } from './board.ts'

/** Windows of one person at one workstation stand on the same visit: chosen on the board, it is chosen on the map, and the other way. */

const CHANNEL = 'baton-chosen-visit'

interface Chosen {
  readonly userId: string
  readonly visitId: string | null
}

function isChosen(data: unknown): data is Chosen {
  if (typeof data !== 'object' || data === null || !('userId' in data) || !('visitId' in data)) return false
  return typeof data.userId === 'string' && (data.visitId === null || typeof data.visitId === 'string')
}

/** A form that somebody fills in, or a bar in hand, belongs to the visit it was begun for: another window doesn't take it away. */
function isBusy(): boolean {
  const { panel, liftedIds } = useBoardStore.getState()
  return liftedIds.size > 0 || (panel !== null && panel.kind !== 'detail')
}

/** Follows the person's other windows, and tells them, while the screen is there. */
export function useSharedSelection(userId: string): void {
  useEffect(() => {
    const channel = new BroadcastChannel(CHANNEL)
    let heard: string | null | undefined
    channel.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (!isChosen(data) || data.userId !== userId || isBusy()) return
      heard = data.visitId
      selectVisit(data.visitId)
    }
    const stop = useBoardStore.subscribe(({ selectedId }, before) => {
      if (selectedId === before.selectedId) return
      if (selectedId !== heard) channel.postMessage({ userId, visitId: selectedId } satisfies Chosen)
      heard = undefined
    })
    return () => {
      stop()
      channel.close()
    }
  }, [userId])
}
