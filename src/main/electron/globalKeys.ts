import type { EventPayload } from '../../shared/contract/events.ts'
import type { PhoneEvent } from '../phone/port.ts'

type PhoneKey = EventPayload<'phoneKey'>['key']

/** What is used of Electron’s shortcuts; `register` says false where another program has the keys. */
export interface GlobalShortcuts {
  register(accelerator: string, pressed: () => void): boolean
  unregister(accelerator: string): void
}

/** The page’s own keys with two more held, so that no program in front loses one of its own. */
export const GLOBAL_KEYS: readonly { readonly accelerator: string; readonly key: PhoneKey }[] = [
  { accelerator: 'CommandOrControl+Shift+F8', key: 'answer' },
  { accelerator: 'CommandOrControl+Alt+F8', key: 'hangUp' },
  { accelerator: 'CommandOrControl+Shift+F7', key: 'hold' },
  { accelerator: 'CommandOrControl+Shift+F10', key: 'mute' },
]

/**
 * Keys that work while another program is in front. They are taken only while a call rings or is up: at all other times
 * they are every other program’s.
 * @returns what hears the telephone
 */
export function globalKeys(shortcuts: GlobalShortcuts, pressed: (key: PhoneKey) => void): (event: PhoneEvent) => void {
  const up = new Set<string>()
  let taken: readonly string[] = []
  return (event) => {
    if (event.kind !== 'call') return
    if (event.call.state === 'ended') up.delete(event.call.externalId)
    else up.add(event.call.externalId)
    if (up.size > 0 && taken.length === 0) taken = GLOBAL_KEYS.filter(({ accelerator, key }) => shortcuts.register(accelerator, () => pressed(key))).map(({ accelerator }) => accelerator)
    if (up.size > 0 || taken.length === 0) return
    for (const accelerator of taken) shortcuts.unregister(accelerator)
    taken = []
  }
}
