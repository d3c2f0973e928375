import { element, setAttribute, type Shown } from './elements.ts'
import { barId, type BarMarks } from './barView.ts'
import type { PlacedBlock } from './placing.ts'
import classes from './timeline.module.css'

/** Time that is kept beside visits, on a technician's row: an element that shows one block after the other. */
export interface BlockView extends Shown {
  show(block: PlacedBlock, column: number, marks: BarMarks): void
}

/** A block narrower than this, px, has room for no word. */
const NARROWEST_WORD = 28

export function createBlockView(): BlockView {
  const root = element('div', classes['block'], 'gridcell')
  const words = element('span', undefined)
  root.append(words)
  let shown: { readonly block: PlacedBlock; readonly column: number; readonly marks: BarMarks } | null = null
  return {
    root,
    key: '',
    show(block, column, marks) {
      if (shown?.block === block && shown.column === column && shown.marks === marks) return
      if (shown?.block !== block) {
        const { key, x, width, kind } = block
        root.className = `${classes['block']} ${classes[kind]}`
        root.style.transform = `translateX(${x}px)`
        root.style.width = `${width}px`
        words.textContent = width < NARROWEST_WORD ? '' : block.words
        root.id = barId(key)
        root.dataset['cell'] = key
        root.setAttribute('aria-label', block.spoken)
      }
      if (shown?.column !== column) root.setAttribute('aria-colindex', String(column))
      shown = { block, column, marks }
      setAttribute(root, 'aria-selected', String(marks.chosenIds.size === 0 && block.key === marks.currentKey))
      setAttribute(root, 'tabindex', block.key === marks.tabStopKey ? '0' : '-1')
    },
  }
}
