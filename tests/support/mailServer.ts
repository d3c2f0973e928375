import { SMTPServer } from 'smtp-server'

/** What the server does with a message. */
export type Manner =
  | 'take'
  /** Takes the message, and the line breaks before it says so. */
  | 'takeAndBreak'
  /** Takes it, says nothing, and keeps the line. */
  | 'takeAndFallSilent'
  | 'refuseSender'
  /** The recipient, for good. */
  | 'refuseRecipient'
  | 'refuseMessage'
  | 'tooBusyForMessage'
  /** The line breaks when the message is about to come. */
  | 'breakBefore'

/** Places in the conversation at which the server can be told to fall silent. */
export type Stage = 'connect' | 'signIn' | 'sender' | 'recipient' | 'message' | 'taken'

export interface ReceivedMail {
  readonly to: string
  readonly from: string
  readonly user: string | null
  readonly messageId: string
  readonly raw: string
}

const refusal = (status: number, text: string): Error => Object.assign(new Error(text), { responseCode: status })

const header = (raw: string, name: string): string => new RegExp(`^${name}:\\s*(.*)$`, 'im').exec(raw)?.[1]?.trim() ?? ''

export interface MailServerOptions {
  /** User name and password it wants; without them it asks nobody. */
  readonly account?: { readonly user: string; readonly password: string }
  readonly port?: number
}

/** A real mail server on this machine, which remembers what it took and can be told to misbehave. */
export class MailServer {
  /** What it holds in its hands, whether it said so or not. */
  readonly received: ReceivedMail[] = []
  manner: Manner = 'take'
  /** It falls silent here. */
  holdAt: Stage | null = null
  /** How often it has fallen silent. */
  held = 0
  /** How often somebody signed in with the wrong words. */
  refusedSignIns = 0
  readonly #server: SMTPServer
  #port = 0

  private constructor({ account }: MailServerOptions) {
    this.#server = new SMTPServer({
      logger: false,
      authOptional: account === undefined,
      disabledCommands: account === undefined ? ['AUTH', 'STARTTLS'] : ['STARTTLS'],
      allowInsecureAuth: true,
      disableReverseLookup: true,
      onConnect: (_session, done) => this.#go('connect', done),
      onAuth: (auth, _session, done) => {
        if (this.#holds('signIn')) return
        if (auth.username === account?.user && auth.password === account?.password) return done(null, { user: auth.username ?? '' })
        this.refusedSignIns += 1
        done(refusal(535, 'Authentication credentials invalid'))
      },
      onMailFrom: (_address, _session, done) => !this.#holds('sender') && done(this.manner === 'refuseSender' ? refusal(451, 'Try again later') : null),
      onRcptTo: (_address, session, done) => {
        if (this.#holds('recipient')) return
        if (this.manner === 'breakBefore') return this.#hangUp(session.id)
        done(this.manner === 'refuseRecipient' ? refusal(550, 'No such mailbox here') : null)
      },
      onData: (stream, session, done) => {
        if (this.#holds('message')) return
        const parts: Buffer[] = []
        stream.on('data', (part: Buffer) => parts.push(part))
        stream.on('end', () => {
          if (this.manner === 'refuseMessage') return done(refusal(554, 'This looks like spam'))
          if (this.manner === 'tooBusyForMessage') return done(refusal(452, 'Out of room, try again later'))
          const raw = Buffer.concat(parts).toString('utf8')
          const from = session.envelope.mailFrom
          this.received.push({ to: session.envelope.rcptTo[0]?.address ?? '', from: from === false ? '' : from.address, user: typeof session.user === 'string' ? session.user : null, messageId: header(raw, 'Message-ID'), raw })
          if (this.#holds('taken')) return
          if (this.manner === 'takeAndBreak') return this.#hangUp(session.id)
          if (this.manner === 'take') done()
        })
      },
    })
    this.#server.on('error', () => undefined)
  }

  static async start(options: MailServerOptions = {}): Promise<MailServer> {
    const server = new MailServer(options)
    const listening = server.#server.listen(options.port ?? 0, '127.0.0.1')
    await new Promise<void>((resolve) => listening.once('listening', resolve))
    const address = listening.address()
    server.#port = typeof address === 'object' && address !== null ? address.port : 0
    return server
  }

  get port(): number {
    return this.#port
  }

  #holds(stage: Stage): boolean {
    if (this.holdAt !== stage) return false
    this.held += 1
    return true
  }

  #go(stage: Stage, done: () => void): void {
    if (!this.#holds(stage)) done()
  }

  #hangUp(sessionId: string): void {
    for (const connection of this.#server.connections) if (connection.id === sessionId) connection.close()
  }

  /** As `mail.configure` takes it. */
  settings(userName = '') {
    return { host: '127.0.0.1', port: this.#port, security: 'none', userName, fromName: 'Copper Ridge', fromAddress: 'office@copper-ridge.example' }
  }

  close(): Promise<void> {
    for (const connection of this.#server.connections) connection.close()
    return new Promise((resolve) => this.#server.close(() => resolve()))
  }
}
