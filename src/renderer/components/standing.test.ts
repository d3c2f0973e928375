import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { leaving, NOWHERE, standingIn } from './standing.ts'

const on = (key: string) => ({ key, next: null })

describe('where somebody stands in a list', () => {
  it('is its first row, once it shows one, and that row from then on', () => {
    expect(standingIn(NOWHERE, [])).toBe(NOWHERE)
    const first = standingIn(NOWHERE, ['a', 'b'])
    expect(first).toEqual(on('a'))
    expect(standingIn(first, ['z', 'a', 'b'])).toBe(first)
  })

  it('is nowhere else when others take the row away, until it is there again', () => {
    const gone = standingIn(on('b'), ['a', 'c'])
    expect(gone.key).toBe('b')
    expect(standingIn(gone, [])).toBe(gone)
    expect(standingIn(gone, ['a', 'b'])).toBe(gone)
  })

  it('is the next row after the person\u2019s own act, or the one before the last', () => {
    const keys = ['a', 'b', 'c']
    const acting = leaving(on('b'), keys, new Set(['b']))
    expect(standingIn(acting, keys)).toBe(acting)
    expect(standingIn(acting, ['a', 'c'])).toEqual(on('c'))
    // Others took the next one away as well.
    expect(standingIn(acting, ['a'])).toEqual(on('a'))
    expect(standingIn(leaving(on('c'), keys, new Set(['c'])), ['a', 'b'])).toEqual(on('b'))
    expect(standingIn(leaving(on('a'), ['a'], new Set(['a'])), [])).toEqual(NOWHERE)
  })

  it('passes over what the same act takes away, and stays where it takes nothing of the row', () => {
    const acting = leaving(on('a'), ['a', 'b', 'c'], new Set(['a', 'b']))
    expect(standingIn(acting, ['b', 'c'])).toEqual(on('c'))
    expect(leaving(on('c'), ['a', 'b', 'c'], new Set(['a']))).toEqual(on('c'))
  })

  it('never becomes another row where nobody has acted', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { minLength: 1 }), fc.array(fc.uniqueArray(fc.string())), (first, later) => {
        let standing = standingIn(NOWHERE, first)
        for (const keys of later) standing = standingIn(standing, keys)
        expect(standing.key).toBe(first[0])
      }),
    )
  })
})
