import { expect, it } from 'vitest'
import { METHODS } from '../../shared/contract/methods.ts'
import { collectHandlers } from './registry.ts'

it('answers every method of the contract', () => {
  const handlers = collectHandlers()
  expect([...METHODS.keys()].filter((name) => !handlers.has(name))).toEqual([])
})
