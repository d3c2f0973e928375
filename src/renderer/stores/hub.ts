import { useEffect, useRef } from 'react'
import { create } from 'zustand'
import type { HubState } from '../../shared/contract/methods/hub.ts'
import { type QueryResult, useEvent, useQuery } from '../api/api.ts'

const NO_INPUT = {} as const

/** How this workstation stands to the hub, with why it can\u2019t be said where it can\u2019t. */
export function useHubAnswer(): QueryResult<HubState> {
  const answer = useQuery('hub.state', NO_INPUT)
  useEvent('hub', answer.refetch)
  return answer
}

/** How this workstation stands to the hub, as of the last word of the backend; undefined until the first. */
export function useHub(): HubState | undefined {
  return useHubAnswer().data
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
