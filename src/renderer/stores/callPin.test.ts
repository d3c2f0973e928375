import { beforeEach, describe, expect, it, vi } from 'vitest'
import { DAY } from '../../shared/base/time.ts'
import type { CallPin } from './callPin.ts'

/** The browser's storage, with room for so many characters. */
function storageOf(room: number): Storage {
  const kept: Record<string, string> = {}
  const methods = {
    getItem: (name: string) => kept[name] ?? null,
    setItem: (name: string, body: string) => {
      const others = Object.entries(kept).filter(([other]) => other !== name)
      if (others.reduce((sum, [, one]) => sum + one.length, body.length) > room) throw new Error('full')
      kept[name] = body
    },
    removeItem: (name: string) => void delete kept[name],
  }
  return new Proxy(kept, { get: (_kept, name) => methods[name as keyof typeof methods] }) as unknown as Storage
}

/** What a call begins with, of about a thousand characters. */
const words = { words: 'x'.repeat(1000), form: {}, triage: false } as unknown as Pick<CallPin, 'form' | 'words' | 'triage'>

let pins: typeof import('./callPin.ts')
let clock: number

function begin(room: number): void {
  vi.stubGlobal('localStorage', storageOf(room))
}

beforeEach(async () => {
  clock = 1_000_000_000_000
  vi.spyOn(Date, 'now').mockImplementation(() => clock)
  vi.resetModules()
  pins = await import('./callPin.ts')
})

describe('what calls began with', () => {
  it('is dropped after a day on a page that was never loaded anew', () => {
    begin(1_000_000)
    pins.keepPin('call/a', words)
    clock += DAY
    pins.keepPin('call/b', words)
    expect(pins.currentPin('call/a')).toBeNull()
    expect(Object.keys(localStorage)).toEqual(['baton-call-pin:call/b'])
  })

  it('makes room for what is typed, the oldest first, and stays with the page', () => {
    begin(2500)
    pins.keepPin('call/a', words)
    clock += 1
    pins.keepPin('call/b', words)
    expect(pins.storeMakingRoom('baton-booking:call/b', 'y'.repeat(1000))).toBe(true)
    expect(Object.keys(localStorage).toSorted()).toEqual(['baton-booking:call/b', 'baton-call-pin:call/b'])
    expect(pins.currentPin('call/a')).not.toBeNull()
  })

  it('says so where nothing helps', () => {
    begin(2500)
    pins.keepPin('call/a', words)
    expect(pins.storeMakingRoom('baton-booking:call/a', 'y'.repeat(3000))).toBe(false)
  })

  it('leaves the browser with the call, and stays on the page that shows it', () => {
    begin(1_000_000)
    pins.keepPin('call/a', words)
    pins.forgetStoredPin('call/a')
    expect(Object.keys(localStorage)).toEqual([])
    expect(pins.currentPin('call/a')).not.toBeNull()
  })
})
