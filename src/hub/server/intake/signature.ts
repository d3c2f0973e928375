import { createHmac, timingSafeEqual } from 'node:crypto'

/**
 * Signatures of the signed intake, after the Standard Webhooks specification: HMAC-SHA256 over `id.timestamp.body` with the
 * bytes behind `whsec_`, base64, in `webhook-signature` as `v1,…`; several of them stand side by side while a secret is changed.
 */

/** How far a sender's clock may be off, and how old a message may be, seconds. */
export const TOLERANCE_SECONDS = 5 * 60

const PREFIX = 'whsec_'

/** More signatures than a sender who changes secrets has; more would only cost time. */
const MOST_SIGNATURES = 5

/** A source's secret as it is shown. It follows from the hub's own secret, so that no table holds it. */
export function intakeSecret(hubSecret: Uint8Array, companyId: string, sourceId: string, secretId: string): string {
  return `${PREFIX}${createHmac('sha256', hubSecret).update(`baton-intake\n${companyId}\n${sourceId}\n${secretId}`).digest('base64')}`
}

const mac = (secret: string, text: string, body: Uint8Array): Buffer => createHmac('sha256', Buffer.from(secret.slice(PREFIX.length), 'base64')).update(text).update(body).digest()

/** @param signedAt epoch seconds */
export function signatureOf(secret: string, id: string, signedAt: number, body: Uint8Array): string {
  return `v1,${mac(secret, `${id}.${signedAt}.`, body).toString('base64')}`
}

export interface SignedMessage {
  readonly id: string
  /** Epoch seconds. */
  readonly signedAt: number
  readonly signatures: readonly string[]
}

/** What the headers say; undefined where they are missing or not as agreed. */
export function readSignature(headers: Readonly<Record<string, string | readonly string[] | undefined>>): SignedMessage | undefined {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature } = headers
  if (typeof id !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(id)) return undefined
  if (typeof timestamp !== 'string' || !/^\d{1,12}$/.test(timestamp)) return undefined
  if (typeof signature !== 'string') return undefined
  return { id, signedAt: Number(timestamp), signatures: signature.split(' ').slice(0, MOST_SIGNATURES) }
}

/** Whether one of the signatures was made with one of the secrets. Every pair is compared, in the same time whatever is found. */
export function isSigned({ id, signedAt, signatures }: SignedMessage, secrets: readonly string[], body: Uint8Array): boolean {
  let good = false
  for (const secret of secrets) {
    const expected = mac(secret, `${id}.${signedAt}.`, body)
    for (const signature of signatures) {
      if (!signature.startsWith('v1,')) continue
      const given = Buffer.from(signature.slice(3), 'base64')
      if (given.length === expected.length && timingSafeEqual(given, expected)) good = true
    }
  }
  return good
}
