import { expect, it } from 'vitest'
import { destinationKey, destinationName, destinations, destinationState, inOrder, numberIn } from './passing.ts'

const COLLEAGUES = [
  { userId: 'kim', name: 'Kim Ode', state: 'free' as const },
  { userId: 'lee', name: 'Lee Park', state: 'onCall' as const },
]

it('finds colleagues by the beginning of any of their names, in the order given', () => {
  expect(destinations(COLLEAGUES, '').map(destinationName)).toEqual(['Kim Ode', 'Lee Park'])
  expect(destinations(COLLEAGUES, 'par').map(destinationName)).toEqual(['Lee Park'])
  expect(destinations(COLLEAGUES, 'k o').map(destinationName)).toEqual(['Kim Ode'])
  expect(destinations(COLLEAGUES, 'ark')).toEqual([])
  expect(destinations(COLLEAGUES, 'lee').map(destinationState)).toEqual(['on a call'])
})

it('offers a group as whoever of it is free, after the people', () => {
  const groups = [{ name: 'Dispatch', userIds: ['lee', 'kim'] }, { name: 'Sales', userIds: ['lee'] }]
  const all = destinations(COLLEAGUES, '', groups)
  expect(all.map(destinationKey)).toEqual(['kim', 'lee', 'group Dispatch', 'group Sales'])
  expect(all.slice(2).map(destinationState)).toEqual(['Kim Ode is free', 'nobody free'])
  expect(destinations(COLLEAGUES, 'disp', groups).map(destinationName)).toEqual(['Dispatch'])
})

it('leaves everybody where they stood, whatever they do meanwhile', () => {
  const now = [{ userId: 'new', name: 'New One', state: 'free' as const }, { userId: 'lee', name: 'Lee Park', state: 'free' as const }, { userId: 'kim', name: 'Kim Ode', state: 'onCall' as const }]
  expect(inOrder(now, ['kim', 'lee']).map(({ userId, state }) => [userId, state])).toEqual([['kim', 'onCall'], ['lee', 'free'], ['new', 'free']])
})

it('takes a number in any notation, and an extension as it is dialled', () => {
  expect(destinations(COLLEAGUES, '(555) 014-2210')).toEqual([{ kind: 'number', number: '+15550142210' }])
  expect(destinations(COLLEAGUES, '204').map((to) => [destinationName(to), destinationState(to)])).toEqual([['204', 'extension']])
  expect([numberIn('*98'), numberIn('4'), numberIn('front desk'), numberIn('')]).toEqual(['*98', null, null, null])
})
