import { createHash } from 'node:crypto'
import { openPbxSocket, pbxFaultSentence } from '../observed/pbxSocket.ts'
import { Retry } from '../observed/retry.ts'
import type { PhoneWorld } from '../observed/world.ts'
import type { AmiAccount } from '../port.ts'
import { AmiFault, type AmiMessage, AmiReader, amiText } from './amiMessages.ts'

const PING_EVERY_MS = 30_000
/** So many pings without an answer, and the line is dead though nobody closed it. */
const UNANSWERED_PINGS = 3
/** So long nobody is asked again who refused: an account is not to be locked by us. */
const REFUSED_FOR_MS = 60_000
const REFUSED = 'The telephone system refuses the manager\u2019s user name or secret. Check them under Settings, Phone.'
const STRANGE = 'What answers at this address is no Asterisk manager. Check host and port under Settings, Phone. Baton keeps trying.'

interface ConnectionEars {
  /** Signed in, for the first time or again. */
  readonly ready: () => void
  readonly down: (sentence: string) => void
  readonly event: (event: AmiMessage) => void
}

type Socket = ReturnType<typeof openPbxSocket>

/**
 * The line to Asterisk’s Manager Interface: signs in by challenge, so that the secret itself is never sent (AMI action
 * Challenge, AuthType MD5), asks, pings, and finds back by itself.
 */
export class AmiConnection {
  readonly #account: AmiAccount
  readonly #ears: ConnectionEars
  readonly #world: PhoneWorld
  readonly #retry: Retry
  readonly #asked = new Map<string, (answer: AmiMessage | null) => void>()
  #socket: Socket | null = null
  #reader = new AmiReader()
  #nextId = 1
  #signedIn = false
  #pings = 0
  #stopPing: () => void = () => undefined

  constructor(account: AmiAccount, world: PhoneWorld, ears: ConnectionEars) {
    this.#account = account
    this.#world = world
    this.#ears = ears
    this.#retry = new Retry(world, () => this.open())
  }

  open(): void {
    this.#drop()
    this.#reader = new AmiReader()
    this.#socket = openPbxSocket(this.#account, {
      connected: () => void this.#signIn(),
      heard: (text) => this.#heard(text),
      gone: (code) => this.#lost(pbxFaultSentence(code)),
    })
  }

  close(): void {
    this.#drop()
    this.#retry.stop()
  }

  /** @returns the server’s answer, whatever it is. @throws where the line breaks before it comes */
  async ask(fields: Readonly<Record<string, string>>): Promise<AmiMessage> {
    const id = String(this.#nextId++)
    const answer = await new Promise<AmiMessage | null>((resolve) => {
      if (!this.#socket) return resolve(null)
      this.#asked.set(id, resolve)
      this.#socket.write(amiText({ ...fields, ActionID: id }))
    })
    if (!answer) throw new AmiFault('The line broke.')
    return answer
  }

  async #signIn(): Promise<void> {
    const { userName, secret } = this.#account
    const socket = this.#socket
    try {
      const challenge = (await this.ask({ Action: 'Challenge', AuthType: 'MD5' })).get('challenge')
      const key = createHash('md5').update(`${challenge ?? ''}${secret}`).digest('hex')
      const answer = await this.ask({ Action: 'Login', AuthType: 'MD5', Username: userName, Key: key, Events: 'call,system' })
      if (this.#socket !== socket) return
      if (challenge === undefined || answer.get('response') !== 'Success') return this.#lost(REFUSED, REFUSED_FOR_MS)
      this.#signedIn = true
      this.#retry.wentWell()
      this.#ping()
      this.#ears.ready()
    } catch {
      // The line broke meanwhile, which was said.
    }
  }

  #ping(): void {
    this.#stopPing = this.#world.after(PING_EVERY_MS, () => {
      if (++this.#pings > UNANSWERED_PINGS) return this.#lost(pbxFaultSentence('ETIMEDOUT'))
      this.ask({ Action: 'Ping' }).then(
        () => (this.#pings = 0),
        () => undefined,
      )
      this.#ping()
    })
  }

  #heard(text: string): void {
    try {
      for (const message of this.#reader.read(text)) this.#take(message)
    } catch (error) {
      if (!(error instanceof AmiFault)) throw error
      this.#lost(STRANGE)
    }
  }

  #take(message: AmiMessage): void {
    if (message.has('response')) {
      const id = message.get('actionid') ?? ''
      const answered = this.#asked.get(id)
      this.#asked.delete(id)
      answered?.(message)
    } else if (message.has('event') && this.#signedIn) this.#ears.event(message)
  }

  #lost(sentence: string, atLeastMs = 0): void {
    this.#drop()
    this.#ears.down(sentence)
    this.#retry.later(atLeastMs)
  }

  #drop(): void {
    this.#socket?.end()
    this.#socket = null
    this.#signedIn = false
    this.#pings = 0
    this.#stopPing()
    for (const broke of [...this.#asked.values()]) broke(null)
    this.#asked.clear()
  }
}
