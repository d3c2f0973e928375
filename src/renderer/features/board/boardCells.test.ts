import { describe, expect, it } from 'vitest'
import { at, day, technician, visit } from './boardFixtures.ts'
import { cellIn, cellsOf, insteadOf, neighbour, technicianOfKey, timeKey } from './boardCells.ts'
import { boardRows, findRow } from './boardLayout.ts'

const lunch = { id: null, kind: 'lunch', startsAt: at(12), endsAt: at(12.5), note: '' } as const
const training = { id: 'x', kind: 'training', startsAt: at(8), endsAt: at(9), note: 'Gas' } as const

const rows = boardRows(
  day([visit('a', 'theo', 8, 9), visit('b', 'theo', 13, 14), visit('c', 'bea', 9, 10), visit('d', 'bea', 14, 15)], {
    groups: [
      {
        id: 'hvac',
        name: 'HVAC',
        technicians: [technician('theo', 8, 18, ['cooling'], { blocks: [lunch] }), technician('lena', 8, 16), technician('mo', 8, 16, [], { blocks: [training] }), technician('bea', 8, 17, [], { blocks: [lunch] })],
      },
    ],
  }),
  at(7),
)
const go = (key: string, direction: Parameters<typeof neighbour>[2], walk?: Parameters<typeof neighbour>[3]): string | undefined => neighbour(rows, key, direction, walk)?.key
const lunchOf = (technicianId: string): string => timeKey(technicianId, lunch)

describe('the keyboard on the board', () => {
  it('walks along a row over visits and kept time, from its head to its end', () => {
    const way = ['head:theo']
    for (let key = go('head:theo', 'right'); key !== undefined; key = go(key, 'right')) way.push(key)
    expect(way).toEqual(['head:theo', 'a', lunchOf('theo'), 'b'])
    const back = ['b']
    for (let key = go('b', 'left'); key !== undefined; key = go(key, 'left')) back.push(key)
    expect(back).toEqual(way.toReversed())
    expect([go('b', 'first'), go('a', 'last'), go('head:lena', 'first')]).toEqual(['a', 'b', 'head:lena'])
  })

  it('leaves out no technician on its way down, and comes back to the same hour', () => {
    const walk = { kind: 'visit', at: at(13) } as const
    expect(go('b', 'down')).toBe('head:lena')
    expect(go('head:lena', 'down', walk)).toBe(timeKey('mo', training))
    expect(go(timeKey('mo', training), 'down', walk)).toBe('d')
    expect(go('d', 'down', walk)).toBeUndefined()
    expect(go('d', 'up')).toBe(timeKey('mo', training))
    expect(go('head:theo', 'down')).toBe('head:lena')
    expect(go('head:theo', 'up')).toBeUndefined()
  })

  it('tells kept times of one kind apart that begin together, and finds what stands in the place of one that is gone', () => {
    const meeting = (id: string, hours: number) => ({ id, kind: 'meeting', startsAt: at(10), endsAt: at(10 + hours), note: '' }) as const
    const [mo] = boardRows(day([], { groups: [{ id: 'hvac', name: 'HVAC', technicians: [technician('mo', 8, 16, [], { blocks: [meeting('one', 1), meeting('two', 2), lunch] })] }] }), at(7)).filter((row) => row.kind === 'technician')
    if (!mo) throw new Error('There is no row')
    const keys = cellsOf(mo).map(({ key }) => key)
    expect(new Set(keys).size).toBe(3)
    expect(cellIn(mo, timeKey('mo', meeting('two', 2)))).toMatchObject({ block: { id: 'two' } })
    // The lunch of the week came to have a row of its own, or lost it again.
    expect(insteadOf(mo, timeKey('mo', { ...lunch, id: 'row' }))).toBe(timeKey('mo', lunch))
    expect(insteadOf(mo, timeKey('mo', { ...meeting('gone', 1), startsAt: at(15) }))).toBe(timeKey('mo', meeting('one', 1)))
    expect(insteadOf(mo, timeKey('mo', { ...meeting('gone', 1), kind: 'timeOff' }))).toBe('head:mo')
  })

  it('finds cells by what they are called', () => {
    const theo = findRow(rows, 'theo')
    expect(cellIn(theo, lunchOf('theo'))).toMatchObject({ kind: 'time', block: lunch })
    expect(cellIn(theo, 'nothing')).toBeUndefined()
    expect([technicianOfKey(lunchOf('theo')), technicianOfKey('head:theo'), technicianOfKey('a')]).toEqual(['theo', 'theo', undefined])
    const mo = findRow(rows, 'mo')
    expect(mo && cellsOf(mo)).toHaveLength(1)
  })
})
