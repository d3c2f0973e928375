import { foldText } from '../../base/text.ts'

/** A heading of a manual and what stands below it: a question and its answer. */
export interface Section {
  /** Empty where a manual begins without one. */
  readonly heading: string
  /** Its paragraphs, parted by empty lines. */
  readonly text: string
}

const isHeading = (line: string): boolean => line.startsWith('#')

/** A manual's sections, in their order: a line that begins with # is a heading. A heading with nothing below it is none. */
export function sectionsOf(body: string): readonly Section[] {
  const sections: { heading: string; lines: string[] }[] = [{ heading: '', lines: [] }]
  for (const line of body.split('\n')) {
    if (isHeading(line)) sections.push({ heading: line.replace(/^#+\s*/, '').trim(), lines: [] })
    else sections.at(-1)?.lines.push(line)
  }
  return sections.map(({ heading, lines }) => ({ heading, text: lines.join('\n').trim() })).filter(({ text }) => text !== '')
}

/** Apostrophes are gone, so that `don’t` and `dont` are one word. */
const wordsOf = (text: string): readonly string[] => foldText(text.replaceAll(/['\u2018\u2019]/g, '')).split(' ').filter(Boolean)

const hasAll = (words: readonly string[], begun: readonly string[]): boolean => begun.every((begin) => words.some((word) => word.startsWith(begin)))

/**
 * The sections in which a word begins with each of the words that are typed; those that have them in the heading come first,
 * else they stay in their order. Everything, where nothing is typed.
 */
export function findSections<T extends Section>(sections: readonly T[], typed: string): readonly T[] {
  const begun = wordsOf(typed)
  const ranked = sections.map((section) => ({ section, heading: hasAll(wordsOf(section.heading), begun), whole: hasAll(wordsOf(`${section.heading} ${section.text}`), begun) }))
  return [...ranked.filter(({ heading }) => heading), ...ranked.filter(({ heading, whole }) => whole && !heading)].map(({ section }) => section)
}
