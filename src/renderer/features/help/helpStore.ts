import { create } from 'zustand'

/** The helps: the keys that work here and now, the same to be done by typing a word, and what the screens are for. */
export type Help = 'keys' | 'actions' | 'about'

export const useHelp = create<{ readonly shown: Help | null }>(() => ({ shown: null }))

export const showHelp = (shown: Help): void => useHelp.setState({ shown })
export const closeHelp = (): void => useHelp.setState({ shown: null })
