import { describe, expect, test, vi } from 'vitest'
import { createHotkeyRegistry, DIALOG_LAYER, type Hotkey, type KeyPress, LOCK_LAYER, normalizeKeys, pressedKeys, reachesScreen, RESTING_LAYER, SCREEN_LAYER } from './hotkeyRegistry.ts'
import { keycapText } from './Keycap.tsx'

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({ key, code: '', ctrlKey: false, altKey: false, shiftKey: false, metaKey: false, ...held })
const event = {} as KeyboardEvent
const hotkey = (keys: string, run: Hotkey['run'], more: Partial<Hotkey> = {}): Hotkey => ({ keys, label: keys, run, ...more })

describe('how keys are spelled', () => {
  test.each([
    ['ctrl+Enter', 'Ctrl+Enter'],
    ['Shift+Ctrl+k', 'Ctrl+Shift+K'],
    ['j', 'J'],
    ['?', '?'],
    ['+', '+'],
  ])('%s is %s', (written, spelled) => expect(normalizeKeys(written)).toBe(spelled))

  test.each([
    [press('j'), 'J'],
    [press('?', { shiftKey: true }), '?'],
    [press('D', { shiftKey: true }), 'Shift+D'],
    // Caps lock is not Shift.
    [press('D'), 'D'],
    [press('F8', { shiftKey: true }), 'Shift+F8'],
    [press('Enter', { ctrlKey: true }), 'Ctrl+Enter'],
    [press('k', { ctrlKey: true, code: 'KeyK' }), 'Ctrl+K'],
    // A layout that types another character with Alt still means the letter on the key.
    [press('\u00e5', { altKey: true, code: 'KeyA' }), 'Alt+A'],
    [press('ArrowDown', { altKey: true }), 'Alt+ArrowDown'],
  ])('a press is read as %#: %s', (pressed, spelled) => expect(pressedKeys(pressed, false)).toBe(spelled))

  test('on a Mac, Cmd is Ctrl, Ctrl with Option is Alt, and Option alone types', () => {
    expect(pressedKeys(press('k', { metaKey: true, code: 'KeyK' }), true)).toBe('Ctrl+K')
    expect(pressedKeys(press('w', { ctrlKey: true, altKey: true, code: 'KeyW' }), true)).toBe('Alt+W')
    expect(pressedKeys(press('\u2211', { altKey: true, code: 'KeyW' }), true)).toBe('\u2211')
  })

  test('keycaps show signs and spaces', () => {
    expect(keycapText('Ctrl+Enter', false)).toBe('Ctrl Enter')
    expect(keycapText('Alt+ArrowDown', false)).toBe('Alt \u2193')
    expect(keycapText('Ctrl+K', true)).toBe('\u2318 K')
  })
})

describe('which keys reach the screen', () => {
  test.each([
    ['J', 'field', false],
    ['1', 'field', false],
    ['ArrowDown', 'field', false],
    ['Enter', 'field', false],
    ['Shift+Tab', 'field', false],
    ['Ctrl+Enter', 'field', true],
    ['Alt+W', 'field', true],
    ['Shift+D', 'field', false],
    ['F8', 'field', true],
    ['Shift+F8', 'field', true],
    ['Escape', 'field', true],
    ['J', 'button', true],
    ['Enter', 'button', false],
    [' ', 'button', false],
    ['Enter', 'none', true],
    // Typing is taken back where it was the last thing done; else the last act is.
    ['Ctrl+Z', 'typed', false],
    ['Ctrl+Shift+Z', 'typed', false],
    ['Ctrl+Z', 'field', true],
    ['Ctrl+Enter', 'typed', true],
    ['J', 'typed', false],
  ] as const)('%s with the focus on a %s: %s', (keys, focus, reaches) => expect(reachesScreen(keys, focus)).toBe(reaches))
})

describe('who gets a key', () => {
  test('the newest of those who listen', () => {
    const registry = createHotkeyRegistry()
    const [older, newer] = [vi.fn(), vi.fn()]
    registry.add({ title: 'Shell', layer: SCREEN_LAYER, hotkeys: [hotkey('J', older)] })
    const remove = registry.add({ title: 'List', layer: SCREEN_LAYER, hotkeys: [hotkey('j', newer)] })
    expect(registry.press('J', 'none', event)).toBe(true)
    remove()
    registry.press('J', 'none', event)
    expect([older.mock.calls.length, newer.mock.calls.length]).toEqual([1, 1])
  })

  test('the next one, where the first passes it on', () => {
    const registry = createHotkeyRegistry()
    const back = vi.fn()
    registry.add({ title: 'Shell', layer: SCREEN_LAYER, hotkeys: [hotkey('Escape', back)] })
    registry.add({ title: 'Panel', layer: SCREEN_LAYER, hotkeys: [hotkey('Escape', () => false)] })
    expect(registry.press('Escape', 'none', event)).toBe(true)
    expect(back).toHaveBeenCalledOnce()
    expect(registry.press('Q', 'none', event)).toBe(false)
  })

  test('with Shift, whoever asked for Shift; else whoever asked for the letter', () => {
    const registry = createHotkeyRegistry()
    const [one, both] = [vi.fn(), vi.fn()]
    registry.add({ title: 'Customer', layer: SCREEN_LAYER, hotkeys: [hotkey('Shift+D', one)] })
    registry.add({ title: 'Panel', layer: SCREEN_LAYER, hotkeys: [hotkey('D', both)] })
    expect(registry.press('Shift+D', 'none', event)).toBe(true)
    expect([one.mock.calls.length, both.mock.calls.length]).toEqual([1, 0])
    registry.add({ title: 'List', layer: SCREEN_LAYER, hotkeys: [hotkey('J', both)] })
    expect(registry.press('Shift+J', 'none', event)).toBe(true)
    expect(both).toHaveBeenCalledOnce()
    expect(registry.press('Shift+J', 'field', event)).toBe(false)
  })

  test('never what only rests beside the work, however late it came', () => {
    const registry = createHotkeyRegistry()
    const [worked, resting] = [vi.fn(), vi.fn()]
    registry.add({ title: 'Timeline', layer: SCREEN_LAYER, hotkeys: [hotkey('J', worked)] })
    registry.add({ title: 'Timeline', layer: RESTING_LAYER, hotkeys: [hotkey('J', resting), hotkey('Enter', resting)] })
    expect(registry.press('J', 'none', event)).toBe(true)
    expect(registry.press('Enter', 'none', event)).toBe(false)
    expect([worked.mock.calls.length, resting.mock.calls.length]).toEqual([1, 0])
  })

  test('only the dialog while one is open, except for answering the phone; nobody beneath the lock', () => {
    const registry = createHotkeyRegistry()
    const [list, answer, confirm] = [vi.fn(), vi.fn(), vi.fn()]
    registry.add({ title: 'List', layer: SCREEN_LAYER, hotkeys: [hotkey('J', list), hotkey('F8', answer, { always: true })] })
    registry.add({ title: 'Question', layer: DIALOG_LAYER, hotkeys: [hotkey('Ctrl+Enter', confirm)] })
    const close = registry.raise(DIALOG_LAYER)
    expect(registry.press('J', 'none', event)).toBe(false)
    expect(registry.press('F8', 'none', event)).toBe(true)
    expect(registry.press('Ctrl+Enter', 'field', event)).toBe(true)
    const unlock = registry.raise(LOCK_LAYER)
    expect(registry.press('F8', 'none', event)).toBe(false)
    expect(registry.press('Ctrl+Enter', 'none', event)).toBe(false)
    unlock()
    close()
    expect(registry.press('J', 'none', event)).toBe(true)
  })
})
