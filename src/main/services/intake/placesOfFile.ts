import type { ImportedCustomer } from '../../../shared/domain/intake/rows.ts'

type ImportedLocation = ImportedCustomer['locations'][number]

/** What a file of jobs says of a place beside its address. Degrees are millionths. */
export type PlaceFacts = Pick<ImportedLocation, 'gateCode' | 'accessNotes' | 'latitude' | 'longitude'>

export const placeFactsOf = ({ gateCode, accessNotes, latitude, longitude }: PlaceFacts): PlaceFacts => ({ gateCode, accessNotes, latitude, longitude })

export interface Met {
  /** What was not known of the place and is now. */
  readonly gained: Partial<PlaceFacts>
  /** What the file says otherwise than it is known: a line each, for the note of the visit. */
  readonly differs: readonly string[]
}

/** What another row says of a place that is known: what was empty is filled, and what stands there is not overwritten. */
export function meetPlace(known: PlaceFacts, said: PlaceFacts): Met {
  const isNew = (now: string, next: string): boolean => next !== '' && now === ''
  const isOther = (now: string, next: string): boolean => next !== '' && now !== '' && now !== next
  return {
    gained: {
      ...(isNew(known.gateCode, said.gateCode) ? { gateCode: said.gateCode } : {}),
      ...(isNew(known.accessNotes, said.accessNotes) ? { accessNotes: said.accessNotes } : {}),
      ...(known.latitude === null && said.latitude !== null ? { latitude: said.latitude, longitude: said.longitude } : {}),
    },
    differs: [
      ...(isOther(known.gateCode, said.gateCode) ? [`Gate code in the file: ${said.gateCode}`] : []),
      ...(isOther(known.accessNotes, said.accessNotes) ? [`Access in the file: ${said.accessNotes}`] : []),
    ],
  }
}
