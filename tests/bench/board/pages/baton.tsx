import '@fontsource-variable/ibm-plex-sans/wdth.css'
import '../../../../src/renderer/theme/base.css'
import { useLayoutEffect, useRef } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { HOUR } from '../../../../src/shared/base/time.ts'
import type { BoardDay } from '../../../../src/shared/contract/methods/dispatch.ts'
import board from '../../../../src/renderer/features/board/board.module.css'
import { axisOf, wallClock } from '../../../../src/renderer/features/board/timeline/axis.ts'
import { USUAL } from '../../../../src/renderer/features/board/timeline/arrangement.ts'
import type { BoardModel } from '../../../../src/renderer/features/board/timeline/boardModel.ts'
import { BoardTimeline, type BoardTimelineHandle } from '../../../../src/renderer/features/board/timeline/BoardTimeline.tsx'
import { SMALL_ROWS } from '../../../../src/renderer/features/board/timeline/windowing.ts'
import { useBarPress } from '../../../../src/renderer/features/board/useBarPress.ts'
import { useBoardModel } from '../../../../src/renderer/features/board/useBoardModel.ts'
import { setPending } from '../../../../src/renderer/stores/board.ts'
import { cssVariables } from '../../../../src/renderer/theme/variables.ts'
import { askedSize, makeDays } from '../boardData.ts'
import { fullDay, nowIn } from '../fullDay.ts'
import { install } from '../harness.ts'

/** Baton's own board as its screen has it: the model, the timeline, the hand and the store of what is on its way. */

const HOUR_WIDTH = 120
const size = askedSize()
const days = makeDays(size.technicians, size.visitsEach)
const now = nowIn(days)
let day = fullDay(days)
let model: BoardModel | null = null

document.documentElement.dataset['theme'] = 'light'
const variables = document.createElement('style')
variables.textContent = cssVariables()
document.head.append(variables)
const axis = axisOf(day)
const clock = wallClock(day.zone)
const home = { startsAt: days.from + 6 * HOUR, endsAt: days.from + 18 * HOUR }
const person = { mayOverbook: true }
const nothing = (): void => undefined

function BenchBoard({ shown }: { readonly shown: BoardDay }) {
  const handle = useRef<BoardTimelineHandle>(null)
  const own = useBoardModel(shown, now, USUAL)
  useLayoutEffect(() => {
    model = own
  }, [own])
  const press = useBarPress({ model: own, clock, handle, person, mayPlan: true, open: nothing })
  return (
    <div className={board['screen']} style={{ height: 880, gridTemplate: 'minmax(0, 1fr) / minmax(0, 1fr)' }}>
      <div className={board['board']}>
        <div className={board['stage']}>
          <BoardTimeline
            model={own}
            handle={handle}
            label="Board"
            axis={axis}
            clock={clock}
            home={home}
            zoom={HOUR_WIDTH}
            heights={SMALL_ROWS}
            headWidth={168}
            large={false}
            now={now}
            onPress={(event, source, grip) => press(event, source, source.dataset['visit'] ?? '', grip)}
            onOpen={nothing}
            onHead={nothing}
            onTime={nothing}
            canExtend={() => true}
            onZoomed={nothing}
            onAcross={nothing}
          />
        </div>
      </div>
    </div>
  )
}

const root = createRoot(document.getElementById('root') ?? document.body)
const show = (): void => flushSync(() => root.render(<BenchBoard shown={day} />))

install({
  barSelector: '[data-bar]',
  mount: show,
  move(id, by, technicianId) {
    const visit = model?.visit(id)
    if (!visit || visit.startsAt === null || visit.endsAt === null) throw new Error(`${id} has no place`)
    setPending(id, { technicianId, startsAt: visit.startsAt + by, endsAt: visit.endsAt + by, state: visit.state, version: visit.version + 1 })
  },
  scroller: () => document.querySelector('[data-testid=board]') ?? document.body,
  answer() {
    // As it comes over the line: everything is a new object.
    const next = structuredClone(day)
    const other = next.planned[Math.floor(Math.random() * next.planned.length)]
    if (other?.startsAt != null && other.endsAt !== null) {
      other.startsAt += 10 * 60_000
      other.endsAt += 10 * 60_000
      other.version += 1
    }
    return () => {
      day = next
      show()
    }
  },
})
