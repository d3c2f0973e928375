import { ActionButton } from '../../components/ActionButton.tsx'
import { DialogFrame } from '../../components/Confirm.tsx'
import { type HotkeySection, SCREEN_LAYER } from '../../components/hotkeyRegistry.ts'
import { Keycap } from '../../components/Keycap.tsx'
import { useHotkeys, useHotkeySections } from '../../components/useHotkeys.ts'
import classes from './KeysOverlay.module.css'
import { closeHelp, showHelp, useHelp } from './helpStore.ts'

/** Sections of one title as one, without what is hidden and without keys that a newer section has taken. */
function listed(sections: readonly HotkeySection[]) {
  const byTitle = new Map<string, { readonly label: string; readonly keys: readonly string[] }[]>()
  for (const section of sections) {
    if (section.layer !== SCREEN_LAYER) continue
    const list = byTitle.get(section.title) ?? []
    byTitle.set(section.title, list)
    for (const { keys, label, hidden } of section.hotkeys) {
      if (!hidden && !list.some((known) => known.label === label)) list.push({ label, keys: typeof keys === 'string' ? [keys] : keys })
    }
  }
  return [...byTitle].filter(([, list]) => list.length > 0)
}

/** Within the dialog, whose keys are the only ones that are heard. */
function Actions() {
  useHotkeys('All keys', [{ keys: 'F1', label: 'What Baton does', run: () => showHelp('about') }])
  return (
    <>
      <ActionButton label="Close" keys="Escape" onClick={closeHelp} autoFocus />
      <ActionButton label="What Baton does" keys="F1" onClick={() => showHelp('about')} />
    </>
  )
}

/** `?`: every key that works here and now, as the screens registered them. */
export function KeysOverlay() {
  const open = useHelp((store) => store.shown === 'keys')
  const sections = useHotkeySections()
  useHotkeys('Everywhere', [{ keys: '?', label: 'All keys', run: () => showHelp('keys') }])
  return (
    <DialogFrame open={open} title="All keys" width="md" onClose={closeHelp} actions={<Actions />}>
      {/* There may be more keys than fit: what scrolls is reached by the keyboard. */}
      <div className={classes['columns']} role="region" aria-label="Keys" tabIndex={0}>
        {open
          ? listed(sections).map(([title, list]) => (
              <section key={title} className={classes['section']}>
                <h3 className="cap">{title}</h3>
                <dl>
                  {list.map(({ label, keys }) => (
                    <div key={label}>
                      <dt>{label}</dt>
                      <dd>
                        {keys.map((one) => (
                          <Keycap key={one} keys={one} />
                        ))}
                      </dd>
                    </div>
                  ))}
                </dl>
              </section>
            ))
          : null}
      </div>
      <p className={classes['note']}>Single letters work outside fields; Escape leaves a field.</p>
    </DialogFrame>
  )
}
