import { expect, it } from 'vitest'
import type { PhoneCall, PhoneEvent } from '../phone/port.ts'
import { GLOBAL_KEYS, globalKeys, type GlobalShortcuts } from './globalKeys.ts'

/** The system\u2019s shortcuts; some are another program\u2019s already. */
class FakeShortcuts implements GlobalShortcuts {
  readonly held = new Map<string, () => void>()
  readonly #others: ReadonlySet<string>

  constructor(others: readonly string[] = []) {
    this.#others = new Set(others)
  }

  register(accelerator: string, pressed: () => void): boolean {
    if (this.#others.has(accelerator)) return false
    this.held.set(accelerator, pressed)
    return true
  }

  unregister(accelerator: string): void {
    if (!this.held.delete(accelerator)) throw new Error(`${accelerator} was not ours`)
  }
}

const said = (externalId: string, state: PhoneCall['state']): PhoneEvent => ({ kind: 'call', call: { externalId, state } as PhoneCall })

it('takes the keys while a call rings or is up, and gives them back after the last', () => {
  const shortcuts = new FakeShortcuts()
  const pressed: string[] = []
  const hear = globalKeys(shortcuts, (key) => pressed.push(key))
  expect(shortcuts.held.size).toBe(0)
  hear(said('sip:1', 'offered'))
  hear(said('sip:2', 'offered'))
  expect([...shortcuts.held.keys()]).toEqual(GLOBAL_KEYS.map(({ accelerator }) => accelerator))
  for (const run of shortcuts.held.values()) run()
  expect(pressed).toEqual(['answer', 'hangUp', 'hold', 'mute'])
  hear(said('sip:1', 'ended'))
  expect(shortcuts.held.size).toBe(GLOBAL_KEYS.length)
  hear(said('sip:2', 'ended'))
  expect(shortcuts.held.size).toBe(0)
  hear(said('sip:3', 'offered'))
  expect(shortcuts.held.size).toBe(GLOBAL_KEYS.length)
})

it('leaves another program\u2019s key alone, then and afterwards', () => {
  const [first] = GLOBAL_KEYS
  const shortcuts = new FakeShortcuts([first?.accelerator ?? ''])
  const hear = globalKeys(shortcuts, () => undefined)
  hear(said('sip:1', 'offered'))
  expect(shortcuts.held.size).toBe(GLOBAL_KEYS.length - 1)
  expect(() => hear(said('sip:1', 'ended'))).not.toThrow()
  expect(shortcuts.held.size).toBe(0)
})

it('hears nothing but calls', () => {
  const shortcuts = new FakeShortcuts()
  globalKeys(shortcuts, () => undefined)({ kind: 'reported' })
  expect(shortcuts.held.size).toBe(0)
})
