import type { Settings } from '../../../shared/contract/methods/settings.ts'

/** What a section of the settings is given. */
export interface SectionProps {
  readonly settings: Settings
  /** The record in hand: the second part of the address. */
  readonly selected: string | undefined
}
