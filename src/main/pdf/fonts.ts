import { fontCoverage, printable } from './fontCoverage.ts'

/** What a printer prints with. */
export interface Fonts {
  readonly regular: Uint8Array
  readonly medium: Uint8Array
}

const bytesOf = (dataUrl: string): Uint8Array => Buffer.from(dataUrl.slice(dataUrl.indexOf(',') + 1), 'base64')

let loading: Promise<Fonts> | undefined

async function load(): Promise<Fonts> {
  const [{ default: regular }, { default: medium }] = await Promise.all([import('pdfmake/fonts/Roboto/Roboto-Regular.ttf?inline'), import('pdfmake/fonts/Roboto/Roboto-Medium.ttf?inline')])
  return { regular: bytesOf(regular), medium: bytesOf(medium) }
}

/** The fonts of everything on paper, loaded for the first print only: most starts never print. */
export function loadFonts(): Promise<Fonts> {
  loading ??= load()
  return loading
}

function replaced<T>(value: T, covers: (codePoint: number) => boolean): T {
  if (typeof value === 'string') return printable(value, covers) as T
  if (Array.isArray(value)) return value.map((each: unknown) => replaced(each, covers)) as T
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, replaced(each as unknown, covers)])) as T
  return value
}

/** Every text of a paper as the fonts can print it. */
export function drawable<T>(paper: T, { regular }: Fonts): T {
  return replaced(paper, fontCoverage(regular))
}

/** Pages of a PDF that pdfmake wrote. */
export function pageCount(pdf: Uint8Array): number {
  return Buffer.from(pdf).toString('latin1').match(/\/Type \/Page\b(?!s)/g)?.length ?? 0
}
