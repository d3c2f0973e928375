import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { SIDE_WINDOWS, type WindowKind } from '../../shared/contract/windows.ts'
import { createSideWindows, type PlacedWindow } from './sideWindows.ts'
import { openWindowPlaces, type Rectangle } from './windowPlaces.ts'

const FIRST: Rectangle = { x: 0, y: 0, width: 2560, height: 1400 }
const SECOND: Rectangle = { x: 2560, y: 0, width: 1920, height: 1040 }

class FakeWindow implements PlacedWindow {
  bounds: Rectangle
  readonly handlers = new Map<string, () => void>()
  readonly done: string[] = []
  maximized = false
  destroyed = false

  constructor(bounds: Rectangle) {
    this.bounds = bounds
  }

  getNormalBounds = (): Rectangle => this.bounds
  isMaximized = (): boolean => this.maximized
  maximize = (): void => void (this.maximized = true)
  isMinimized = (): boolean => true
  restore = (): void => void this.done.push('restore')
  show = (): void => void this.done.push('show')
  focus = (): void => void this.done.push('focus')
  isDestroyed = (): boolean => this.destroyed

  on(event: 'close' | 'closed', handler: () => void): void {
    this.handlers.set(event, handler)
  }

  destroy(): void {
    this.destroyed = true
    this.handlers.get('closed')?.()
  }

  /** As somebody closes it. */
  close(): void {
    this.handlers.get('close')?.()
    this.destroy()
  }
}

function desktop(path = join(tmpdir(), `baton-side-${randomUUID()}`, 'none.json'), areas: readonly Rectangle[] = [FIRST, SECOND]) {
  const opened: { readonly address: string; readonly window: FakeWindow; readonly focused: boolean }[] = []
  let mainShown = 0
  const places = openWindowPlaces(path)
  const sides = createSideWindows({
    open(address, bounds, focused) {
      const window = new FakeWindow(bounds)
      opened.push({ address, window, focused })
      return window
    },
    showMain: () => (mainShown += 1),
    areas: () => areas,
    places,
  })
  const show = (window: WindowKind, userId = 'ana'): void => sides.follow({ what: { kind: 'show', window }, userId, clientId: 'the-page' })
  return { opened, places, sides, show, mainShown: () => mainShown }
}

it('opens one window of each kind, as a page of the session that asked, on another display', () => {
  const { opened, show, mainShown } = desktop()
  for (const kind of SIDE_WINDOWS) show(kind)
  show('trays')
  show('main')
  expect(opened.map(({ address }) => address)).toEqual(SIDE_WINDOWS.map((kind) => `app://baton/?window=${kind}#belongs-to=the-page`))
  expect(opened[2]?.window.done).toEqual(['restore', 'show', 'focus'])
  expect(opened.every(({ window }) => window.bounds.x >= SECOND.x)).toBe(true)
  expect(mainShown()).toBe(1)
})

it('opens again what was open when Baton was left, where it stood, and not what was closed', () => {
  const { opened, places, sides, show } = desktop()
  show('trays')
  show('wall')
  show('alerts')
  const [trays, , alerts] = opened
  if (!trays || !alerts) throw new Error('Nothing was opened')
  trays.window.bounds = { x: 3000, y: 100, width: 900, height: 700 }
  alerts.window.close()
  sides.closeAll()
  expect(places.open('ana')).toEqual(['trays', 'wall'])
  sides.follow({ what: { kind: 'reopen' }, userId: 'somebody else', clientId: 'p' })
  expect(opened).toHaveLength(3)
  sides.follow({ what: { kind: 'reopen' }, userId: 'ana', clientId: 'p' })
  sides.follow({ what: { kind: 'reopen' }, userId: 'ana', clientId: 'p' })
  expect(opened.slice(3).map(({ window }) => window.bounds.x)).toEqual([3000, SECOND.x + 80])
  // Whoever signs in and types goes on typing.
  expect(opened.map(({ focused }) => focused)).toEqual([true, true, true, false, false])
  // The wall fills its display, as it did.
  expect(opened.slice(3).map(({ window }) => window.maximized)).toEqual([false, true])
})

it('brings a window back whose display is gone', () => {
  const { opened, places, show } = desktop(undefined, [FIRST])
  places.put('ana', 'trays', { x: 3000, y: 100, width: 900, height: 700, maximized: false, open: false })
  show('trays')
  expect(opened[0]?.window.bounds).toEqual({ x: FIRST.width - 900, y: 100, width: 900, height: 700 })
})
