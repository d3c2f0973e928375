import { describe, expect, it } from 'vitest'
import { kilometresBetween, matrixOf, straightLine, straightSeconds } from './travel.ts'

const minneapolis = { latitude: 44_977_753, longitude: -93_265_011 }
const saintPaul = { latitude: 44_953_703, longitude: -93_089_958 }

describe('travel as a straight line', () => {
  it('knows how far Saint Paul is from Minneapolis', () => {
    expect(kilometresBetween(minneapolis, saintPaul)).toBeCloseTo(14.03, 1)
  })

  it('makes the line longer by what roads add, at the speed asked for', () => {
    const slow = straightSeconds(minneapolis, saintPaul, { detour: 1.3, kilometresAnHour: 30 })
    const fast = straightSeconds(minneapolis, saintPaul, { detour: 1.3, kilometresAnHour: 60 })
    expect(slow / fast).toBeCloseTo(2, 2)
    expect(fast / 60).toBeCloseTo(14.03 * 1.3, 0)
  })

  it('is nothing from a place to itself, and the same there and back', async () => {
    const matrix = await straightLine().matrix([minneapolis, saintPaul])
    expect(matrix.places).toBe(2)
    expect(matrix.seconds[0]).toBe(0)
    expect(matrix.seconds[3]).toBe(0)
    expect(matrix.seconds[1]).toBe(matrix.seconds[2])
  })

  it('takes times that differ by direction, and nothing below zero', () => {
    const { seconds } = matrixOf([0, 100], (from, to) => to - from)
    expect([...seconds]).toEqual([0, 100, 0, 0])
  })

  it('refuses a speed at which nobody arrives', () => {
    expect(() => straightLine({ detour: 1.3, kilometresAnHour: 0 })).toThrow('0 km/h')
  })
})
