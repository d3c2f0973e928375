import type { Services } from '../../core/service.ts'

export interface SampleCompany {
  /** The person to sign in as. */
  readonly signInAs: string
  readonly customers: number
  readonly locations: number
  readonly jobs: number
  readonly milliseconds: number
}

/** Fills an empty store with the sample company, in chunks, with `progress` events. */
export function buildSampleCompany(_services: Services, _options: { readonly seed: number; readonly operationId: string }): Promise<SampleCompany> {
  return Promise.reject(new Error('The sample company is not written yet'))
}
