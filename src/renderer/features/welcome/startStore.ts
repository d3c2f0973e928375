import { create } from 'zustand'

/**
 * True while the sample company is being made: there is a company from its first second on, but nobody to sign in as yet,
 * so the page stays with the progress bar.
 */
export const useStarting = create<{ readonly starting: boolean }>(() => ({ starting: false }))

export const setStarting = (starting: boolean): void => useStarting.setState({ starting })
