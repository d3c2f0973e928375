/**
 * QuickBooks Desktop reads IIF in the code page of an American Windows, Windows-1252, and knows no byte order mark
 * and no UTF-8 (docs/money.md, "Characters"). Its bytes are Latin-1 except for 0x80 to 0x9F, which hold these.
 */
const HIGH: Readonly<Record<number, string>> = {
  0x80: '\u20ac', 0x82: '\u201a', 0x83: '\u0192', 0x84: '\u201e', 0x85: '\u2026', 0x86: '\u2020', 0x87: '\u2021', 0x88: '\u02c6',
  0x89: '\u2030', 0x8a: '\u0160', 0x8b: '\u2039', 0x8c: '\u0152', 0x8e: '\u017d', 0x91: '\u2018', 0x92: '\u2019', 0x93: '\u201c',
  0x94: '\u201d', 0x95: '\u2022', 0x96: '\u2013', 0x97: '\u2014', 0x98: '\u02dc', 0x99: '\u2122', 0x9a: '\u0161', 0x9b: '\u203a',
  0x9c: '\u0153', 0x9e: '\u017e', 0x9f: '\u0178',
}

const BYTE_OF = new Map(Object.entries(HIGH).map(([byte, letter]) => [letter, Number(byte)]))

/** Letters that lose nothing but a stroke when written plainly; the rest of Latin decomposes by itself. */
const PLAIN: Readonly<Record<string, string>> = { '\u0142': 'l', '\u0141': 'L', '\u0111': 'd', '\u0110': 'D', '\u0131': 'i', '\u2212': '-', '\u2011': '-', '\u2010': '-', '\u2032': "'", '\u2033': "'" }

function byteOf(letter: string): number | undefined {
  const code = letter.codePointAt(0) ?? 0
  return code < 0x80 || (code >= 0xa0 && code <= 0xff) ? code : BYTE_OF.get(letter)
}

/** What is left of a letter the code page lacks: itself without accents, or nothing. */
function plain(letter: string): string {
  const known = PLAIN[letter]
  if (known !== undefined) return known
  return [...letter.normalize('NFKD')].filter((part) => byteOf(part) !== undefined).join('')
}

export interface Narrowed {
  readonly text: string
  /** Letters and digits that could not be written: a name without them is another name. */
  readonly lost: readonly string[]
}

/** Text as Windows-1252 can hold it: accents it lacks are dropped, emoji and other signs left out, letters of other scripts reported. */
export function narrow(text: string): Narrowed {
  const lost: string[] = []
  let narrowed = ''
  for (const letter of text.normalize('NFC')) {
    if (byteOf(letter) !== undefined) narrowed += letter
    else {
      const left = plain(letter)
      if (left === '' && /[\p{L}\p{N}]/u.test(letter)) lost.push(letter)
      narrowed += left
    }
  }
  return { text: narrowed, lost }
}

/** @throws on a character the code page lacks; `narrow` first */
export function encodeWindows1252(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => {
    const byte = byteOf(letter)
    if (byte === undefined) throw new Error(`Windows-1252 has no ${JSON.stringify(letter)}`)
    return byte
  })
}

export function decodeWindows1252(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += HIGH[byte] ?? String.fromCharCode(byte)
  return text
}
