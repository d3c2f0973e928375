import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createStandingVersions } from './standingVersions.ts'

describe('versions that stand as earlier ones did', () => {
  it('knows nothing of what nobody undid, nor of another visit', () => {
    const versions = createStandingVersions()
    versions.again('b', 9, 4)
    expect([versions.now('a', 4), versions.now('b', 5), versions.now('b', 4)]).toEqual([4, 5, 9])
  })

  it('lets every act be undone and done again in any to and fro: each expects the version that is there', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.array(fc.boolean(), { maxLength: 40 }), (acts, turns) => {
        const versions = createStandingVersions()
        let there = 1
        const before: number[] = []
        for (let act = 0; act < acts; act++) {
          before.push(there)
          there += 1
        }
        const left = before.map((version) => version + 1)
        let done = acts
        for (const undo of turns) {
          const act = undo ? done - 1 : done
          const [was, became] = [before[act], left[act]]
          if (was === undefined || became === undefined) continue
          expect(versions.now('v', undo ? became : was)).toBe(there)
          there += 1
          versions.again('v', there, undo ? was : became)
          done += undo ? -1 : 1
        }
      }),
    )
  })
})
