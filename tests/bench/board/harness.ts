/** What each page of the comparison can be asked to do, in the page itself; the driver asks all of them alike. */

export interface BoardUnderTest {
  /** A visit on the screen. */
  readonly barSelector: string
  mount(): void
  /** Moves a visit by so many ms and to another technician. */
  move(visitId: string, by: number, technicianId: string): void
  scroller(axis: 'x' | 'y'): Element
  /** Where nothing scrolls sideways: shows the days from so many px on. */
  showFrom?(px: number): void
  /** Shows what a colleague changed, as it comes from the backend with everything else. */
  answer?(): () => void
}

export interface Bench {
  /** Milliseconds until the board is painted. */
  mount(): Promise<{ readonly painted: number }>
  /** Milliseconds of each, synchronous and until the frame that shows it is painted. */
  moves(moves: readonly (readonly [string, number, string])[]): Promise<readonly (readonly [number, number])[]>
  scroll(axis: 'x' | 'y', frames: number, px: number): Promise<{ readonly frames: readonly number[] }>
  answers?(times: number): Promise<readonly number[]>
  barRect(): { readonly x: number; readonly y: number } | null
  recStart(): void
  recStop(): readonly number[]
}

declare global {
  interface Window {
    bench: Bench
    ready: boolean
  }
}

const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve))

/** Two frames: what was changed before them is painted. */
async function settled(): Promise<void> {
  await frame()
  await frame()
}

/** The first task after the next frame's callbacks, which runs once that frame is painted. */
function painted(): Promise<number> {
  return new Promise((resolve) =>
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => resolve(performance.now())
      port2.postMessage(null)
    }),
  )
}

/** Frames after a move in which a library may still be drawing it. */
const DRAWN_WITHIN = 4
/** A hand and a colleague come at any time between two frames. */
const between = (index: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20 + ((index * 7) % 17)))

/** When the last of what `act` changes in the page has been painted. */
async function paintedAfter(act: () => void): Promise<{ readonly sync: number; readonly painted: number }> {
  const seen = new MutationObserver(() => undefined)
  seen.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true })
  const started = performance.now()
  act()
  const sync = performance.now() - started
  let shown = Number.NaN
  for (let looked = 0; looked < DRAWN_WITHIN; looked++) {
    const at = await painted()
    if (seen.takeRecords().length > 0 || Number.isNaN(shown)) shown = at
  }
  seen.disconnect()
  return { sync, painted: shown - started }
}

export function install(board: BoardUnderTest): void {
  let recorded: number[] | null = null
  const bars = (): NodeListOf<Element> => document.querySelectorAll(board.barSelector)
  window.bench = {
    async mount() {
      const started = performance.now()
      board.mount()
      await settled()
      for (let waited = 0; bars().length === 0 && waited < 6000; waited++) await frame()
      await settled()
      return { painted: performance.now() - started }
    },
    async moves(moves) {
      const took: [number, number][] = []
      for (const [visitId, by, technicianId] of moves) {
        await between(took.length)
        const { sync, painted: shown } = await paintedAfter(() => board.move(visitId, by, technicianId))
        took.push([sync, shown])
      }
      return took
    },
    async scroll(axis, frames, px) {
      const element = board.scroller(axis)
      const took: number[] = []
      let last = await frame()
      let direction = 1
      let at = axis === 'x' ? (board.showFrom ? 0 : element.scrollLeft) : element.scrollTop
      for (let index = 0; index < frames; index++) {
        if (axis === 'x' && board.showFrom) {
          at += direction * px
          board.showFrom(at)
          if (index === Math.floor(frames / 2)) direction = -1
        } else {
          const most = axis === 'x' ? element.scrollWidth - element.clientWidth : element.scrollHeight - element.clientHeight
          at += direction * px
          if (at >= most || at <= 0) direction = -direction
          if (axis === 'x') element.scrollLeft = at
          else element.scrollTop = at
        }
        const now = await frame()
        took.push(now - last)
        last = now
      }
      return { frames: took }
    },
    ...(board.answer
      ? {
          async answers(times: number) {
            const took: number[] = []
            for (let time = 0; time < times; time++) {
              const show = board.answer?.()
              const started = performance.now()
              show?.()
              took.push(performance.now() - started)
              await settled()
            }
            return took
          },
        }
      : {}),
    barRect() {
      for (const bar of bars()) {
        const { left, right, top, bottom } = bar.getBoundingClientRect()
        if (left <= 500 || right >= 1300 || top <= 250 || bottom >= 600) continue
        const [x, y] = [(left + right) / 2, (top + bottom) / 2]
        if (document.elementFromPoint(x, y)?.closest(board.barSelector) === bar) return { x, y }
      }
      return null
    },
    recStart() {
      const frames: number[] = []
      recorded = frames
      let last = performance.now()
      const note = (now: number): void => {
        if (recorded !== frames) return
        frames.push(now - last)
        last = now
        requestAnimationFrame(note)
      }
      requestAnimationFrame(note)
    },
    recStop() {
      const frames = recorded ?? []
      recorded = null
      return frames
    },
  }
  window.ready = true
}
