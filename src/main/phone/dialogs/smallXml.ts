/** An element as far as a small document needs it; text is everything between its children. */
export interface XmlElement {
  /** Without its prefix. */
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: readonly XmlElement[]
  readonly text: string
}

interface Open {
  readonly tag: string
  readonly attributes: ReadonlyMap<string, string>
  readonly children: XmlElement[]
  text: string
}

const LONGEST = 64 * 1024
const DEEPEST = 16
const MOST_ELEMENTS = 2_000

const NAME = '[A-Za-z_][\\w.-]*(?::[A-Za-z_][\\w.-]*)?'
/** One piece of a document: a comment, a processing instruction, a closing tag, an opening tag, or text. */
const PIECE = new RegExp(`<!--(?:(?!-->)[\\s\\S])*-->|<\\?(?:(?!\\?>)[\\s\\S])*\\?>|</(${NAME})\\s*>|<(${NAME})((?:\\s+${NAME}\\s*=\\s*(?:"[^"<]*"|'[^'<]*'))*)\\s*(/?)>|([^<]+)`, 'gy')
const ATTRIBUTE = new RegExp(`(${NAME})\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, 'g')
const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: '\u0027' }

const localName = (tag: string): string => tag.slice(tag.indexOf(':') + 1)

/** The five entities every document has, and numbers; null where another is named, for none is ever declared here. */
function unescaped(text: string): string | null {
  let known = true
  const plain = text.replaceAll(/&([^;&]{0,12});?/g, (_all, name: string) => {
    const code = /^#(\d{1,7})$/.exec(name)?.[1] ?? (/^#x([0-9a-f]{1,6})$/i.test(name) ? String(Number.parseInt(name.slice(2), 16)) : undefined)
    const value = code === undefined ? NAMED[name] : letter(Number(code))
    if (value === undefined) known = false
    return value ?? ''
  })
  return known ? plain : null
}

const letter = (code: number): string | undefined => (code >= 0x20 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : undefined)

function attributesOf(text: string): ReadonlyMap<string, string> | null {
  const attributes = new Map<string, string>()
  for (const [, name = '', double, single] of text.matchAll(ATTRIBUTE)) {
    const value = unescaped(double ?? single ?? '')
    if (value === null || attributes.has(name)) return null
    attributes.set(name, value)
  }
  return attributes
}

const closed = ({ tag, attributes, children, text }: Open): XmlElement => ({ name: localName(tag), attributes, children, text: text.trim() })

/**
 * Reads a small document strictly: no document type, no entities of its own, no CDATA, nothing left over, and no more of
 * it than a telephone's state can need.
 * @returns the root, or null where it is none of that
 */
export function readXml(document: string): XmlElement | null {
  if (document.length > LONGEST) return null
  const open: Open[] = []
  let root: XmlElement | null = null
  let elements = 0
  let at = 0
  const add = (element: XmlElement): boolean => {
    const parent = open.at(-1)
    if (parent) parent.children.push(element)
    else if (root) return false
    else root = element
    return true
  }
  const source = document.replace(/^\uFEFF/, '')
  for (const piece of source.matchAll(PIECE)) {
    const [all, closing, opening, attributesText = '', empty, text] = piece
    at = piece.index + all.length
    if (closing !== undefined) {
      const last = open.pop()
      if (last?.tag !== closing || !add(closed(last))) return null
    } else if (opening !== undefined) {
      const attributes = attributesOf(attributesText)
      if (!attributes || ++elements > MOST_ELEMENTS || open.length >= DEEPEST) return null
      const element = { tag: opening, attributes, children: [], text: '' }
      if (empty === '') open.push(element)
      else if (!add(closed(element))) return null
    } else if (text !== undefined) {
      const plain = unescaped(text)
      const parent = open.at(-1)
      if (plain === null || (!parent && plain.trim() !== '')) return null
      if (parent) parent.text += plain
    }
  }
  return at === source.length && open.length === 0 ? root : null
}
