/** One message of the Manager Interface: header names in lower case. */
export type AmiMessage = ReadonlyMap<string, string>

const LONGEST_MESSAGE = 64 * 1024
const HEADER = /^([A-Za-z0-9_()-]{1,80}):[ \t]?(.*)$/

/** What the server sends is no Manager Interface, or too long to be taken in. */
export class AmiFault extends Error {}

/**
 * Cuts a stream into messages: lines of `Name: value` ended by CRLF, an empty line after each message
 * (docs.asterisk.org, "AMI v2 Specification", Message Layout).
 */
export class AmiReader {
  #text = ''

  /** @throws AmiFault where a message grows beyond all measure */
  read(chunk: string): readonly AmiMessage[] {
    this.#text += chunk
    const parts = this.#text.split(/\r?\n\r?\n/)
    this.#text = parts.pop() ?? ''
    if (this.#text.length > LONGEST_MESSAGE || parts.some(({ length }) => length > LONGEST_MESSAGE)) throw new AmiFault('A message is too long.')
    return parts.map(messageOf).filter(({ size }) => size > 0)
  }
}

function messageOf(text: string): AmiMessage {
  const fields = new Map<string, string>()
  for (const line of text.split(/\r?\n/)) {
    const [, name, value] = HEADER.exec(line) ?? []
    // A header that comes twice (ChanVariable) is none of ours; the first counts.
    if (name !== undefined && !fields.has(name.toLowerCase())) fields.set(name.toLowerCase(), (value ?? '').trim())
  }
  return fields
}

/** Nothing that somebody typed may end a line and begin a header of its own. */
const inOneLine = (value: string): string => value.replaceAll(/[\p{Cc}]/gu, ' ')

export function amiText(fields: Readonly<Record<string, string>>): string {
  return `${Object.entries(fields)
    .map(([name, value]) => `${name}: ${inOneLine(value)}`)
    .join('\r\n')}\r\n\r\n`
}
