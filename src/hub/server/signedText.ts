import { createHmac, timingSafeEqual } from 'node:crypto'

/**
 * Text that the hub gives away and knows again: every hub process signs with the secret in the database, so none of them
 * has to remember whom it gave what.
 */
export class Signer {
  readonly #secret: Uint8Array

  constructor(secret: Uint8Array) {
    this.#secret = secret
  }

  #mac(purpose: string, body: string): Buffer {
    return createHmac('sha256', this.#secret).update(`${purpose}\n${body}`).digest()
  }

  /** @param purpose so that a text signed for one thing is no good for another */
  sign(purpose: string, value: unknown): string {
    const body = Buffer.from(JSON.stringify(value)).toString('base64url')
    return `${body}.${this.#mac(purpose, body).toString('base64url')}`
  }

  /** The value, or undefined where it was not signed by this hub for this purpose. */
  read(purpose: string, text: string): unknown {
    const [body = '', mac = '', ...more] = text.split('.')
    if (more.length > 0) return undefined
    const expected = this.#mac(purpose, body)
    const given = Buffer.from(mac, 'base64url')
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined
    return JSON.parse(Buffer.from(body, 'base64url').toString('utf8'))
  }
}
