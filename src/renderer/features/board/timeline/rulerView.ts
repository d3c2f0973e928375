import type { Instant } from '../../../../shared/base/time.ts'
import { type Axis, type Tick, ticksOf, type WallClock, xOf } from './axis.ts'
import { element, recycle, setAttribute, type Shown } from './elements.ts'
import classes from './timeline.module.css'
import { inSight, type Stretch } from './windowing.ts'

/** The head over the rows: how many stand there, the hours or days across, what time it is now. */
export interface RulerView {
  readonly root: HTMLElement
  /** The lines of hours and days, and the hand of the clock, behind the rows. */
  readonly behind: HTMLElement
  /** What the corner says of the rows: `25 technicians`. */
  tell(words: string): void
  show(axis: Axis, clock: WallClock, hourWidth: number, stretch: Stretch, now: Instant): void
}

/** A tick's label is about this wide, px: it is drawn while any of it is in sight. */
const LABEL_WIDTH = 90
const NARROWEST_WITH_CLOCK = 24
/** What the clock takes of the ruler around the hand, and an hour's label from its line on; px. */
const CLOCK_REACH = 28
const HOUR_REACH = [4, 40] as const

export function createRulerView(): RulerView {
  const root = element('div', classes['ruler'], 'row')
  const corner = element('div', classes['corner'], 'columnheader')
  const count = element('span', undefined)
  const left = element('span', undefined)
  const hours = element('div', classes['hours'], 'columnheader')
  const title = element('b', 'spoken')
  const badge = element('div', classes['clock'])
  const behind = element('div', classes['behind'])
  const past = element('div', classes['past'])
  const hand = element('div', classes['now'])
  root.setAttribute('aria-rowindex', '1')
  left.textContent = 'left'
  title.textContent = 'Visits by time'
  corner.append(count, left)
  hours.append(title, badge)
  root.append(corner, hours)
  behind.append(past, hand)
  for (const silent of [badge, behind]) silent.setAttribute('aria-hidden', 'true')

  let ticks: readonly Tick[] = []
  let ticksFor: { readonly axis: Axis; readonly hourWidth: number } | null = null
  let labels: readonly Shown[] = []
  let lines: readonly Shown[] = []
  const labelPool: Shown[] = []
  const linePool: Shown[] = []
  const makeLabel = (): Shown => {
    const label = element('span', undefined)
    label.setAttribute('aria-hidden', 'true')
    return { root: label, key: '' }
  }
  const makeLine = (): Shown => ({ root: element('i', undefined), key: '' })

  /** @param clockAt where the clock lies over the ruler, px; an hour of which only a digit would be seen is left out */
  const showTicks = (axis: Axis, hourWidth: number, stretch: Stretch, clockAt: number | null): void => {
    const seen = ticks.filter(({ at }) => inSight(stretch, xOf(axis, hourWidth, at), LABEL_WIDTH))
    const keys = seen.map(({ at }) => String(at))
    labels = recycle(hours, labels, keys, labelPool, makeLabel, badge)
    lines = recycle(behind, lines, keys, linePool, makeLine, hand)
    seen.forEach(({ at, label, day }, index) => {
      const [word, line] = [labels[index]?.root, lines[index]?.root]
      if (!word || !line) return
      const x = Math.round(xOf(axis, hourWidth, at))
      const place = `translateX(${x}px)`
      word.style.visibility = !day && clockAt !== null && x + HOUR_REACH[0] < clockAt + CLOCK_REACH && x + HOUR_REACH[1] > clockAt - CLOCK_REACH ? 'hidden' : ''
      word.style.transform = place
      line.style.transform = place
      if (word.textContent !== label) word.textContent = label
      word.className = (day ? classes['dayLabel'] : classes['hourLabel']) ?? ''
      line.className = (day ? classes['dayLine'] : classes['hourLine']) ?? ''
    })
  }

  return {
    root,
    behind,
    tell(words) {
      if (count.textContent !== words) count.textContent = words
    },
    show(axis, clock, hourWidth, stretch, now) {
      if (!ticksFor || ticksFor.axis !== axis || ticksFor.hourWidth !== hourWidth) {
        ticks = ticksOf(axis, clock, hourWidth)
        ticksFor = { axis, hourWidth }
      }
      const here = now >= axis.startsAt && now <= axis.endsAt
      const hasClock = here && hourWidth >= NARROWEST_WITH_CLOCK
      showTicks(axis, hourWidth, stretch, hasClock ? Math.round(xOf(axis, hourWidth, now)) : null)
      for (const mark of [past, hand, badge]) setAttribute(mark, 'hidden', here ? null : '')
      if (!here) return
      const x = Math.round(xOf(axis, hourWidth, now))
      past.style.width = `${x}px`
      hand.style.transform = `translateX(${x}px)`
      badge.style.transform = `translateX(${x}px)`
      // In a week the days' names come first.
      setAttribute(badge, 'hidden', hasClock ? null : '')
      const words = clock.time(now)
      if (badge.textContent !== words) badge.textContent = words
    },
  }
}
