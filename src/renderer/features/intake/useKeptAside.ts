import { useState } from 'react'
import type { ContractError } from '../../../shared/contract/frames.ts'
import { api } from '../../api/api.ts'
import { asContractError } from '../../api/errors.ts'
import { receiveFile } from '../../api/receiveFile.ts'
import { toast } from '../../stores/toast.ts'

/** Hands the rows of an import that stayed out to the person, as a file to mend. */
export function useKeptAside() {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<ContractError | null>(null)
  const download = async (runId: string): Promise<void> => {
    if (busy) return
    setBusy(true)
    setError(null)
    try {
      const { name, delivery } = await api.action('import.keptAside', { runId })
      const where = receiveFile(delivery, name)
      if (where !== null) toast(where)
    } catch (thrown) {
      setError(asContractError(thrown))
    } finally {
      setBusy(false)
    }
  }
  return { busy, error, download }
}
