import { SAMPLE_PARAMETER } from '../../../shared/contract/bridge.ts'

/** Whether the page's address asks to go straight into the sample company. */
export const asksForSample = (search: string): boolean => new URLSearchParams(search).has(SAMPLE_PARAMETER)
