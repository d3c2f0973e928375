import { useEffect } from 'react'
import { api, useConnection } from '../../api/api.ts'
import { usePaymentsStore } from '../../stores/payments.ts'

/** Only the first word of a page that has just been loaded: what it had open before was never closed. */
let fresh = true

/** Tells the telephone whether a payment is open at this page, again after each lost connection. */
export function useRecordingPause(): void {
  const online = useConnection().kind === 'online'
  const open = usePaymentsStore((store) => store.open > 0)
  useEffect(() => {
    if (!online) return
    const first = fresh
    fresh = false
    void api.action('recording.payment', { open, fresh: first }).catch(() => {
      fresh = first
    })
  }, [online, open])
}
