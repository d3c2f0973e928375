import { Suspense, useEffect } from 'react'
import type { SideWindow } from '../../../shared/contract/windows.ts'
import { EmptyState } from '../../components/EmptyState.tsx'
import { LoadingLines } from '../../components/LoadingLines.tsx'
import { Toast } from '../../components/Toast.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { beginPile } from '../../stores/board.ts'
import { navigate, parseRoute, routeHref, sendElsewhere, useRoute } from '../../stores/route.ts'
import { lock, useMay, usePerson } from '../../stores/session.ts'
import { isOpen, tellWindows } from '../../stores/windows.ts'
import { AboutOverlay } from '../help/AboutOverlay.tsx'
import { KeysOverlay } from '../help/KeysOverlay.tsx'
import { useRecordingPause } from '../calls/useRecordingPause.ts'
import { AREAS } from '../routes.tsx'
import { ScreenBoundary } from '../shell/ScreenBoundary.tsx'
import { StatusBar } from '../shell/StatusBar.tsx'
import { HearCalls } from './HearCalls.tsx'
import { InStep } from './InStep.tsx'
import { bringToFront, reachMain } from './openWindow.ts'
import { useKeptPlace } from './useKeptPlace.ts'
import { windowInfo } from './windowList.ts'
import { WindowsDialog } from './WindowsDialog.tsx'
import classes from './SideFrame.module.css'

/** What belongs elsewhere goes there: to its own window where it has one that is open, to the main window otherwise. */
function sendOn(own: string): (target: Parameters<typeof routeHref>[0]) => boolean {
  return (target) => {
    if (target.area === own) return false
    const visitId = target.area === 'board' ? target.query?.['visit'] : undefined
    if (visitId !== undefined && isOpen('board')) {
      tellWindows({ t: 'open', visitId, day: target.query?.['day'] ?? null })
      bringToFront('board')
    } else if (visitId !== undefined) {
      void reachMain({ tell: () => tellWindows({ t: 'open', visitId, day: target.query?.['day'] ?? null }), front: true, hash: routeHref(target) })
    } else {
      const label = AREAS.find(({ area }) => area === target.area)?.label
      void reachMain({ tell: () => tellWindows({ t: 'go', hash: routeHref(target) }), front: true, hash: routeHref(target), said: `${label ?? 'It'} is open in the main window.` })
    }
    return true
  }
}

/** One screen in a window of its own: no rail, no search, no pop. The line at the foot says how the office is. */
export function SideFrame({ kind }: { readonly kind: SideWindow }) {
  const person = usePerson()
  const route = useRoute()
  const may = useMay()
  const info = windowInfo(kind)
  const area = AREAS.find((candidate) => candidate.area === info.area)
  const open = area !== undefined && (area.permission === undefined || may(area.permission))
  useKeptPlace(kind, person.userId)
  useRecordingPause()
  useEffect(() => beginPile(person.userId), [person.userId])

  useEffect(() => {
    document.title = `Baton: ${info.label}`
  }, [info])
  useEffect(() => {
    const send = sendOn(info.area)
    sendElsewhere(send)
    const press = (event: MouseEvent): void => {
      if (event.button > 1) return
      const href = event.target instanceof Element ? event.target.closest('a[href^="#/"]')?.getAttribute('href') : undefined
      if (href && send(parseRoute(href))) event.preventDefault()
    }
    // With the middle button a browser opens a tab, which would be one more of this window.
    document.addEventListener('click', press)
    document.addEventListener('auxclick', press)
    return () => {
      sendElsewhere(() => false)
      document.removeEventListener('click', press)
      document.removeEventListener('auxclick', press)
    }
  }, [info])
  useEffect(() => {
    if (route.area !== info.area) navigate({ area: info.area }, { replace: true })
  }, [route, info])

  const leaveFieldOrClose = (): void | false => {
    const focused = document.activeElement
    // The first Escape only leaves the field: it never discards what is typed.
    if (focused instanceof HTMLElement && focused.matches('input, textarea, [contenteditable=true]')) return focused.blur()
    return info.escapes ? window.close() : false
  }
  useHotkeys('Everywhere', [
    { keys: 'Escape', label: info.escapes ? 'Close this window' : 'Leave the field', run: leaveFieldOrClose },
    { keys: 'Ctrl+L', label: 'Lock every window', run: () => void lock('asked'), always: true },
  ])

  const Screen = area?.screen
  return (
    <div className={`${classes['frame']} ${kind === 'wall' ? classes['bare'] : ''}`}>
      <main className={classes['main']} data-pane="screen">
        {Screen && open ? (
          <ScreenBoundary key={info.area} name={info.label}>
            <Suspense fallback={<LoadingLines />}>{route.area === info.area ? <Screen route={route} /> : null}</Suspense>
          </ScreenBoundary>
        ) : (
          <EmptyState>{area ? `${info.label} is not open to your roles.` : `${info.label} is not part of this Baton.`} Ctrl+W closes the window.</EmptyState>
        )}
      </main>
      {kind === 'wall' ? null : <StatusBar />}
      <Toast />
      <KeysOverlay />
      <AboutOverlay />
      <InStep />
      <HearCalls person={person} />
      <WindowsDialog />
    </div>
  )
}
