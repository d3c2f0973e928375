import type { Instant } from '../../../../shared/base/time.ts'
import { promisedWords } from '../boardWords.ts'
import type { BarModel } from '../boardLayout.ts'
import { element, setAttribute, type Shown } from './elements.ts'
import { barLabel, marksOf, marksTitle, type PlacedBar, type Scale, sizeOf, tentativeWord } from './placing.ts'
import classes from './timeline.module.css'

export const barId = (key: string): string => `visit-${key}`

/** What a person has in hand on the board. */
export interface BarMarks {
  /** The bar with the focus, or which had it last. */
  readonly currentKey: string | null
  /** Where Tab leads into the board. */
  readonly tabStopKey: string | null
  /** Visits chosen together; empty where only the current one is meant. */
  readonly chosenIds: ReadonlySet<string>
  /** The visit that another one can't lie over. */
  readonly inTheWayId: string | null
  /** What was lifted and is on its way with the hand. */
  readonly liftedIds: ReadonlySet<string>
  /** Who has just changed a visit elsewhere, by the visit. */
  readonly changedBy: ReadonlyMap<string, string>
}

/** A visit on a technician's row: an element that shows one bar after the other. */
export interface BarView extends Shown {
  show(bar: BarModel, placed: PlacedBar, column: number, scale: Scale, now: Instant, marks: BarMarks): void
}

/** Slimmer than this, in px, a bar's text is small. */
const SLIM = 16
/** A bar with a sign that is narrower than this, in px, has no room for a letter of the name. */
const NAMELESS = 48

const samePlace = (left: PlacedBar, right: PlacedBar): boolean => left.x === right.x && left.y === right.y && left.width === right.width && left.height === right.height

export function createBarView(): BarView {
  const root = element('div', classes['bar'], 'gridcell')
  const name = document.createTextNode('')
  const type = element('span', classes['type'])
  root.append(name, type)
  let signs: HTMLElement | null = null
  let word: HTMLElement | null = null
  let promised: HTMLElement | null = null
  let shown: { readonly bar: BarModel; readonly placed: PlacedBar; readonly column: number; readonly scale: Scale; readonly now: Instant; readonly marks: BarMarks } | null = null

  const showSigns = (bar: BarModel, scale: Scale, now: Instant, width: number): void => {
    const marks = marksOf(bar, sizeOf(width))
    if (marks.length === 0) {
      signs?.remove()
      signs = null
      setAttribute(root, 'data-signs', null)
      return
    }
    signs ??= element('i', classes['signs'])
    if (!signs.isConnected) root.append(signs)
    signs.title = marksTitle(bar, scale.clock, now)
    while (signs.childElementCount > marks.length) signs.lastElementChild?.remove()
    marks.forEach((mark, index) => {
      const sign = signs?.children[index] ?? signs?.appendChild(element('i', undefined))
      if (sign) sign.className = `${classes['sign']} ${classes[`sign-${mark}`]}`
    })
    setAttribute(root, 'data-signs', String(marks.length))
  }

  const showWord = (tentative: boolean, width: number): void => {
    if (!tentative) {
      word?.remove()
      word = null
      return
    }
    word ??= element('i', classes['tentativeWord'])
    if (!word.isConnected) type.after(word)
    word.textContent = tentativeWord(width)
  }

  const showPromised = (words: string | null): void => {
    if (words === null) {
      promised?.remove()
      promised = null
      return
    }
    promised ??= element('span', classes['promised'])
    if (!promised.isConnected) root.append(promised)
    promised.textContent = words
  }

  return {
    root,
    key: '',
    show(bar, placed, column, scale, now, marks) {
      const { visit, key } = bar
      if (shown?.bar === bar && shown.placed === placed && shown.column === column && shown.scale === scale && shown.now === now && shown.marks === marks) return
      if (!shown || shown.bar !== bar || !samePlace(shown.placed, placed) || shown.scale !== scale || shown.now !== now) {
        const size = sizeOf(placed.width)
        const { style } = root
        style.transform = `translate(${placed.x}px,${placed.y}px)`
        style.width = `${placed.width}px`
        style.height = `${placed.height}px`
        root.className = [
          classes['bar'],
          classes[visit.state],
          size === 'wide' ? '' : classes[size],
          placed.height < SLIM ? classes['slim'] : '',
          size === 'narrow' && placed.width < NAMELESS && marksOf(bar, size).length > 0 ? classes['nameless'] : '',
          visit.tentative ? classes['tentative'] : '',
          visit.endsAt === visit.startsAt ? classes['point'] : '',
          bar.role === 'crew' ? classes['goesAlong'] : '',
        ].join(' ')
        name.data = visit.shortName
        type.textContent = ` ${visit.jobTypeName}`
        showWord(visit.tentative, placed.width)
        showPromised(scale.large && size !== 'tiny' && placed.height >= 2 * SLIM ? promisedWords(visit) : null)
        showSigns(bar, scale, now, placed.width)
        root.id = barId(key)
        root.dataset['visit'] = visit.id
        root.dataset['bar'] = key
        root.setAttribute('aria-label', barLabel(bar, scale.clock, now))
      }
      if (shown?.column !== column) root.setAttribute('aria-colindex', String(column))
      shown = { bar, placed, column, scale, now, marks }
      const selected = marks.chosenIds.size === 0 ? key === marks.currentKey : marks.chosenIds.has(visit.id)
      setAttribute(root, 'aria-selected', String(selected))
      setAttribute(root, 'tabindex', key === marks.tabStopKey ? '0' : '-1')
      setAttribute(root, 'data-in-the-way', visit.id === marks.inTheWayId ? '' : null)
      setAttribute(root, 'data-changed-by', marks.changedBy.get(visit.id) ?? null)
      setAttribute(root, 'data-lifted', marks.liftedIds.has(visit.id) ? '' : null)
    },
  }
}
