import { flushSync } from 'react-dom'
import { ActionButton } from '../../components/ActionButton.tsx'
import { Choice } from '../../components/Choice.tsx'
import { DialogFrame } from '../../components/Confirm.tsx'
import { type HotkeySection, SCREEN_LAYER } from '../../components/hotkeyRegistry.ts'
import { keycapText } from '../../components/Keycap.tsx'
import { pressKeys, useHotkeys, useHotkeySections } from '../../components/useHotkeys.ts'
import { closeHelp, showHelp, useHelp } from './helpStore.ts'

interface Action {
  readonly label: string
  readonly section: string
  readonly keys: string
}

/** What can be done here and now, without what is hidden; of two with one key the newer one. */
function actionsIn(sections: readonly HotkeySection[]): readonly Action[] {
  const actions = new Map<string, Action>()
  for (const { title, layer, hotkeys } of sections) {
    if (layer !== SCREEN_LAYER) continue
    for (const { keys, label, hidden } of hotkeys) {
      const [first] = typeof keys === 'string' ? [keys] : keys
      if (!hidden && first !== undefined && !actions.has(`${label} ${first}`)) actions.set(`${label} ${first}`, { label, section: title, keys: first })
    }
  }
  return [...actions.values()]
}

/** Does what the keys do, with the focus back where it was: what an action is about is what the person stood on. */
function carryOut(keys: string): void {
  flushSync(closeHelp)
  requestAnimationFrame(() => pressKeys(keys))
}

function PaletteChoice() {
  const actions = actionsIn(useHotkeySections())
  return (
    <Choice
      label="What to do"
      autoFocus
      placeholder="Type a word of it"
      options={actions.map(({ label, section, keys }) => ({ value: `${label} ${keys}`, label, detail: `${keycapText(keys)} \u00B7 ${section}` }))}
      value={null}
      onChange={(value) => {
        const action = actions.find(({ label, keys }) => `${label} ${keys}` === value)
        if (action) carryOut(action.keys)
      }}
    />
  )
}

/** Every action of the screen by typing a word of it: for whoever does not know its key yet. */
export function Palette() {
  const open = useHelp((store) => store.shown === 'actions')
  useHotkeys('Everywhere', [{ keys: 'Ctrl+Shift+K', label: 'Every action, by typing', run: () => showHelp('actions') }])
  return (
    <DialogFrame open={open} title="Do something" width="sm" onClose={closeHelp} actions={<ActionButton label="Close" keys="Escape" onClick={closeHelp} />}>
      {open ? <PaletteChoice /> : null}
    </DialogFrame>
  )
}
