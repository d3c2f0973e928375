import { describe, expect, it } from 'vitest'
import { COMMON_QUESTIONS } from './commonQuestions.ts'
import { findSections, sectionsOf } from './sections.ts'

const BODY = '# What if they want a discount?\n\nAsk the manager.\n\nAlways.\n#Pets\nA dog is kept in.\n\n# Nothing below\n'

describe('the sections of a manual', () => {
  it('begin at its headings, and keep their paragraphs', () => {
    expect(sectionsOf(BODY)).toEqual([
      { heading: 'What if they want a discount?', text: 'Ask the manager.\n\nAlways.' },
      { heading: 'Pets', text: 'A dog is kept in.' },
    ])
  })

  it('keep what stands before the first heading', () => {
    expect(sectionsOf('Answer within three rings.\n\n# Pets\nKept in.')[0]).toEqual({ heading: '', text: 'Answer within three rings.' })
    expect(sectionsOf('')).toEqual([])
  })
})

describe('searching while somebody is on the line', () => {
  const sections = sectionsOf(`${BODY}# Dogs\nThey don\u2019t like a discount.\n`)
  const found = (typed: string): readonly string[] => findSections(sections, typed).map(({ heading }) => heading)

  it('shows everything before anything is typed', () => {
    expect(found(' ')).toEqual(['What if they want a discount?', 'Pets', 'Dogs'])
  })

  it('finds by the beginnings of words, in the heading before the text', () => {
    expect(found('disc')).toEqual(['What if they want a discount?', 'Dogs'])
    expect(found('dog')).toEqual(['Dogs', 'Pets'])
    expect(found('DONT like')).toEqual(['Dogs'])
    expect(found('don\u2019t')).toEqual(['Dogs'])
  })

  it('wants every word, and finds nothing where one is not there', () => {
    expect(found('discount manager')).toEqual(['What if they want a discount?'])
    expect(found('ount')).toEqual([])
    expect(found('discount zebra')).toEqual([])
  })
})

describe('the common questions that are shipped', () => {
  const sections = sectionsOf(COMMON_QUESTIONS.body)

  it('have a question and an answer each', () => {
    expect(sections.length).toBeGreaterThan(10)
    for (const { heading, text } of sections) {
      expect(heading, text).toMatch(/\?$/)
      expect(text.length, heading).toBeGreaterThan(80)
    }
  })

  it.each([
    ['same day full', /^What if the customer wants same-day service/],
    ['angry', /^How do I handle an angry customer/],
    ['already paid', /^Customer says they already paid/],
    ['mistake', /^What if I make a mistake/],
    ['discount', /^Customer wants a discount/],
    ['price', /price/],
    ['overloaded', /phones/],
    ['both roles', /dispatcher/],
  ])('answer to \u201c%s\u201d first', (typed, heading) => {
    expect(findSections(sections, typed)[0]?.heading).toMatch(heading)
  })
})
