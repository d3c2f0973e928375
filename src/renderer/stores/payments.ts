import { useEffect } from 'react'
import { create } from 'zustand'

/** How many payment pages and terminals this page has open: while there is one, nothing its person talks on is recorded. */
export const usePaymentsStore = create<{ readonly open: number }>(() => ({ open: 0 }))

/** Says that a payment is open for as long as the component is there. */
export function usePaymentOpen(): void {
  useEffect(() => {
    usePaymentsStore.setState(({ open }) => ({ open: open + 1 }))
    return () => usePaymentsStore.setState(({ open }) => ({ open: open - 1 }))
  }, [])
}
