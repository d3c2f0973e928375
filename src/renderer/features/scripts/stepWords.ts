import type { ReactNode } from 'react'

/** What a step says: for the eye, and as one line. */
export interface StepWords {
  readonly shown: ReactNode
  readonly said: string
}
