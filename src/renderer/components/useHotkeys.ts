import { createContext, useContext, useLayoutEffect, useRef, useSyncExternalStore } from 'react'
import { createHotkeyRegistry, DIALOG_LAYER, type FocusKind, type Hotkey, type HotkeySection, normalizeKeys, pressedKeys, SCREEN_LAYER } from './hotkeyRegistry.ts'

const hotkeys = createHotkeyRegistry()

/** Which layer the components below stand on. */
export const HotkeyLayerContext = createContext(SCREEN_LAYER)

export const IS_MAC = typeof navigator !== 'undefined' && /Mac/.test(navigator.platform)

// In a menu, letters jump to its items.
const TYPING = 'input:not([type=checkbox]):not([type=radio]):not([type=button]), textarea, select, [contenteditable=true], [role=textbox], [role=combobox], [role=menu] *'
/** Where Ctrl+Z takes back typing. */
const TYPED = 'input:not([type=checkbox]):not([type=radio]):not([type=button]), textarea, [contenteditable=true]'
const PRESSABLE = 'button, a[href], [role=button], [role=tab], [role=menuitem], [role=option], input[type=checkbox], input[type=radio], summary'

/** The text field that was typed into, where nothing else was done since. */
let typedInto: EventTarget | null = null

/** Something was done since somebody typed: Ctrl+Z takes that back from now on, also in the field. */
export function forgetTyping(): void {
  typedInto = null
}

function focusKind(target: EventTarget | null): FocusKind {
  if (!(target instanceof Element)) return 'none'
  if (target.matches(TYPING)) return target === typedInto ? 'typed' : 'field'
  return target.closest(PRESSABLE) ? 'button' : 'none'
}

/** Starts listening; called once, by the page's frame. */
export function listenToKeyboard(): () => void {
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing) return
    const keys = pressedKeys(event, IS_MAC)
    if (!hotkeys.press(keys, focusKind(event.target), event)) return
    event.preventDefault()
    forgetTyping()
  }
  const onInput = ({ target }: Event): void => {
    if (target instanceof HTMLElement && target.matches(TYPED)) typedInto = target
  }
  const onPointerDown = ({ target }: Event): void => {
    if (target !== typedInto) forgetTyping()
  }
  const listening = new AbortController()
  const { signal } = listening
  window.addEventListener('keydown', onKeyDown, { signal })
  // Before whoever handles them: what was typed is known by the time it is answered.
  window.addEventListener('input', onInput, { capture: true, signal })
  window.addEventListener('focusin', forgetTyping, { capture: true, signal })
  window.addEventListener('submit', forgetTyping, { capture: true, signal })
  window.addEventListener('pointerdown', onPointerDown, { capture: true, signal })
  return () => listening.abort()
}

/** Does what keys do on the screen, as if they had been pressed with nothing in the way. */
export function pressKeys(keys: string): void {
  hotkeys.press(normalizeKeys(keys), 'none', new KeyboardEvent('keydown'))
}

/**
 * Listens to keys while the component is there. Single letters work outside fields only; combinations work anywhere.
 * @param title the heading in `?`: the screen's or the panel's name
 * @param list may be a fresh array at every render
 */
export function useHotkeys(title: string, list: readonly Hotkey[], options: { readonly enabled?: boolean } = {}): void {
  const layer = useContext(HotkeyLayerContext)
  const enabled = options.enabled ?? true
  const current = useRef(list)
  // Layout effects, here and below: a key works from the very moment what it acts on is on the screen. An effect after
  // the paint would leave a gap in which a quick typist's key meets the screen before this one.
  useLayoutEffect(() => {
    current.current = list
  })
  // The registry is told again when what `?` shows has changed, not when only the closures are new.
  const shape = JSON.stringify(list.map(({ keys, label, hidden, always }) => [keys, label, hidden, always]))
  useLayoutEffect(() => {
    if (!enabled) return undefined
    const registered = current.current.map((hotkey, index): Hotkey => ({ ...hotkey, run: (event) => current.current[index]?.run(event) ?? undefined }))
    return hotkeys.add({ title, hotkeys: registered, layer })
  }, [title, shape, layer, enabled])
}

/** Silences the keys of what lies below while the component is there. */
export function useHotkeyBarrier(layer: number = DIALOG_LAYER, active = true): void {
  useLayoutEffect(() => (active ? hotkeys.raise(layer) : undefined), [layer, active])
}

export function useHotkeySections(): readonly HotkeySection[] {
  return useSyncExternalStore(hotkeys.watch, hotkeys.sections)
}
