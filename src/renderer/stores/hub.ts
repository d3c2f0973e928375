import { useEffect, useRef } from 'react'
import { create } from 'zustand'
import type { HubState } from '../../shared/contract/methods/hub.ts'
import { useEvent, useQuery } from '../api/api.ts'

const NO_INPUT = {} as const

/** How this workstation stands to the hub, as of the last word of the backend; undefined until the first. */
export function useHub(): HubState | undefined {
  const { data, refetch } = useQuery('hub.state', NO_INPUT)
  useEvent('hub', refetch)
  return data
}

/** Whether the panel with the waiting changes is open. */
export const useHubPanel = create<{ readonly open: boolean }>(() => ({ open: false }))

export const showHubPanel = (open: boolean): void => useHubPanel.setState({ open })

/** Whether what is done now is tentative: saved here, and the hub does not hear of it. */
export function useTentative(): boolean {
  const link = useHub()?.link
  return link === 'offline' || link === 'stopped'
}

/** Asks again when that changes: an answer that says what is tentative is then another one, though no row changed. */
export function useRefetchByLink(refetch: () => void): void {
  const tentative = useTentative()
  const asked = useRef(tentative)
  useEffect(() => {
    if (asked.current === tentative) return
    asked.current = tentative
    refetch()
  }, [tentative, refetch])
}
