import { useMemo } from 'react'
import type { Instant, IsoDay } from '../../../shared/base/time.ts'
import { isPlausibleDay } from '../../../shared/base/time.ts'
import { formatWeekday, wallTimeOf } from '../../../shared/base/zone.ts'
import type { BoardDay } from '../../../shared/contract/methods/dispatch.ts'
import { useQuery } from '../../api/api.ts'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { LoadingLines } from '../../components/LoadingLines.tsx'
import { ScreenBar } from '../../components/ScreenBar.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { useBoardStore } from '../../stores/board.ts'
import { useNow } from '../../stores/clock.ts'
import { useRefetchByLink } from '../../stores/hub.ts'
import { navigate } from '../../stores/route.ts'
import { useZone } from '../../stores/session.ts'
import { USUAL } from '../board/timeline/arrangement.ts'
import { wallClock } from '../board/timeline/axis.ts'
import { Trays } from '../board/Trays.tsx'
import { useBoardModel, useModel } from '../board/useBoardModel.ts'
import { useSteadyDay } from '../board/useSteadyDay.ts'
import type { ScreenProps } from '../screenProps.ts'
import classes from './TraysScreen.module.css'

const choose = (): void => undefined

function LoadedTrays({ day, now, today, renew }: { readonly day: BoardDay; readonly now: Instant; readonly today: IsoDay; readonly renew: (() => void) | null }) {
  const model = useBoardModel(day, now, USUAL)
  const clock = useMemo(() => wallClock(day.zone), [day.zone])
  const trays = useModel(model, (shown) => shown.trays())
  const alerts = useModel(model, (shown) => shown.alerts())
  const open = (visitId: string): void => navigate({ area: 'board', query: { ...(day.day === today ? {} : { day: day.day }), visit: visitId } })
  useHotkeys('Trays', [
    {
      keys: 'U',
      label: 'Go to unassigned',
      run: () => document.querySelector<HTMLElement>('#tray-section-unassigned [role=option]')?.focus(),
    },
    ...(renew ? [{ keys: 'R', label: 'Show what others changed during the call', run: renew }] : []),
  ])
  return (
    <div className={classes['screen']}>
      <ScreenBar title={`Trays, ${formatWeekday(day.day)}`} detail="Enter opens a visit on the board" />
      <div
        className={classes['trays']}
        onDoubleClick={() => {
          const { selectedId } = useBoardStore.getState()
          if (selectedId !== null) open(selectedId)
        }}
      >
        <Trays day={day} clock={clock} trays={trays} alerts={alerts} today={today} now={now} sectionsClass={classes['sections']} onPress={choose} onOpen={open} />
      </div>
    </div>
  )
}

/** The trays alone, for a monitor of their own: what is chosen here is chosen on the board, and Enter opens it there. */
export function TraysScreen({ route }: ScreenProps) {
  const zone = useZone()
  const now = useNow()
  const today = wallTimeOf(now, zone).day
  const asked = route.query['day'] ?? today
  const { data, error, refetch } = useQuery('board.day', { day: isPlausibleDay(asked) ? asked : today }, { keep: true })
  useRefetchByLink(refetch)
  const { day, at, renew } = useSteadyDay(data, now)
  if (!day) return error ? <ErrorNotice error={error} onRetry={refetch} /> : <LoadingLines rows={24} rowHeight={44} />
  return <LoadedTrays day={day} now={at} today={today} renew={renew} />
}
