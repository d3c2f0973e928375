import { Suspense, useEffect, useRef, useSyncExternalStore } from 'react'
import { inRoom } from '../../api/room.ts'
import { EmptyState } from '../../components/EmptyState.tsx'
import { LoadingLines } from '../../components/LoadingLines.tsx'
import { Toast } from '../../components/Toast.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { keepBeside } from '../../stores/beside.ts'
import { beginPile } from '../../stores/board.ts'
import { goBack, navigate, redirect, useRoute } from '../../stores/route.ts'
import { useMay, usePerson } from '../../stores/session.ts'
import { Absences } from '../absence/AwayDialog.tsx'
import { AlertBar } from '../alerts/AlertBar.tsx'
import { CallCell } from '../calls/CallCell.tsx'
import { ByHand } from '../phoneOffice/ByHand.tsx'
import { OutageBar } from '../phoneOffice/OutageBar.tsx'
import { StatusCell } from '../phoneOffice/StatusCell.tsx'
import { Drafts } from '../drafts/Drafts.tsx'
import { Telephone } from '../calls/Telephone.tsx'
import { useRecordingPause } from '../calls/useRecordingPause.ts'
import { AboutOverlay } from '../help/AboutOverlay.tsx'
import { KeysOverlay } from '../help/KeysOverlay.tsx'
import { Palette } from '../help/Palette.tsx'
import { HubPanel } from '../workstations/HubPanel.tsx'
import { ExerciseDock } from '../practice/ExerciseDock.tsx'
import { PracticeBand } from '../practice/PracticeBand.tsx'
import { AREAS } from '../routes.tsx'
import { AnswersDialog } from '../scripts/AnswersDialog.tsx'
import { SearchBox } from '../search/SearchBox.tsx'
import { NewTaskDialog } from '../tasks/NewTaskDialog.tsx'
import { PersonMenu } from '../session/PersonMenu.tsx'
import { hasCalls, watchCallsHolder } from '../../stores/windows.ts'
import { HearCalls } from '../windows/HearCalls.tsx'
import { InStep } from '../windows/InStep.tsx'
import { useClosedWindows } from '../windows/useKeptPlace.ts'
import { WindowsDialog } from '../windows/WindowsDialog.tsx'
import { Rail } from './Rail.tsx'
import { ScreenBoundary } from './ScreenBoundary.tsx'
import classes from './Shell.module.css'
import { SoundKeeper } from './SoundKeeper.tsx'
import { StatusBar } from './StatusBar.tsx'

function leaveFieldOrGoBack(): void | false {
  const focused = document.activeElement
  // The first Escape only leaves the field: it never discards what is typed.
  if (focused instanceof HTMLElement && focused.matches('input, textarea, [contenteditable=true]')) return focused.blur()
  return goBack() ? undefined : false
}

/** Moves the focus to the next of the page's panes: rail, top bar, screen, panels. */
function nextPane(): void {
  const panes = [...document.querySelectorAll<HTMLElement>('[data-pane], main aside')].filter((pane) => pane.offsetParent !== null)
  // The innermost one: a list or a panel of a screen is a pane within the screen's.
  const current = panes.findLastIndex((pane) => pane.contains(document.activeElement))
  for (let step = 1; step <= panes.length; step++) {
    const pane = panes[(current + step) % panes.length]
    const target = pane?.querySelector<HTMLElement>('[role=row][tabindex="0"], input, textarea, button, a[href], [tabindex="0"]')
    if (target) return target.focus()
  }
}

/** The frame around every screen: rail, top bar, status bar; the screen fills the rest and scrolls inside itself. */
export function Shell() {
  const route = useRoute()
  const may = useMay()
  const practising = inRoom()
  const person = usePerson()
  // A tab that was duplicated is the same session: one of them has the pop and the keys of the telephone.
  const answersCalls = useSyncExternalStore(watchCallsHolder, hasCalls)
  useClosedWindows(person.userId)
  useRecordingPause()
  useEffect(() => beginPile(person.userId), [person.userId])
  const visible = AREAS.filter((area) => (area.permission === undefined || may(area.permission)) && !(practising && area.area === 'practice'))
  const area = visible.find((candidate) => candidate.area === route.area)
  const closed = area ? undefined : AREAS.find((candidate) => candidate.area === route.area)
  const home = visible.find((candidate) => candidate.icon !== undefined)?.area
  const begun = useRef(false)
  useEffect(() => {
    // Where the person may not be, the first screen opens at the start, as after a switch; later they are told, and Escape goes back.
    if (!area && home && !(closed && begun.current)) redirect(route, { area: home })
    begun.current = true
  }, [area, closed, home, route])

  // The customer whom one person kept open is not the next one’s.
  useEffect(() => () => keepBeside(null), [])

  useHotkeys('Everywhere', [
    { keys: ['Escape', 'Alt+ArrowLeft'], label: 'Back', run: leaveFieldOrGoBack },
    { keys: 'F6', label: 'Next pane', run: nextPane },
    ...visible.flatMap(({ area: name, label, letter }) => (letter === undefined ? [] : [{ keys: `Alt+Shift+${letter}`, label: `Go to ${label}`, run: () => navigate({ area: name }) }])),
  ])

  const Screen = area?.screen
  return (
    <div className={`${classes['app']} ${practising ? classes['practising'] : ''}`}>
      <Rail areas={visible} current={area?.area ?? ''} />
      <header className={classes['top']} data-pane="top">
        <SearchBox />
        <span className="sp" />
        <CallCell />
        <StatusCell />
        <PersonMenu />
      </header>
      {practising ? <PracticeBand /> : null}
      <OutageBar />
      <AlertBar />
      <main className={classes['main']} data-pane="screen">
        {Screen && area ? (
          <ScreenBoundary key={area.area} name={area.label}>
            <Suspense fallback={<LoadingLines />}>
              <Screen route={route} />
            </Suspense>
          </ScreenBoundary>
        ) : closed ? (
          <EmptyState>{closed.label} is not open to your roles. Escape goes back.</EmptyState>
        ) : null}
      </main>
      {practising ? <ExerciseDock /> : null}
      <StatusBar />
      {answersCalls ? <Telephone /> : <HearCalls person={person} />}
      <SoundKeeper />
      <Drafts />
      <Toast />
      <KeysOverlay />
      <Palette />
      <AboutOverlay />
      <NewTaskDialog />
      <AnswersDialog />
      <Absences />
      <HubPanel />
      <ByHand />
      <InStep />
      <WindowsDialog />
    </div>
  )
}
