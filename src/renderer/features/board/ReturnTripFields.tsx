import { wallTimeOf } from '../../../shared/base/zone.ts'
import type { VisitDetail, WindowProposal } from '../../../shared/contract/methods/dispatch.ts'
import { useQuery } from '../../api/api.ts'
import { Choice } from '../../components/Choice.tsx'
import { useNow } from '../../stores/clock.ts'
import { useZone } from '../../stores/session.ts'
import { windowLabel } from '../booking/words.ts'

/** How far ahead a window for coming again is looked for. */
const DAYS_AHEAD = 14

const keyOf = ({ day, start }: WindowProposal): string => `${day} ${start}`

export interface ReturnTripFieldsProps {
  readonly detail: VisitDetail
  readonly durationMinutes: number
  readonly picked: WindowProposal | null
  readonly onPick: (window: WindowProposal) => void
  readonly error: string | null
}

/** When we come again: only windows in which a skilled technician has the time left, so that nothing overbooks. */
export function ReturnTripFields({ detail, durationMinutes, picked, onPick, error }: ReturnTripFieldsProps) {
  const zone = useZone()
  const today = wallTimeOf(useNow(), zone).day
  const { data } = useQuery('dispatch.windows', { jobTypeId: detail.jobTypeId, locationId: detail.locationId, fromDay: today, days: DAYS_AHEAD, durationMinutes })
  const free = (data?.windows ?? []).filter(({ available }) => available)
  return (
    <Choice
      label="We come again"
      options={free.map((window) => ({ value: keyOf(window), label: windowLabel(window, today), detail: window.summary }))}
      value={picked === null ? null : keyOf(picked)}
      onChange={(key) => {
        const window = free.find((candidate) => keyOf(candidate) === key)
        if (window) onPick(window)
      }}
      error={error}
      required
    />
  )
}
