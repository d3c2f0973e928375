import { createContext, useContext } from 'react'

/** The customer whose page rests beside the one that is worked on; null for a page that is worked on. */
export const RestingPane = createContext<string | null>(null)

/** Names the parts of a page: of two side by side, the resting one’s say whose they are, so that no name is there twice. */
export function usePartName(): (part: string) => string {
  const customer = useContext(RestingPane)
  return (part) => (customer === null ? part : `${part} of ${customer}`)
}
