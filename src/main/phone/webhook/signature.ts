import { createHmac, timingSafeEqual } from 'node:crypto'

/** Letters of a shared secret: whoever guesses it makes up calls. */
export const SHORTEST_SECRET = 32

/** How far a message’s own time may be from this machine’s, seconds. */
const WINDOW_SECONDS = 300
const TIMESTAMP = /^\d{1,12}$/
const SIGNATURE = /^sha256=([0-9a-f]{64})$/

/** What whoever sends puts into `X-Baton-Signature`. @param timestamp Unix seconds, as `X-Baton-Timestamp` has them */
export function signatureOf(secret: string, timestamp: string, body: string): string {
  return `sha256=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`
}

export type Verdict = 'genuine' | 'unsigned' | 'outOfTime' | 'repeated'

interface Signed {
  readonly timestamp: string
  readonly signature: string
  readonly body: string
}

/** Whether the headers are what a sender’s would be just now, before there is a body to prove them by. @param now epoch milliseconds */
export function looksSigned({ timestamp, signature }: Omit<Signed, 'body'>, now: number): boolean {
  return SIGNATURE.test(signature) && TIMESTAMP.test(timestamp) && Math.abs(now / 1000 - Number(timestamp)) <= WINDOW_SECONDS
}

/** Tells genuine messages from all others, each once: within the window every signature that was seen is remembered. */
export class Verifier {
  readonly #secret: string
  /** Signatures that were seen, and until when they are remembered, Unix seconds. */
  readonly #seen = new Map<string, number>()

  constructor(secret: string) {
    this.#secret = secret
  }

  /** @param now epoch milliseconds */
  judge({ timestamp, signature, body }: Signed, now: number): Verdict {
    if (!SIGNATURE.test(signature) || !TIMESTAMP.test(timestamp)) return 'unsigned'
    const right = timingSafeEqual(Buffer.from(signature), Buffer.from(signatureOf(this.#secret, timestamp, body)))
    if (!right) return 'unsigned'
    const seconds = now / 1000
    if (Math.abs(seconds - Number(timestamp)) > WINDOW_SECONDS) return 'outOfTime'
    for (const [old, until] of this.#seen) if (until < seconds) this.#seen.delete(old)
    if (this.#seen.has(signature)) return 'repeated'
    this.#seen.set(signature, Number(timestamp) + WINDOW_SECONDS + 1)
    return 'genuine'
  }
}
