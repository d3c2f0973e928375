import { expect, test } from 'vitest'
import { matchingOptions } from './choiceMatch.ts'

const options = ['No cooling', 'Service, no heat', 'Tune-up', 'Wes Tran', 'Zo\u00eb Noble'].map((label) => ({ label }))
const matched = (typed: string): readonly string[] => matchingOptions(options, typed).map((option) => option.label)

test('the first letters of any word find it, those of the label first', () => {
  expect(matched('no')).toEqual(['No cooling', 'Service, no heat', 'Zo\u00eb Noble'])
  expect(matched('s n h')).toEqual(['Service, no heat'])
  expect(matched('tu')).toEqual(['Tune-up'])
})

test('case and accents do not matter, letters within a word do not count', () => {
  expect(matched('ZOE')).toEqual(['Zo\u00eb Noble'])
  expect(matched('oo')).toEqual([])
  expect(matched(' ')).toHaveLength(options.length)
})

test('where no word begins so, the first letters of words in a row find it', () => {
  expect(matched('nh')).toEqual(['Service, no heat'])
  expect(matched('snh')).toEqual(['Service, no heat'])
  expect(matched('sh')).toEqual([])
})
