/** The keyboard of the page: who listens to which key, in which order, and what `?` lists. */

export interface Hotkey {
  /** `J`, `Enter`, `Ctrl+Enter`, `Alt+ArrowDown`, `Shift+F8`, `?`, `1`. Several for one action: `['J', 'ArrowDown']`. */
  readonly keys: string | readonly string[]
  /** What it does, for `?`: "Next promise". */
  readonly label: string
  /** Returning `false` passes the key on to whoever registered before. */
  readonly run: (event: KeyboardEvent) => void | boolean
  /** Left out of `?` (a second way to do the same). */
  readonly hidden?: boolean
  /** Works while a dialog is open too: answering a call can't wait for one. */
  readonly always?: boolean
}

export interface HotkeySection {
  readonly title: string
  readonly hotkeys: readonly Hotkey[]
  /** -1 what only rests beside the work, 0 the screen, 1 a dialog, 2 the locked page: lower ones are silent while a higher one is there. */
  readonly layer: number
}

/** Below the screen, which is always there: nothing on it listens, and `?` doesn’t list it. */
export const RESTING_LAYER = -1
export const SCREEN_LAYER = 0
export const DIALOG_LAYER = 1
export const LOCK_LAYER = 2

export interface KeyPress {
  readonly key: string
  readonly code: string
  readonly ctrlKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
  readonly metaKey: boolean
}

const MODIFIERS = ['Ctrl', 'Alt', 'Shift'] as const

/** `Ctrl+Enter` in one spelling whatever the order and case it was written in. */
export function normalizeKeys(keys: string): string {
  const parts = keys === '+' ? ['+'] : keys.split('+')
  const key = parts.pop() ?? ''
  const held = MODIFIERS.filter((modifier) => parts.some((part) => part.toLowerCase() === modifier.toLowerCase()))
  return [...held, key.length === 1 ? key.toUpperCase() : key].join('+')
}

/**
 * What was pressed, in the same spelling. On a Mac, Cmd stands for Ctrl and Ctrl+Option for Alt (Option alone types letters).
 * Shift is part of what a symbol is (`?`), so it is only named with letters and named keys.
 */
export function pressedKeys(press: KeyPress, mac: boolean): string {
  const ctrl = mac ? press.metaKey : press.ctrlKey
  const alt = mac ? press.altKey && press.ctrlKey : press.altKey
  // With Alt held some layouts report another character: the key's place says which letter was meant.
  const placed = /^(?:Key|Digit)(.)$/.exec(press.code)?.[1]
  const key = (ctrl || alt) && placed ? placed : press.key
  const named = key.length > 1
  const letter = /^\p{L}$/u.test(key)
  const shift = press.shiftKey && (named || letter)
  return normalizeKeys([ctrl ? 'Ctrl' : '', alt ? 'Alt' : '', shift ? 'Shift' : '', key].filter(Boolean).join('+'))
}

/** The spellings a press stands for, the more exact one first: `Shift+J` is also `J` where nobody listens to it with Shift. */
const spellingsOf = (keys: string): readonly string[] => (/^Shift\+\p{L}$/u.test(keys) ? [keys, keys.slice('Shift+'.length)] : [keys])

/** What has the focus when a key is pressed; `typed`: a text field in which typing was the last thing done. */
export type FocusKind = 'none' | 'button' | 'field' | 'typed'

/** The field's own while it was typed into last: whoever takes back a word means no act. */
const TYPING_TAKEN_BACK: ReadonlySet<string> = new Set(['Ctrl+Z', 'Ctrl+Shift+Z'])

/**
 * Whether a key reaches the screen or belongs to what has the focus: typing in a field, Enter on a button.
 * Combinations with Ctrl or Alt, function keys and Escape reach the screen from anywhere, except for undo where something was typed.
 */
export function reachesScreen(keys: string, focus: FocusKind): boolean {
  if (focus === 'typed' && TYPING_TAKEN_BACK.has(keys)) return false
  if (keys.includes('+') && /^(?:Ctrl|Alt)\+/.test(keys)) return true
  const key = keys.replace(/^Shift\+/, '')
  if (/^F\d{1,2}$/.test(key) || key === 'Escape') return true
  if (focus === 'field' || focus === 'typed') return false
  return !(focus === 'button' && (key === 'Enter' || key === ' '))
}

export interface HotkeyRegistry {
  add(section: HotkeySection): () => void
  /** Silences lower layers until it is taken back. */
  raise(layer: number): () => void
  /** Runs what listens to the key; says whether anybody did. */
  press(keys: string, focus: FocusKind, event: KeyboardEvent): boolean
  /** What can be pressed now, the newest section first. */
  sections(): readonly HotkeySection[]
  watch(listener: () => void): () => void
}

export function createHotkeyRegistry(): HotkeyRegistry {
  let sections: readonly HotkeySection[] = []
  const raised: number[] = []
  const watchers = new Set<() => void>()
  const barrier = (): number => Math.max(SCREEN_LAYER, ...raised)
  const changed = (): void => {
    for (const watcher of watchers) watcher()
  }
  const listens = (section: HotkeySection, hotkey: Hotkey): boolean =>
    section.layer >= barrier() || (hotkey.always === true && barrier() < LOCK_LAYER)

  const offer = (keys: string, event: KeyboardEvent): boolean => {
    for (const section of sections) {
      for (const hotkey of section.hotkeys) {
        if (!listens(section, hotkey)) continue
        const wanted = typeof hotkey.keys === 'string' ? [hotkey.keys] : hotkey.keys
        if (wanted.some((one) => normalizeKeys(one) === keys) && hotkey.run(event) !== false) return true
      }
    }
    return false
  }

  return {
    add(section) {
      sections = [section, ...sections].sort((left, right) => right.layer - left.layer)
      changed()
      return () => {
        sections = sections.filter((other) => other !== section)
        changed()
      }
    },
    raise(layer) {
      raised.push(layer)
      changed()
      return () => {
        raised.splice(raised.indexOf(layer), 1)
        changed()
      }
    },
    press(keys, focus, event) {
      if (!reachesScreen(keys, focus)) return false
      return spellingsOf(keys).some((spelling) => offer(spelling, event))
    },
    sections: () => sections,
    watch(listener) {
      watchers.add(listener)
      return () => void watchers.delete(listener)
    },
  }
}
