/** Netstrings (`5:hello,`): how baresip's control port frames its JSON. */
export function netstring(text: string): string {
  return `${Buffer.byteLength(text)}:${text},`
}

/** Takes bytes as they come and gives the texts that are complete. */
export class NetstringReader {
  #bytes: Buffer = Buffer.alloc(0)

  /** @throws where what comes is no netstring */
  take(bytes: Buffer): readonly string[] {
    this.#bytes = Buffer.concat([this.#bytes, bytes])
    const texts: string[] = []
    for (;;) {
      const colon = this.#bytes.indexOf(':')
      if (colon < 0) return texts
      const length = Number(this.#bytes.toString('ascii', 0, colon))
      if (!Number.isSafeInteger(length)) throw new Error(`No netstring: ${this.#bytes.toString('utf8', 0, 40)}`)
      const end = colon + 1 + length
      if (this.#bytes.length < end + 1) return texts
      texts.push(this.#bytes.toString('utf8', colon + 1, end))
      this.#bytes = this.#bytes.subarray(end + 1)
    }
  }
}
