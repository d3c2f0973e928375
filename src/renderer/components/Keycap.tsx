import classes from './Keycap.module.css'
import { normalizeKeys } from './hotkeyRegistry.ts'
import { IS_MAC } from './useHotkeys.ts'

const SIGNS: Readonly<Record<string, string>> = { ArrowDown: '↓', ArrowUp: '↑', ArrowLeft: '←', ArrowRight: '→', Escape: 'Esc', ' ': 'Space' }
const MAC_SIGNS: Readonly<Record<string, string>> = { Ctrl: '⌘', Alt: '⌃⌥', Shift: '⇧' }

/** `Ctrl+Enter` as it stands on a keycap: `Ctrl Enter`. */
export function keycapText(keys: string, mac: boolean = IS_MAC): string {
  const spelled = normalizeKeys(keys)
  const parts = spelled === '+' ? ['+'] : spelled.split('+')
  return parts.map((part) => SIGNS[part] ?? (mac ? MAC_SIGNS[part] : undefined) ?? part).join(' ')
}

/** Shows a key, quietly. `onInk` for filled buttons. */
export function Keycap({ keys, onInk }: { readonly keys: string; readonly onInk?: boolean }) {
  return <kbd className={[classes['keycap'], onInk ? classes['onInk'] : ''].join(' ')}>{keycapText(keys)}</kbd>
}
