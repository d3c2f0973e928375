import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { RingGate } from './ringGate.ts'

describe('the ring at a workstation', () => {
  let sounds: boolean[]
  let pages: Map<string, boolean | null>
  let gate: RingGate

  beforeEach(() => {
    vi.useFakeTimers()
    sounds = []
    pages = new Map()
    gate = new RingGate({ ask: () => pages.forEach((here, page) => gate.hear(page, here)), sound: (on) => void sounds.push(on) })
  })
  afterEach(() => vi.useRealTimers())

  const sounding = (): boolean => sounds.at(-1) ?? false

  it('sounds where no page says anything', () => {
    gate.ring(true)
    vi.advanceTimersByTime(1_000)
    expect(sounding()).toBe(true)
    gate.ring(false)
    expect(sounding()).toBe(false)
  })

  it('sounds at once where a page says that it is for whoever sits there', () => {
    gate.ring(true)
    expect(sounding()).toBe(false)
    gate.hear('a', true)
    expect(sounding()).toBe(true)
  })

  it('is silent while it goes to others first, and sounds once it is everybody\u2019s', () => {
    pages.set('a', false)
    gate.ring(true)
    vi.advanceTimersByTime(9_000)
    expect(sounds).not.toContain(true)
    pages.set('a', true)
    gate.hear('a', true)
    expect(sounding()).toBe(true)
  })

  it('sounds where it is for one of two people at two pages', () => {
    pages.set('a', false).set('b', true)
    gate.ring(true)
    expect(sounding()).toBe(true)
  })

  it('is not kept silent by a page that is gone', () => {
    pages.set('a', false)
    gate.ring(true)
    vi.advanceTimersByTime(3_000)
    pages.clear()
    vi.advanceTimersByTime(5_000)
    expect(sounding()).toBe(true)
  })
})
