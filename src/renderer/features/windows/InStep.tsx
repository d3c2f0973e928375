import { useEffect, useRef } from 'react'
import { isPlausibleDay } from '../../../shared/base/time.ts'
import { isFilling, openVisit, selectVisit, useBoardStore } from '../../stores/board.ts'
import { currentRoute, navigate, parseRoute, type Route, useRoute } from '../../stores/route.ts'
import { toast } from '../../stores/toast.ts'
import { askWindows, hasCalls, hearWindows, isOpen, sideWindow, tellWindows } from '../../stores/windows.ts'

/** The screens that show the same day and the same visit. */
const SHARING: ReadonlySet<string> = new Set(['board', 'map', 'trays'])

/** A visit opened from another window: on the board window where there is one, else in the main window. */
function opensHere(): boolean {
  return sideWindow === 'board' || (sideWindow === null && hasCalls() && !isOpen('board'))
}

function openOnBoard(visitId: string, day: string | null): void {
  const route = currentRoute()
  if (route.area !== 'board' || (route.query['day'] ?? null) !== day) navigate({ area: 'board', query: { ...(day === null ? {} : { day }), visit: visitId } })
  openVisit(visitId)
  window.focus()
}

/** Opens it here, unless somebody is in the middle of a form: then it is said why not, where they look. */
function openUnlessFilling(visitId: string, day: string | null): void {
  if (!isFilling()) return openOnBoard(visitId, day)
  window.focus()
  toast('A form is open here. Finish it or press Escape, then open the visit again.')
}

/** Shows another day on this screen, without a step to come back to. */
function turnTo(route: Route, day: string | null): void {
  if (!SHARING.has(route.area) || (route.query['day'] ?? null) === day || (day !== null && !isPlausibleDay(day))) return
  navigate({ area: route.area, path: route.path, query: day === null ? {} : { day } }, { replace: true })
}

/** Keeps this window in step with the others of the session: the day, the chosen visit, and what is opened from another window. */
export function InStep() {
  const route = useRoute()
  const selectedId = useBoardStore((store) => store.selectedId)
  const shares = SHARING.has(route.area)
  const day = shares ? (route.query['day'] ?? null) : undefined
  /** What was said or heard last, so that nothing is said back. */
  const last = useRef({ selectedId, day })

  useEffect(() => {
    if (last.current.selectedId === selectedId) return
    last.current.selectedId = selectedId
    tellWindows({ t: 'select', visitId: selectedId })
  }, [selectedId])

  useEffect(() => {
    if (day === undefined || last.current.day === day) return
    last.current.day = day
    tellWindows({ t: 'day', day })
  }, [day])

  useEffect(() => {
    const stop = hearWindows((message) => {
      if (message.t === 'select') {
        if (isFilling()) return
        last.current.selectedId = message.visitId
        selectVisit(message.visitId)
      } else if (message.t === 'day') {
        if (isFilling()) return
        last.current.day = message.day
        turnTo(currentRoute(), message.day)
      } else if (message.t === 'here' && message.asks && last.current.day !== undefined) {
        tellWindows({ t: 'day', day: last.current.day })
        if (last.current.selectedId !== null) tellWindows({ t: 'select', visitId: last.current.selectedId })
      } else if (message.t === 'open' && opensHere()) openUnlessFilling(message.visitId, message.day)
      else if (message.t === 'go' && sideWindow === null && hasCalls()) {
        navigate(parseRoute(message.hash))
        window.focus()
      }
    })
    // Only now is the answer heard.
    askWindows()
    return stop
  }, [])
  return null
}
