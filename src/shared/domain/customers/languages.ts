/** The languages offered in a list, by BCP 47 code; the office's own first, then as they are spoken in American homes. */
export const LANGUAGES: readonly { readonly code: string; readonly name: string }[] = [
  { code: 'en', name: 'English' },
  { code: 'es', name: 'Spanish' },
  { code: 'zh', name: 'Chinese' },
  { code: 'tl', name: 'Tagalog' },
  { code: 'vi', name: 'Vietnamese' },
  { code: 'ar', name: 'Arabic' },
  { code: 'fr', name: 'French' },
  { code: 'ko', name: 'Korean' },
  { code: 'ru', name: 'Russian' },
  { code: 'pt', name: 'Portuguese' },
  { code: 'ht', name: 'Haitian Creole' },
  { code: 'hi', name: 'Hindi' },
  { code: 'de', name: 'German' },
  { code: 'pl', name: 'Polish' },
]

/** `Spanish` for `es`; the code itself where it is none of the list's, empty for none. */
export function languageName(code: string | null): string {
  if (code === null) return ''
  return LANGUAGES.find((language) => language.code === code)?.name ?? code
}
