import type { Option } from '../../components/Choice.tsx'

/** The zones most companies here choose, by the names people say. */
const AMERICAN: readonly Option<string>[] = [
  { value: 'America/New_York', label: 'Eastern', detail: 'New York' },
  { value: 'America/Chicago', label: 'Central', detail: 'Chicago' },
  { value: 'America/Denver', label: 'Mountain', detail: 'Denver' },
  { value: 'America/Phoenix', label: 'Arizona', detail: 'no daylight saving' },
  { value: 'America/Los_Angeles', label: 'Pacific', detail: 'Los Angeles' },
  { value: 'America/Anchorage', label: 'Alaska', detail: 'Anchorage' },
  { value: 'Pacific/Honolulu', label: 'Hawaii', detail: 'Honolulu' },
]

/** Every zone this browser knows, the common ones first. */
export function zoneOptions(): readonly Option<string>[] {
  const named = new Set(AMERICAN.map((option) => option.value))
  const others = Intl.supportedValuesOf('timeZone').filter((zone) => !named.has(zone))
  return [...AMERICAN, ...others.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))]
}

/** The zone of this computer, where it is one of the options. */
export function ownZone(options: readonly Option<string>[]): string | null {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  return options.some((option) => option.value === zone) ? zone : null
}
