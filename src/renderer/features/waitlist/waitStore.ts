import { create } from 'zustand'

/** The draft whose caller is being put on the wait list; null while nobody is. */
export const useWaitStore = create<{ readonly asking: string | null }>(() => ({ asking: null }))

export const askWaitList = (key: string): void => useWaitStore.setState({ asking: key })

/** Puts the question about this draft away; the one about another caller, who was answered meanwhile, stays. */
export function closeWaitList(key: string): void {
  if (useWaitStore.getState().asking === key) useWaitStore.setState({ asking: null })
}
