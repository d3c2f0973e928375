import type { KeptDay } from './keptFolder.ts'

/** The day sheets that this workstation keeps for an outage, as services and the backend use them. */
export interface SchedulesPort {
  /** Something was recorded: what is kept may say less than is true. */
  touched(): void
  /** Where they lie, what there is, and why they could not be made the last time. */
  kept(): { readonly folder: string | null; readonly days: readonly KeptDay[]; readonly trouble: string | null }
  /** Makes what is due; `anyway` makes today's and tomorrow's whatever is due. One making at a time. */
  look(anyway?: boolean): Promise<void>
}
