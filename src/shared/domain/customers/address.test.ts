import { expect, it } from 'vitest'
import { splitAddress } from './address.ts'

it.each([
  ['27 Larkspur Court, Fairhollow, IL 60601', { line1: '27 Larkspur Court', line2: '', city: 'Fairhollow', state: 'IL', postalCode: '60601' }],
  ['9 Harbor Row, Unit 3, Millport, il 60601-1234', { line1: '9 Harbor Row', line2: 'Unit 3', city: 'Millport', state: 'IL', postalCode: '60601-1234' }],
  ['27 Larkspur Court\nFairhollow, IL 60601, USA', { line1: '27 Larkspur Court', line2: '', city: 'Fairhollow', state: 'IL', postalCode: '60601' }],
  ['27 Larkspur Court', undefined],
  ['Martin, call me back', undefined],
  ['', undefined],
])('splits %j', (pasted, split) => {
  expect(splitAddress(pasted)).toEqual(split)
})
