import { expect, it } from 'vitest'
import { streetKey } from './streets.ts'

it.each([
  ['27 Larkspur Ct.', '27 larkspur court', true],
  ['9 N Main St', '9 North Main Street', true],
  ['9 Main St, Apt 4', '9 Main Street Apartment 4', true],
  ['27 Larkspur Court', '29 Larkspur Court', false],
  ['9 N Main St', '9 S Main St', false],
])('takes %j and %j for one street: %s', (left, right, same) => {
  expect(streetKey(left) === streetKey(right)).toBe(same)
})
