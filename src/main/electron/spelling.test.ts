import { expect, it } from 'vitest'
import { spellingLanguages } from './spelling.ts'

const AVAILABLE = ['de', 'en-GB', 'en-US', 'es', 'es-MX', 'fr', 'vi']

it.each([
  ['en-US', ['en-US', 'es']],
  ['en-GB', ['en-GB', 'es']],
  ['es-MX', ['es-MX', 'en-US']],
  ['de-AT', ['de', 'en-US', 'es']],
  ['tlh', ['en-US', 'es']],
])('spells at a workstation in %s', (locale, languages) => {
  expect(spellingLanguages(AVAILABLE, locale)).toEqual(languages)
})

it('spells nothing where the speller knows nothing', () => {
  expect(spellingLanguages([], 'en-US')).toEqual([])
})
