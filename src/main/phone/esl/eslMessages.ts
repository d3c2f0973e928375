/** One message of the event socket: its headers in lower case, and its body. */
export interface EslMessage {
  readonly headers: ReadonlyMap<string, string>
  readonly body: string
}

const LONGEST_HEADERS = 64 * 1024
const LONGEST_BODY = 4 * 1024 * 1024

/** What the server sends is no event socket, or too long to be taken in. */
export class EslFault extends Error {}

const plain = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/**
 * Cuts a stream of bytes (as latin1) into messages: headers to the first empty line, then as many bytes of body as
 * Content-Length says (FreeSWITCH documentation, mod_event_socket).
 */
export class EslReader {
  #bytes = ''

  /** @throws EslFault where a message grows beyond all measure */
  read(chunk: string): readonly EslMessage[] {
    this.#bytes += chunk
    const messages: EslMessage[] = []
    for (;;) {
      const message = this.#next()
      if (!message) return messages
      if (message.headers.size > 0) messages.push(message)
    }
  }

  #next(): EslMessage | null {
    const end = this.#bytes.indexOf('\n\n')
    if (end < 0) {
      if (this.#bytes.length > LONGEST_HEADERS) throw new EslFault('The headers are too long.')
      return null
    }
    const headers = headersOf(this.#bytes.slice(0, end))
    const length = Number(headers.get('content-length') ?? '0')
    if (!Number.isSafeInteger(length) || length < 0 || length > LONGEST_BODY) throw new EslFault('The length of a message is none.')
    const start = end + 2
    if (this.#bytes.length < start + length) return null
    const body = Buffer.from(this.#bytes.slice(start, start + length), 'latin1').toString('utf8')
    this.#bytes = this.#bytes.slice(start + length)
    return { headers, body }
  }
}

function headersOf(text: string): ReadonlyMap<string, string> {
  const headers = new Map<string, string>()
  for (const line of text.split('\n')) {
    const colon = line.indexOf(':')
    if (colon > 0) headers.set(line.slice(0, colon).trim().toLowerCase(), plain(line.slice(colon + 1).trim()))
  }
  return headers
}

/** An event’s fields; what is no text is left out. @returns null where the body is no event */
export function eventIn(body: string): Readonly<Record<string, string>> | null {
  try {
    const parsed: unknown = JSON.parse(body)
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return null
    return Object.fromEntries(Object.entries(parsed).filter((pair): pair is [string, string] => typeof pair[1] === 'string'))
  } catch {
    return null
  }
}
