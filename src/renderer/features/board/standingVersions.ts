/**
 * Which version of a visit stands as an earlier one did. Undoing an act makes a new version that stands as the one before the act,
 * and whatever was done before it expects that one: several acts on the same visit are taken back one after the other.
 */
export interface StandingVersions {
  /** The newest version that stands as that one did, as far as this page's own acts know. */
  now(visitId: string, version: number): number
  /** A version stands again as another did. */
  again(visitId: string, version: number, as: number): void
}

export function createStandingVersions(): StandingVersions {
  const later = new Map<string, number>()
  const key = (visitId: string, version: number): string => `${visitId} ${version}`
  const now = (visitId: string, version: number): number => {
    let found = version
    // Always upwards: every command makes a greater version.
    for (let next = later.get(key(visitId, found)); next !== undefined; next = later.get(key(visitId, found))) found = next
    return found
  }
  return {
    now,
    again(visitId, version, as) {
      const from = now(visitId, as)
      if (from < version) later.set(key(visitId, from), version)
    },
  }
}
