import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stepsOf, withNeeds, withoutMove } from './moveOrder.ts'

const seat = { technicianId: 'Theo', startsAt: 0, endsAt: 1 }
const move = (appointmentId: string, needs: readonly string[] = [], broke: 'window' | null = null, locked = false) => ({ appointmentId, needs: [...needs], broke, locked, before: seat })
const said = (moves: readonly ReturnType<typeof move>[]): readonly string[] => stepsOf(moves).map(({ kind, move: { appointmentId }, group }) => `${kind} ${appointmentId}${group === undefined ? '' : ` in ${group}`}`)

const anyMoves = fc
  .array(fc.record({ needs: fc.array(fc.nat(5), { maxLength: 3 }), locked: fc.boolean() }), { minLength: 1, maxLength: 6 })
  .chain((all) => fc.boolean().map((mayLock) => all.map(({ needs, locked }, index) => move(String(index), needs.filter((other) => other < all.length && other !== index).map(String), null, mayLock && locked))))

describe('moves that need each other', () => {
  it('are chosen with what they need, and left with what needs them', () => {
    const moves = [move('a', ['b']), move('b', ['c']), move('c'), move('d')]
    expect([...withNeeds(moves, new Set(['a']))]).toEqual(['a', 'b', 'c'])
    expect([...withoutMove(moves, new Set(['a', 'b', 'c', 'd']), 'c')]).toEqual(['d'])
  })

  it('are carried out behind what they need', () => {
    const moves = [move('a', ['b']), move('b', ['c']), move('c')]
    expect(said(moves)).toEqual(['put c', 'put b', 'put a'])
  })

  it('change places by taking one off first that breaks no promise', () => {
    const moves = [move('a', ['b'], 'window'), move('b', ['a'])]
    expect(said(moves)).toEqual(['take b in 0', 'put a in 0', 'put b in 0'])
  })

  it('never take off what was promised to more than its window, be it that the move itself breaks nothing', () => {
    expect(said([move('locked', ['b'], null, true), move('b', ['locked'], 'window')])).toEqual(['take b in 0', 'put locked in 0', 'put b in 0'])
    expect(said([move('a', ['b'], null, true), move('b', ['a'], null, true)])).toEqual(['put b in 0', 'put a in 0'])
  })

  it('hold together only with those they change places with', () => {
    expect(said([move('alone'), move('a', ['b']), move('b', ['a']), move('after', ['a'])])).toEqual(['put alone', 'take a in 0', 'put b in 0', 'put a in 0', 'put after'])
  })

  it('find nobody in their place, whatever needs what, and each is made once', () => {
    fc.assert(
      fc.property(anyMoves, (moves) => {
        const inPlace = new Set(moves.map(({ appointmentId }) => appointmentId))
        const put: string[] = []
        expect(stepsOf(moves).filter(({ kind, move: step }) => kind === 'take' && step.locked)).toEqual([])
        for (const { kind, move: step } of stepsOf(moves)) {
          if (kind === 'put') {
            if (moves.every(({ locked }) => !locked)) expect(step.needs.filter((id) => inPlace.has(id))).toEqual([])
            put.push(step.appointmentId)
          }
          inPlace.delete(step.appointmentId)
        }
        expect(put.toSorted()).toEqual(moves.map(({ appointmentId }) => appointmentId).toSorted())
      }),
    )
  })

  it('leave a choice that holds by itself', () => {
    fc.assert(
      fc.property(anyMoves, fc.nat(5), (moves, index) => {
        const chosen = withoutMove(moves, new Set(moves.map(({ appointmentId }) => appointmentId)), String(index))
        expect([...withNeeds(moves, chosen)].toSorted()).toEqual([...chosen].toSorted())
      }),
    )
  })
})
