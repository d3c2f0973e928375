/**
 * Which characters a TrueType font can draw, read from its `cmap` table (OpenType 1.9, formats 4 and 12),
 * so that an invoice never shows the empty boxes of missing letters.
 */
export function fontCoverage(font: Uint8Array): (codePoint: number) => boolean {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength)
  const cmap = tableOffset(view, 'cmap')
  const ranges: [first: number, last: number][] = []
  const subtables = view.getUint16(cmap + 2)
  for (let index = 0; index < subtables; index++) {
    const at = cmap + view.getUint32(cmap + 4 + index * 8 + 4)
    const format = view.getUint16(at)
    if (format === 4) {
      const segments = view.getUint16(at + 6) / 2
      for (let segment = 0; segment < segments; segment++) {
        const [last, first] = [view.getUint16(at + 14 + segment * 2), view.getUint16(at + 16 + segments * 2 + segment * 2)]
        if (first !== 0xffff) ranges.push([first, last])
      }
    } else if (format === 12) {
      const groups = view.getUint32(at + 12)
      for (let group = 0; group < groups; group++) ranges.push([view.getUint32(at + 16 + group * 12), view.getUint32(at + 20 + group * 12)])
    }
  }
  return (codePoint) => ranges.some(([first, last]) => codePoint >= first && codePoint <= last)
}

function tableOffset(view: DataView, tag: string): number {
  const tables = view.getUint16(4)
  for (let index = 0; index < tables; index++) {
    const entry = 12 + index * 16
    const name = String.fromCharCode(view.getUint8(entry), view.getUint8(entry + 1), view.getUint8(entry + 2), view.getUint8(entry + 3))
    if (name === tag) return view.getUint32(entry + 8)
  }
  throw new Error(`The font has no ${tag} table`)
}

/**
 * Text as the font can print it: what it lacks loses its accents, signs and emoji are left out, and a letter of a
 * script it does not know becomes a question mark, so that a person sees that something is missing.
 */
export function printable(text: string, covers: (codePoint: number) => boolean): string {
  const drawn = (letter: string): boolean => covers(letter.codePointAt(0) ?? 0)
  return [...text.normalize('NFC').replace(/[\t\r\n]+/g, ' ')]
    .map((letter) => {
      if (drawn(letter)) return letter
      const plain = [...letter.normalize('NFKD')].filter(drawn).join('')
      return plain !== '' ? plain : /[\p{L}\p{N}]/u.test(letter) ? '?' : ''
    })
    .join('')
    .replace(/ {2,}/g, ' ')
    .trim()
}
