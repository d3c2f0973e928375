/** Each language is a dictionary in memory, and a word is right that is right in one of them. */
const MOST = 3

/** The office's language, English and Spanish: what is typed on nearly every American call. */
const USUAL = ['en', 'es'] as const

/** `es` or `es-ES` for `es`: what the speller calls a language of ours; the exact name first. */
function nameOf(code: string, available: readonly string[]): string | undefined {
  return available.find((name) => name === code) ?? (code === 'en' ? available.find((name) => name === 'en-US') : undefined) ?? available.find((name) => name.split('-')[0] === code)
}

/**
 * The languages in which the window spells what is typed.
 * @param available what the speller knows, as BCP 47 codes
 * @param locale the workstation's
 */
export function spellingLanguages(available: readonly string[], locale: string): readonly string[] {
  const own = available.includes(locale) ? locale : nameOf(locale.split('-')[0] ?? '', available)
  const others = USUAL.flatMap((code) => (own?.split('-')[0] === code ? [] : (nameOf(code, available) ?? [])))
  return [...(own === undefined ? [] : [own]), ...others].slice(0, MOST)
}
