import { create } from 'zustand'

/** The draft whose caller is being put on the wait list; null while nobody is. */
export const useWaitStore = create<{ readonly asking: string | null }>(() => ({ asking: null }))

export const askWaitList = (key: string): void => useWaitStore.setState({ asking: key })
export const closeWaitList = (): void => useWaitStore.setState({ asking: null })
