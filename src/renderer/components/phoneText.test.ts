import { expect, it } from 'vitest'
import { isReadablePhone, phoneAsTyped } from './phoneText.ts'

it('hands a number on as E.164, and what is none as it was typed', () => {
  expect(['555 014 2210', '014 22', 'ask her', ' '].map(phoneAsTyped)).toEqual(['+15550142210', '014 22', 'ask her', ''])
  expect(['555 014 2210', '+15550142210', '', '014 22', 'ask her'].map(isReadablePhone)).toEqual([true, true, true, false, false])
})
