import { randomUUID } from 'node:crypto'
import { openPbxSocket, pbxFaultSentence } from '../observed/pbxSocket.ts'
import { Retry } from '../observed/retry.ts'
import type { PhoneWorld } from '../observed/world.ts'
import type { EslAccount } from '../port.ts'
import { EslFault, type EslMessage, EslReader, eventIn } from './eslMessages.ts'

const PING_EVERY_MS = 30_000
/** So many questions without an answer, and the line is dead though nobody closed it. */
const UNANSWERED = 3
const EVENTS = 'CHANNEL_CREATE CHANNEL_PROGRESS CHANNEL_PROGRESS_MEDIA CHANNEL_ANSWER CHANNEL_BRIDGE CHANNEL_HOLD CHANNEL_UNHOLD CHANNEL_HANGUP_COMPLETE BACKGROUND_JOB'
/** So long nobody is asked again who refused: an account is not to be locked by us. */
const REFUSED_FOR_MS = 60_000
const REFUSED = 'The telephone system refuses the event socket\u2019s password. Check it under Settings, Phone.'
const STRANGE = 'What answers at this address is no FreeSWITCH event socket. Check host and port under Settings, Phone. Baton keeps trying.'
const NOT_ALLOWED = 'The telephone system lets no event socket in from this machine. Ask whoever runs it to allow its address. Baton keeps trying.'

export type EslEvent = Readonly<Record<string, string>>

interface ConnectionEars {
  readonly ready: () => void
  readonly down: (sentence: string) => void
  readonly event: (event: EslEvent) => void
}

type Answer = (message: EslMessage | null) => void

/** The line to FreeSWITCH’s event socket, inbound mode: signs in, listens, asks, and finds back by itself. */
export class EslConnection {
  readonly #account: EslAccount
  readonly #ears: ConnectionEars
  readonly #world: PhoneWorld
  readonly #retry: Retry
  /** Replies come in the order of their commands. */
  readonly #asked: Answer[] = []
  readonly #jobs = new Map<string, (body: string | null) => void>()
  #socket: ReturnType<typeof openPbxSocket> | null = null
  #reader = new EslReader()
  #ready = false
  #unanswered = 0
  #stopPing: () => void = () => undefined

  constructor(account: EslAccount, world: PhoneWorld, ears: ConnectionEars) {
    this.#account = account
    this.#world = world
    this.#ears = ears
    this.#retry = new Retry(world, () => this.open())
  }

  open(): void {
    this.#drop()
    this.#reader = new EslReader()
    const ears = { connected: () => undefined, heard: (bytes: string) => this.#heard(bytes), gone: (code: string) => this.#lost(pbxFaultSentence(code)) }
    this.#socket = openPbxSocket(this.#account, ears, 'latin1')
  }

  close(): void {
    this.#drop()
    this.#retry.stop()
  }

  /** Asks and waits for the answer in its turn. @returns its text. @throws where the line breaks before it comes */
  async ask(command: string): Promise<string> {
    const answer = await this.#send(`${inOneLine(command)}\n\n`)
    return answer.body || (answer.headers.get('reply-text') ?? '')
  }

  /** Has something done that may take long. @returns what became of it, `+OK…` or `-ERR…`. @throws where the line breaks */
  async job(command: string): Promise<string> {
    const id = randomUUID()
    const done = new Promise<string | null>((resolve) => this.#jobs.set(id, resolve))
    const reply = (await this.#send(`bgapi ${inOneLine(command)}\nJob-UUID: ${id}\n\n`)).headers.get('reply-text') ?? ''
    if (!reply.startsWith('+OK')) {
      this.#jobs.delete(id)
      return reply
    }
    const body = await done
    if (body === null) throw new EslFault('The line broke.')
    return body
  }

  async #send(text: string): Promise<EslMessage> {
    const answer = await new Promise<EslMessage | null>((resolve) => {
      if (!this.#socket) return resolve(null)
      this.#asked.push(resolve)
      this.#socket.write(text)
    })
    if (!answer) throw new EslFault('The line broke.')
    return answer
  }

  async #signIn(): Promise<void> {
    const socket = this.#socket
    try {
      const reply = await this.ask(`auth ${this.#account.password}`)
      if (this.#socket !== socket) return
      if (!reply.startsWith('+OK')) return this.#lost(REFUSED, REFUSED_FOR_MS)
      await this.ask(`event json ${EVENTS}`)
      if (this.#socket !== socket) return
      this.#ready = true
      this.#retry.wentWell()
      this.#ping()
      this.#ears.ready()
    } catch {
      // The line broke meanwhile, which was said.
    }
  }

  #ping(): void {
    this.#stopPing = this.#world.after(PING_EVERY_MS, () => {
      if (++this.#unanswered > UNANSWERED) return this.#lost(pbxFaultSentence('ETIMEDOUT'))
      this.ask('api uptime').then(
        () => (this.#unanswered = 0),
        () => undefined,
      )
      this.#ping()
    })
  }

  #heard(bytes: string): void {
    try {
      for (const message of this.#reader.read(bytes)) this.#take(message)
    } catch (error) {
      if (!(error instanceof EslFault)) throw error
      this.#lost(STRANGE)
    }
  }

  #take(message: EslMessage): void {
    switch (message.headers.get('content-type')) {
      case 'auth/request':
        return void this.#signIn()
      case 'command/reply':
      case 'api/response':
        return this.#asked.shift()?.(message)
      case 'text/event-json':
        return this.#event(eventIn(message.body))
      case 'text/rude-rejection':
        return this.#lost(NOT_ALLOWED)
      case 'text/disconnect-notice':
        return this.#lost(pbxFaultSentence(''))
    }
  }

  #event(event: EslEvent | null): void {
    if (!event || !this.#ready) return
    if (event['Event-Name'] !== 'BACKGROUND_JOB') return this.#ears.event(event)
    const id = event['Job-UUID'] ?? ''
    this.#jobs.get(id)?.(event['_body'] ?? '')
    this.#jobs.delete(id)
  }

  #lost(sentence: string, atLeastMs = 0): void {
    this.#drop()
    this.#ears.down(sentence)
    this.#retry.later(atLeastMs)
  }

  #drop(): void {
    this.#socket?.end()
    this.#socket = null
    this.#ready = false
    this.#unanswered = 0
    this.#stopPing()
    for (const broke of this.#asked.splice(0)) broke(null)
    for (const broke of [...this.#jobs.values()]) broke(null)
    this.#jobs.clear()
  }
}

/** Nothing that somebody typed may end a line and begin a command of its own. */
const inOneLine = (text: string): string => text.replaceAll(/[\p{Cc}]/gu, ' ')
