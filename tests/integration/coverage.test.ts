import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

/** docs/coverage.md must not rot: every sentence keeps a place, every file it names is there, and no sentence goes missing. */

const root = fileURLToPath(new URL('../..', import.meta.url))
/** The documents are not part of this repository; where somebody works with them they lie beside it. */
const sources = join(root, '../shared/sources')
const GUIDE = '002-office-staff-guide.txt'
const ARTICLE = '001-csr-and-dispatcher.txt'

interface Row {
  readonly number: string
  /** The first words of the sentence, or the whole of a short one. */
  readonly begins: string
  readonly place: string
  readonly files: readonly string[]
}

const ROW = /^\| ([A-Z])(\d+) \| (.+?) \| (.*?) \| (.*?) \| (.*?) \|$/

const rows: readonly Row[] = readFileSync(join(root, 'docs/coverage.md'), 'utf8')
  .split('\n')
  .flatMap((line) => {
    const [, letter = '', digits = '', begins = '', place = '', code = '', tests = ''] = ROW.exec(line) ?? []
    return letter === '' ? [] : [{ number: `${letter}${digits}`, begins: begins.replace(/ \u2026$/, ''), place, files: [...`${code} ${tests}`.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '') }]
  })

const rowsOf = (letter: string): readonly Row[] => rows.filter(({ number }) => number.startsWith(letter))

/** A document's sentences: without its headings and labels, the marks of lists taken off. */
function sentencesOf(text: string): readonly string[] {
  return text.split('\n').flatMap((line) => {
    const bare = line.trim()
    const isHeading = bare === '' || /^(#|---)/.test(bare) || /^\*\*[^*]+:\*\*$/.test(bare)
    // The page the article stood on asked for its cookies.
    if (isHeading || /cookie/i.test(bare)) return []
    const said = bare.replace(/^(?:[-\u2022]|\d+\.|A:|\*\*Q:)\s*/, '').replaceAll('**', '').trim()
    // Not after the number of an example.
    return said.split(/(?<=[.?!][\u201d"]?)(?<!\d\.)\s+(?=\S)/)
  })
}

function part(text: string, after: string, before: string): string {
  const start = text.indexOf(after) + after.length
  expect(start, after).toBeGreaterThanOrEqual(after.length)
  return text.slice(start, text.indexOf(before, start))
}

describe('docs/coverage.md', () => {
  it('numbers the sentences of its three parts one after another', () => {
    for (const letter of ['B', 'Q', 'R']) {
      const numbers = rowsOf(letter).map(({ number }) => number)
      expect(numbers.length, letter).toBeGreaterThan(20)
      expect(numbers).toEqual(numbers.map((_number, index) => `${letter}${index + 1}`))
    }
  })

  it('has a place for every sentence: a file that carries it, or what is missing', () => {
    for (const { number, place, files } of rows) {
      expect(place.trim(), number).not.toBe('')
      if (files.length === 0) expect(place, number).toMatch(/not yet: |another issue: /i)
    }
  })

  it('names only files that are there', () => {
    const missing = rows.flatMap(({ number, files }) => files.filter((file) => !existsSync(join(root, file))).map((file) => `${number}: ${file}`))
    expect(missing).toEqual([])
  })

  it('lists above every sentence that has a gap, and no other', () => {
    const listed = /^With a gap: (.+)\.$/m.exec(readFileSync(join(root, 'docs/coverage.md'), 'utf8'))?.[1]?.split(', ')
    expect(listed).toEqual(rows.filter(({ place }) => /not yet: |another issue: /i.test(place)).map(({ number }) => number))
  })

  it.for([
    ['B', GUIDE, '\n## Call Booking & Customer Service', '\n## Customer & Location Records'],
    ['Q', GUIDE, '\n### Common Questions', '\n**Related Documents'],
    ['R', ARTICLE, '', '\u0000'],
  ] as const)('misses no sentence of part %s of %s', ([letter, file, after, before], { skip }) => {
    const path = join(sources, file)
    if (!existsSync(path)) skip('The documents are not beside this repository.')
    const text = readFileSync(path, 'utf8')
    // The article's two subheadings are the only lines of it that end without a mark.
    const wanted = sentencesOf(letter === 'R' ? text : part(text, after, before)).filter((sentence) => letter !== 'R' || /[.?!:\u201d]$/.test(sentence))
    expect(rowsOf(letter).map(({ begins }, index) => (wanted[index]?.startsWith(begins) ? wanted[index] : begins))).toEqual(wanted)
  })
})
