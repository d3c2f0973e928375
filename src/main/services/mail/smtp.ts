import { Readable } from 'node:stream'
import type { MailSettings } from '../../../shared/domain/mail/tables.ts'
import { errorOf, type MailFailure } from './smtpErrors.ts'

export type Server = Pick<MailSettings, 'host' | 'port' | 'security' | 'userName' | 'fromAddress'> & { readonly password: string }

export type Sent =
  | { readonly kind: 'sent'; readonly answer: string }
  /** The server surely has not taken it. */
  | { readonly kind: 'notSent'; readonly failure: MailFailure }
  /** The message was on its way when the line broke or the server fell silent. */
  | { readonly kind: 'unknown'; readonly failure: MailFailure }

export interface Patience {
  /** Milliseconds to connect and to be greeted, and of silence afterwards. */
  readonly connect: number
  readonly silence: number
}

const LATE: MailFailure = { reason: 'The leave to send it ran out before it went, so it was held back.', status: null, kind: 'line' }

/** A server may scan a message for minutes before it says yes; a hasty client would take a yes for a doubt. */
export const PATIENCE: Patience = { connect: 20_000, silence: 5 * 60_000 }

/**
 * The message as a stream that knows whether any of it was taken. It asks once more for leave before its first byte: as
 * long as not a byte is out the server can't have it, because it takes a message only when its end has come.
 */
class Once extends Readable {
  readonly #message: Uint8Array
  readonly #allowed: () => boolean
  begun = false
  stopped = false

  constructor(message: Uint8Array, allowed: () => boolean) {
    super()
    this.#message = message
    this.#allowed = allowed
    // Said to the connection as well; a stream that nobody listens to must not end the process.
    this.on('error', () => undefined)
  }

  override _read(): void {
    if (this.begun) return
    this.stopped = !this.#allowed()
    if (this.stopped) return void this.destroy(new Error('It may not go any more'))
    this.begun = true
    this.push(this.#message)
    this.push(null)
  }
}

/**
 * Hands one message to the mail server and says what is surely so. It never throws.
 * @param allowed asked directly before the message leaves; false ends it with surely nothing sent
 */
export async function sendOverSmtp(server: Server, to: string, message: Uint8Array, allowed: () => boolean, patience: Patience = PATIENCE): Promise<Sent> {
  const { default: SMTPConnection } = await import('nodemailer/lib/smtp-connection')
  const connection = new SMTPConnection({
    host: server.host,
    port: server.port,
    secure: server.security === 'tls',
    requireTLS: server.security === 'startTls',
    ignoreTLS: server.security === 'none',
    connectionTimeout: patience.connect,
    greetingTimeout: patience.connect,
    socketTimeout: patience.silence,
    // The tests' server, and a relay on the machine itself, may be all the network there is.
    allowInternalNetworkInterfaces: true,
  })
  const once = new Once(message, allowed)
  try {
    const answer = await new Promise<string>((resolve, reject) => {
      // A line that breaks says so here, whatever is under way.
      connection.on('error', reject)
      connection.on('end', () => reject(new Error('The mail server closed the line')))
      connection.connect((failed) => {
        if (failed) return reject(failed)
        logIn(connection, server, (refused) => {
          if (refused) return reject(refused)
          connection.send({ from: server.fromAddress, to: [to] }, once, (error, info) => (error ? reject(error) : resolve(String(info?.response ?? ''))))
        })
      })
    })
    connection.quit()
    return { kind: 'sent', answer }
  } catch (error) {
    connection.close()
    const failure: MailFailure = once.stopped ? LATE : errorOf(error)
    // A refusal in the server's own words is a word on the message; silence and a server that goes away are not.
    const refused = failure.status !== null && failure.status !== 421
    return { kind: once.begun && !refused ? 'unknown' : 'notSent', failure }
  }
}

/** Signs in where the server asks who is there. */
function logIn(connection: { login(auth: object, done: (error?: Error | null) => void): void }, { userName, password }: Server, done: (error?: Error | null) => void): void {
  if (userName === '') return done(null)
  connection.login({ credentials: { user: userName, pass: password } }, done)
}
