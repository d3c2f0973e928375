import { useEffect } from 'react'
import { api, useConnection } from '../../api/api.ts'
import { usePaymentsStore } from '../../stores/payments.ts'
import { usePerson } from '../../stores/session.ts'

/**
 * Tells the telephone while a payment is open in this window, again after each lost connection and to whoever takes the window over.
 * Every window does, also one that answers no calls: the number is read out where the form is.
 */
export function useRecordingPause(): void {
  const { userId } = usePerson()
  const online = useConnection().kind === 'online'
  const open = usePaymentsStore((store) => store.open > 0)
  useEffect(() => {
    if (!online || !open) return undefined
    const say = (isOpen: boolean): void => void api.action('recording.payment', { open: isOpen }).catch(() => undefined)
    say(true)
    return () => {
      // A line that is gone has taken the window with it already.
      if (api.connection().kind === 'online') say(false)
    }
  }, [online, open, userId])
}
