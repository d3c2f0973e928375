import { create } from 'zustand'

export const useKeysOpen = create<{ readonly open: boolean }>(() => ({ open: false }))

export const openKeys = (): void => useKeysOpen.setState({ open: true })
export const closeKeys = (): void => useKeysOpen.setState({ open: false })
