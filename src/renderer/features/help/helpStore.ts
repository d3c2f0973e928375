import { create } from 'zustand'

/** The two helps: the keys that work here and now, and what the screens are for. */
export type Help = 'keys' | 'about'

export const useHelp = create<{ readonly shown: Help | null }>(() => ({ shown: null }))

export const showHelp = (shown: Help): void => useHelp.setState({ shown })
export const closeHelp = (): void => useHelp.setState({ shown: null })
