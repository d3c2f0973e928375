import type { Corner } from '../../stores/calls.ts'

/** Where the pop appears: it chooses once, before it is seen, and never moves. */

export interface Point {
  readonly x: number
  readonly y: number
}

/** The pop's size in pixels, fixed so that an answer that comes later moves nothing. */
export const POP_WIDTH = 384
export const POP_HEIGHT = 328

/** Gaps to the frame: rail 64, top bar 44, status bar 24, 16 of air. */
export const POP_INSETS = { left: 80, right: 16, top: 60, bottom: 40 } as const

/** In the order in which they are preferred where two are as far: bottom right is where people look for it. */
const CORNERS: readonly Corner[] = ['bottomRight', 'topRight', 'bottomLeft', 'topLeft']

function middleOf(corner: Corner, viewport: { readonly width: number; readonly height: number }): Point {
  const right = corner === 'bottomRight' || corner === 'topRight'
  const bottom = corner === 'bottomRight' || corner === 'bottomLeft'
  return {
    x: right ? viewport.width - POP_INSETS.right - POP_WIDTH / 2 : POP_INSETS.left + POP_WIDTH / 2,
    y: bottom ? viewport.height - POP_INSETS.bottom - POP_HEIGHT / 2 : POP_INSETS.top + POP_HEIGHT / 2,
  }
}

/** The corner farthest from where somebody types; bottom right where nobody does. */
export function farthestCorner(caret: Point | null, viewport: { readonly width: number; readonly height: number }): Corner {
  if (!caret) return 'bottomRight'
  let best: Corner = 'bottomRight'
  let farthest = -1
  for (const corner of CORNERS) {
    const { x, y } = middleOf(corner, viewport)
    const distance = Math.hypot(x - caret.x, y - caret.y)
    if (distance > farthest + 0.5) {
      farthest = distance
      best = corner
    }
  }
  return best
}

const TYPING = 'input:not([type=checkbox]):not([type=radio]):not([type=button]), textarea, [contenteditable=true]'

/** The middle of the field somebody types in, as near to the caret as a page can tell cheaply. */
function caretPoint(): Point | null {
  const focused = document.activeElement
  if (!(focused instanceof HTMLElement) || !focused.matches(TYPING)) return null
  const { left, top, width, height } = focused.getBoundingClientRect()
  return { x: left + width / 2, y: top + height / 2 }
}

/** The pop's corner for a person at this page, now. */
export function placeNow(): Corner {
  return farthestCorner(caretPoint(), { width: window.innerWidth, height: window.innerHeight })
}
