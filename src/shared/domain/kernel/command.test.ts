import { expect, it } from 'vitest'
import { z } from 'zod'
import { accept, defineIntention } from './command.ts'

it('lets no command wait for the hub that has taken a document number', () => {
  // oxlint-disable-next-line require-yield
  const nothing = function* () {
    return null
  }
  const shape = { name: 'sample.number', version: 1, summary: 'Takes a number.', permission: 'office.view', input: z.strictObject({}), load: nothing, decide: () => accept() } as const
  expect(() => defineIntention({ ...shape, numbers: ['invoice'] })).not.toThrow()
  expect(() => defineIntention({ ...shape, online: true })).not.toThrow()
  expect(() => defineIntention({ ...shape, online: true, numbers: ['invoice'] })).toThrow(/sample\.number.*invoice number.*hole/)
})
