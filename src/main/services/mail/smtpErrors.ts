/** Why a message was not sent, for people and for what follows. */
export interface MailFailure {
  readonly reason: string
  /** The server's three digits; null where it did not say any. */
  readonly status: number | null
  /** `line`: nobody answers or the line broke. `signIn`: user name or password. `server`: it can't take mail from us now. `message`: it does not take this message, ever. */
  readonly kind: 'line' | 'signIn' | 'server' | 'message'
}

const text = (error: object, field: string): string => {
  const value = (error as Readonly<Record<string, unknown>>)[field]
  return typeof value === 'string' ? value : ''
}

const number = (error: object, field: string): number | null => {
  const value = (error as Readonly<Record<string, unknown>>)[field]
  return typeof value === 'number' && value >= 200 && value < 600 ? value : null
}

/** The server's own words on one line, short enough for a list. */
function words(answer: string): string {
  const line = answer.replaceAll(/\s+/g, ' ').trim()
  return line.length > 300 ? `${line.slice(0, 299)}\u2026` : line
}

const SIGN_IN = new Set(['EAUTH', 'ENOAUTH', 'EOAUTH2'])

/** What nodemailer threw, in our words. Nothing of it holds the password. */
export function errorOf(error: unknown): MailFailure {
  if (!(error instanceof Error)) return { reason: 'The mail could not be sent.', status: null, kind: 'line' }
  const [code, answer, status] = [text(error, 'code'), text(error, 'response'), number(error, 'responseCode')]
  if (SIGN_IN.has(code)) return { reason: `The mail server did not accept the user name and password${answer === '' ? '.' : `: ${words(answer)}`}`, status, kind: 'signIn' }
  if (code === 'ETLS') return { reason: `No secure line to the mail server could be made: ${words(error.message)}`, status, kind: 'server' }
  if (status !== null) {
    const refused = status >= 500 && (code === 'EENVELOPE' || code === 'EMESSAGE')
    return { reason: `The mail server answered: ${words(answer || error.message)}`, status, kind: refused ? 'message' : 'server' }
  }
  if (code === 'EENVELOPE' || code === 'EMESSAGE') return { reason: `The mail server does not take this message: ${words(error.message)}`, status, kind: 'message' }
  return { reason: `The line to the mail server failed: ${words(error.message)}`, status, kind: 'line' }
}
