import { expect, it } from 'vitest'
import { SUBJECT_TABLES } from './promises/subjects.ts'
import { tableNamed, TABLES } from './tables.ts'

const references = TABLES.flatMap((table) =>
  Object.entries(table.columns).flatMap(([column, { references: to }]) => (to === undefined ? [] : [{ from: table, column, to: tableNamed(to) }])),
)

it('lets no row that every workstation keeps refer to one that only some may keep', () => {
  const leaking = references.filter(({ from, to }) => to.clearance !== null && to.clearance !== from.clearance)
  expect(leaking.map(({ from, column }) => `${from.name}.${column}`)).toEqual([])
})

it('keeps some tables from some workstations at all', () => {
  expect(TABLES.filter(({ clearance }) => clearance !== null).map(({ name, clearance }) => [name, clearance])).toEqual([['pay_rate', 'pay']])
})

it('has no queue about records that only some may see: every workstation keeps the promises', () => {
  expect(Object.values(SUBJECT_TABLES).filter(({ clearance }) => clearance !== null)).toEqual([])
})
