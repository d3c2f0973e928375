import { describe, expect, it } from 'vitest'
import { editDistance, namesAlike } from './likeness.ts'

describe('likeness of names', () => {
  it('counts slips of the keyboard', () => {
    expect(editDistance('okonjo', 'okonjo', 2)).toBe(0)
    expect(editDistance('okonjo', 'oknojo', 2)).toBe(1)
    expect(editDistance('okonjo', 'okono', 2)).toBe(1)
    expect(editDistance('okonjo', 'natarajan', 2)).toBe(3)
  })

  it.each([
    ['Martin Okonjo', 'okonjo, martin', true],
    ['Martin Okonjo', 'Martn Okonjo', true],
    ['Zo\u00EB Hollis', 'Zoe Hollis', true],
    ['Ann Lee', 'Ian Lee', false],
    ['Martin Okonjo', 'Ada Okonjo', false],
    ['', '', false],
  ])('%s and %s: %s', (left, right, alike) => {
    expect(namesAlike(left, right)).toBe(alike)
  })
})
