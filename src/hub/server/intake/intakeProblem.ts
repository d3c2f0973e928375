import type { z } from 'zod'

/** Something in the body that is not as agreed. */
export interface FieldProblem {
  /** Where, as a JSON Pointer (RFC 6901). */
  readonly pointer: string
  readonly detail: string
}

/** Why the intake did not take something, for the programmer of the other side (RFC 9457). */
export class IntakeProblem extends Error {
  override readonly name = 'IntakeProblem'
  readonly status: number
  readonly code: string
  readonly title: string
  readonly more: Readonly<Record<string, unknown>>
  /** When it is worth trying again, seconds. */
  readonly retryAfter: number | null

  constructor(status: number, code: string, title: string, detail: string, { retryAfter = null, ...more }: { readonly retryAfter?: number | null; readonly [key: string]: unknown } = {}) {
    super(detail)
    this.status = status
    this.code = code
    this.title = title
    this.more = more
    this.retryAfter = retryAfter
  }

  /** The body of the answer. */
  document(): Readonly<Record<string, unknown>> {
    return { type: `urn:baton:intake:${this.code}`, title: this.title, status: this.status, detail: this.message, code: this.code, ...this.more }
  }
}

const pointerOf = (path: readonly PropertyKey[]): string => path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

/** What the schema did not like, at most so much that a person reads it. */
export function notAsAgreed(error: z.ZodError): IntakeProblem {
  const errors: readonly FieldProblem[] = error.issues.slice(0, 20).map(({ path, message }) => ({ pointer: pointerOf(path), detail: message }))
  return new IntakeProblem(422, 'body', 'The body is not as agreed', 'Some fields are not as docs/intake.openapi.json says. Nothing was recorded. Mend them and send it again under another webhook-id.', { errors })
}

/** One answer for whatever is wrong about who sends it: nobody learns from it which companies and sources there are. */
export const notSigned = (): IntakeProblem =>
  new IntakeProblem(401, 'signature', 'The signature is not right', 'Sign webhook-id, webhook-timestamp and the body with the secret of this source, and send it to the address that Baton shows beside it. Nothing was recorded.')
