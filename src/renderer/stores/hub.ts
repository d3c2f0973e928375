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
