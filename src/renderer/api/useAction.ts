import { useRef, useState } from 'react'
import type { ContractError } from '../../shared/contract/frames.ts'
import { asContractError } from './errors.ts'

export interface Action {
  readonly busy: boolean
  /** Why the last one was not done, until the next is tried. */
  readonly error: ContractError | null
  /** Runs it unless one is under way; says whether it was done. */
  readonly run: (work: () => Promise<unknown>) => Promise<boolean>
  readonly clear: () => void
}

/** One thing at a time, with its refusal kept for showing in place. */
export function useAction(): Action {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<ContractError | null>(null)
  const running = useRef(false)
  return {
    busy,
    error,
    clear: () => setError(null),
    run: async (work) => {
      if (running.current) return false
      running.current = true
      setBusy(true)
      setError(null)
      try {
        await work()
        return true
      } catch (thrown) {
        setError(asContractError(thrown))
        return false
      } finally {
        running.current = false
        setBusy(false)
      }
    },
  }
}
