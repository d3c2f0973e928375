import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { carryTogether } from './together.ts'

interface Act {
  readonly name: string
  readonly group?: number | undefined
}

/** A world of names that are done; some acts are refused, some can't be put back. */
function world(refused: readonly string[], stuck: readonly string[] = []) {
  const log: string[] = []
  return {
    log,
    hands: {
      carry: ({ name }: Act) => {
        if (refused.includes(name)) return Promise.reject(new Error(`no ${name}`))
        log.push(name)
        return Promise.resolve(name)
      },
      putBack: (name: string) => {
        if (stuck.includes(name)) return Promise.reject(new Error(`${name} is stuck`))
        log.push(`-${name}`)
        return Promise.resolve()
      },
    },
  }
}

describe('acts together', () => {
  it('go on where one that stands alone is refused', async () => {
    const { hands } = world(['b'])
    const { done, stayed } = await carryTogether([{ name: 'a' }, { name: 'b' }, { name: 'c' }], hands)
    expect([done, stayed.map(({ act }) => act.name)]).toEqual([['a', 'c'], ['b']])
  })

  it('are put back, the last first, where one of their group is refused, and the others stand', async () => {
    const { hands, log } = world(['put b'])
    const acts: Act[] = [{ name: 'alone' }, { name: 'take b', group: 1 }, { name: 'put a', group: 1 }, { name: 'put b', group: 1 }, { name: 'put c', group: 1 }, { name: 'after' }]
    const { done, stayed, adrift } = await carryTogether(acts, hands)
    expect(log).toEqual(['alone', 'take b', 'put a', '-put a', '-take b', 'after'])
    expect([done, stayed.map(({ act }) => act.name).toSorted(), adrift]).toEqual([['alone', 'after'], ['put a', 'put b', 'put c', 'take b'], []])
  })

  it('say what could not be put back', async () => {
    const { hands } = world(['put b'], ['take b'])
    const { done, adrift } = await carryTogether([{ name: 'take b', group: 1 }, { name: 'put a', group: 1 }, { name: 'put b', group: 1 }], hands)
    expect([done, adrift.map(({ act }) => act.name)]).toEqual([['take b'], ['take b']])
  })

  it('stand whole or not at all in each group, whatever is refused', async () => {
    const anyActs = fc.array(fc.record({ group: fc.option(fc.nat(2), { nil: undefined }), refused: fc.boolean() }), { maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(anyActs, async (all) => {
        const acts = all.map(({ group }, index) => ({ name: String(index), group }))
        const { hands } = world(all.flatMap(({ refused }, index) => (refused ? [String(index)] : [])))
        const { done, stayed } = await carryTogether(acts, hands)
        expect([...done, ...stayed.map(({ act }) => act.name)].toSorted()).toEqual(acts.map(({ name }) => name).toSorted())
        for (const { group } of acts) {
          const names = acts.filter((act) => group !== undefined && act.group === group).map(({ name }) => name)
          expect([0, names.length]).toContain(names.filter((name) => done.includes(name)).length)
        }
      }),
    )
  })
})
