import { useEffect, useRef, useState } from 'react'
import { MINUTE } from '../../../shared/base/time.ts'
import { formatTime } from '../../../shared/base/zone.ts'
import type { Wall } from '../../../shared/contract/methods/phoneOffice.ts'
import { useEvent, useQuery } from '../../api/api.ts'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { ActionButton } from '../../components/ActionButton.tsx'
import { LoadingLines } from '../../components/LoadingLines.tsx'
import { ScreenBar } from '../../components/ScreenBar.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { useNow } from '../../stores/clock.ts'
import { navigate } from '../../stores/route.ts'
import { useMay, usePerson } from '../../stores/session.ts'
import { PersonDayDialog } from './PersonDayDialog.tsx'
import { WallDay } from './WallDay.tsx'
import { WallFigures } from './WallFigures.tsx'
import { WallLines, WallWaiting } from './WallLines.tsx'
import { WallPeople } from './WallPeople.tsx'
import classes from './wall.module.css'

const NO_INPUT = {} as const

/** The wall, kept up to date: by rows, by the telephone, by who comes and goes, and each minute by the clock. */
function useWall() {
  const asked = useQuery('phoneOffice.wall', NO_INPUT)
  const { refetch } = asked
  useEvent('presence', refetch)
  useEvent('phone', refetch)
  useEvent('hub', refetch)
  const minute = Math.floor(useNow() / MINUTE)
  useEffect(refetch, [minute, refetch])
  return asked
}

function Everything({ wall }: { readonly wall: Wall }) {
  return (
    <>
      {wall.staleSince === null ? null : (
        <p className={classes['stale']} role="status">
          The hub has not answered since {formatTime(wall.staleSince, wall.zone)}: what happens at other workstations is not known here until it does.
        </p>
      )}
      <WallFigures wall={wall} />
      <div className={classes['parts']}>
        <div className={classes['part']}>
          <WallWaiting wall={wall} />
          <WallLines wall={wall} />
        </div>
        <div className={classes['part']}>
          <WallPeople wall={wall} />
        </div>
        <div className={classes['part']}>
          <WallDay wall={wall} />
        </div>
      </div>
    </>
  )
}

/** The office's telephone now and today, for the manager and for a large screen on the wall. */
export function WallScreen() {
  const { data, error, refetch } = useWall()
  const { userId } = usePerson()
  const may = useMay()
  const mayLook = may('people.edit')
  const [looksAt, setLooksAt] = useState<string | null>(null)
  const element = useRef<HTMLDivElement>(null)
  const fill = (): void => {
    // Where the browser does not allow it, the wall stays as large as it is.
    const change = document.fullscreenElement ? document.exitFullscreen() : element.current?.requestFullscreen()
    change?.catch(() => undefined)
  }
  useHotkeys('Wall', [
    { keys: 'F', label: 'Fill the screen, or leave it', run: fill },
    { keys: 'G', label: 'The call log', run: () => navigate({ area: 'calls' }) },
    ...(mayLook ? [{ keys: 'P', label: 'A person\u2019s day', run: () => setLooksAt(userId) }] : []),
    { keys: 'R', label: 'Calls to return', run: () => navigate({ area: 'worklists' }) },
  ])
  return (
    <div ref={element} className={classes['screen']}>
      <ScreenBar
        title="Wall"
        {...(data ? { detail: `as of ${formatTime(data.at, data.zone)}` } : {})}
        actions={
          <>
            {mayLook ? <ActionButton small label="A person’s day" keys="P" onClick={() => setLooksAt(userId)} /> : null}
            <ActionButton small label="Calls to return" keys="R" onClick={() => navigate({ area: 'worklists' })} />
            <ActionButton small label="Fill the screen" keys="F" onClick={fill} />
          </>
        }
      />
      {data ? <Everything wall={data} /> : error ? <ErrorNotice error={error} onRetry={refetch} /> : <LoadingLines />}
      {data && looksAt !== null ? <PersonDayDialog wall={data} first={looksAt} onClose={() => setLooksAt(null)} /> : null}
    </div>
  )
}
