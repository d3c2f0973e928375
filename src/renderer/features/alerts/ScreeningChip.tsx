import type { DeskStanding } from '../../../shared/contract/methods/alerts.ts'
import { StateChip } from '../../components/StateGlyph.tsx'

/** Better screening and why, in the bar's own free place: it comes and goes without moving anything. */
export function ScreeningChip({ desk: { active, why, waiting } }: { readonly desk: DeskStanding }) {
  if (!active) return null
  return <StateChip state="hold">{why === 'switch' ? 'Better screening, by the manager' : `Better screening: ${waiting} callers wait`}</StateChip>
}
