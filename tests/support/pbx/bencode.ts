/** What bencode can say: rtpengine is asked and answers in it. */
export type Bencoded = string | number | readonly Bencoded[] | { readonly [key: string]: Bencoded }

const isList = (value: Bencoded): value is readonly Bencoded[] => Array.isArray(value)

export function bencode(value: Bencoded): string {
  if (typeof value === 'number') return `i${value}e`
  if (typeof value === 'string') return `${Buffer.byteLength(value)}:${value}`
  if (isList(value)) return `l${value.map(bencode).join('')}e`
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `d${entries.map(([key, inner]) => bencode(key) + bencode(inner)).join('')}e`
}

class Reader {
  #at = 0
  readonly #bytes: Buffer

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  #upTo(mark: string): string {
    const end = this.#bytes.indexOf(mark, this.#at)
    if (end < 0) throw new Error('This is no bencode.')
    const text = this.#bytes.toString('utf8', this.#at, end)
    this.#at = end + 1
    return text
  }

  #text(): string {
    const length = Number(this.#upTo(':'))
    const text = this.#bytes.toString('utf8', this.#at, this.#at + length)
    this.#at += length
    return text
  }

  #isEnd(): boolean {
    if (this.#bytes[this.#at] !== 0x65) return false
    this.#at += 1
    return true
  }

  value(): Bencoded {
    const kind = String.fromCharCode(this.#bytes[this.#at] ?? 0)
    if (/\d/.test(kind)) return this.#text()
    this.#at += 1
    if (kind === 'i') return Number(this.#upTo('e'))
    if (kind === 'l') {
      const list: Bencoded[] = []
      while (!this.#isEnd()) list.push(this.value())
      return list
    }
    if (kind !== 'd') throw new Error('This is no bencode.')
    const entries: [string, Bencoded][] = []
    while (!this.#isEnd()) entries.push([this.#text(), this.value()])
    return Object.fromEntries(entries)
  }
}

/** @throws where it is none */
export function unbencode(bytes: Buffer): Bencoded {
  return new Reader(bytes).value()
}
