/** What a person copies to a workstation: where the hub is, a secret good for one enrolment, and whom to trust there. */
export interface EnrolmentCode {
  /** `https://host:port`. */
  readonly address: string
  readonly secret: string
  /** SHA-256 of the hub's certificate, hex; null where the workstation's own list of authorities decides, or over http. */
  readonly fingerprint: string | null
}

/** The code as text; the workstation reads it. */
export function enrolmentCodeText({ address, secret, fingerprint }: EnrolmentCode): string {
  return `baton1.${Buffer.from(JSON.stringify({ a: address, c: secret, f: fingerprint })).toString('base64url')}`
}
