import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stepsOf, withNeeds, withoutMove } from './moveOrder.ts'

const seat = { technicianId: 'Theo', startsAt: 0, endsAt: 1 }
const move = (appointmentId: string, needs: readonly string[] = [], broke: 'window' | null = null) => ({ appointmentId, needs: [...needs], broke, before: seat })

const anyMoves = fc
  .array(fc.array(fc.nat(5), { maxLength: 3 }), { minLength: 1, maxLength: 6 })
  .map((needs) => needs.map((each, index) => move(String(index), each.filter((other) => other < needs.length && other !== index).map(String))))

describe('moves that need each other', () => {
  it('are chosen with what they need, and left with what needs them', () => {
    const moves = [move('a', ['b']), move('b', ['c']), move('c'), move('d')]
    expect([...withNeeds(moves, new Set(['a']))]).toEqual(['a', 'b', 'c'])
    expect([...withoutMove(moves, new Set(['a', 'b', 'c', 'd']), 'c')]).toEqual(['d'])
  })

  it('are carried out behind what they need', () => {
    const moves = [move('a', ['b']), move('b', ['c']), move('c')]
    expect(stepsOf(moves).map(({ kind, move: { appointmentId } }) => `${kind} ${appointmentId}`)).toEqual(['put c', 'put b', 'put a'])
  })

  it('change places by taking one off first that breaks no promise', () => {
    const moves = [move('a', ['b'], 'window'), move('b', ['a'])]
    expect(stepsOf(moves).map(({ kind, move: { appointmentId } }) => `${kind} ${appointmentId}`)).toEqual(['take b', 'put a', 'put b'])
  })

  it('find nobody in their place, whatever needs what, and each is made once', () => {
    fc.assert(
      fc.property(anyMoves, (moves) => {
        const inPlace = new Set(moves.map(({ appointmentId }) => appointmentId))
        const put: string[] = []
        for (const { kind, move: step } of stepsOf(moves)) {
          if (kind === 'put') {
            expect(step.needs.filter((id) => inPlace.has(id))).toEqual([])
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
