import { createHash } from 'node:crypto'
import { createServer, type Server, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'

type Fields = Readonly<Record<string, string>>

export const AMI_USER = 'baton'
export const AMI_SECRET = 'secret-of-the-manager'
const BANNER = 'Asterisk Call Manager/9.0.0\r\n'

const text = (fields: Fields): string => `${Object.entries(fields).map(([name, value]) => `${name}: ${value}`).join('\r\n')}\r\n\r\n`

function fieldsOf(message: string): Fields {
  return Object.fromEntries(message.split('\r\n').flatMap((line) => {
    const colon = line.indexOf(': ')
    return colon < 0 ? [] : [[line.slice(0, colon), line.slice(colon + 2)] as const]
  }))
}

/** A channel as the server has it up. */
export interface LiveChannel extends Fields {
  readonly Uniqueid: string
}

/**
 * A server that speaks Asterisk's Manager Interface as docs.asterisk.org has it (AMI v2 Specification; Actions Challenge,
 * Login, Ping, CoreShowChannels, Originate, Redirect, Hangup, Atxfer, CancelAtxfer, MuteAudio, PlayDTMF; Events). What
 * telephones do is said by whoever drives it.
 */
export class AmiServer {
  readonly actions: Fields[] = []
  readonly #channels = new Map<string, LiveChannel>()
  readonly #said: string[] = []
  readonly #sockets = new Set<Socket>()
  readonly #onAction: (action: Fields, server: AmiServer) => void
  #server: Server | null = null
  #challenge = 0
  port = 0
  refusesNext = false

  constructor(onAction: (action: Fields, server: AmiServer) => void) {
    this.#onAction = onAction
  }

  get connections(): number {
    return this.#sockets.size
  }

  async listen(): Promise<void> {
    const server = createServer((socket) => this.#serve(socket))
    this.#server = server
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve))
    this.port = (server.address() as AddressInfo).port
  }

  async stop(): Promise<void> {
    const server = this.#server
    this.#server = null
    for (const socket of this.#sockets) socket.destroy()
    if (server) await new Promise((resolve) => server.close(resolve))
  }

  /** A channel comes up, or changes; it is listed until `hangUp`. */
  channel(event: string, fields: LiveChannel): void {
    this.#channels.set(fields.Uniqueid, { ...this.#channels.get(fields.Uniqueid), ...fields })
    this.event(event, fields)
  }

  isUp(id: string): boolean {
    return this.#channels.has(id)
  }

  channelOf(id: string): LiveChannel | undefined {
    return this.#channels.get(id)
  }

  idOf(name: string): string | undefined {
    return [...this.#channels.values()].find((channel) => channel['Channel'] === name)?.Uniqueid
  }

  hangUp(id: string, cause: string): void {
    const channel = this.#channels.get(id)
    if (!channel) return
    this.#channels.delete(id)
    this.event('Hangup', { ...channel, Cause: cause, 'Cause-txt': 'Normal Clearing' })
  }

  event(name: string, fields: Fields): void {
    const message = text({ Event: name, Privilege: 'call,all', ...fields })
    this.#said.push(message)
    this.raw(message)
  }

  raw(message: string): void {
    for (const socket of this.#sockets) socket.write(message)
  }

  sayAgain(): void {
    for (const message of this.#said) this.raw(message)
  }

  #serve(socket: Socket): void {
    this.#sockets.add(socket.setNoDelay(true))
    socket.on('close', () => this.#sockets.delete(socket))
    socket.on('error', () => undefined)
    const challenge = `${(this.#challenge += 7_919)}`
    let rest = ''
    let signedIn = false
    socket.write(BANNER)
    socket.setEncoding('utf8').on('data', (chunk: unknown) => {
      const parts = `${rest}${String(chunk)}`.split('\r\n\r\n')
      rest = parts.pop() ?? ''
      for (const action of parts.map(fieldsOf)) {
        const answer = (fields: Fields): void => void socket.write(text({ ...fields, ActionID: action['ActionID'] ?? '' }))
        if (action['Action'] === 'Challenge') answer({ Response: 'Success', Challenge: challenge })
        else if (action['Action'] === 'Login') {
          const key = createHash('md5').update(`${challenge}${AMI_SECRET}`).digest('hex')
          signedIn = action['Username'] === AMI_USER && action['Key'] === key && action['AuthType'] === 'MD5'
          answer(signedIn ? { Response: 'Success', Message: 'Authentication accepted' } : { Response: 'Error', Message: 'Authentication failed' })
          if (!signedIn) socket.end()
        } else if (signedIn) this.#act(action, socket, answer)
        else answer({ Response: 'Error', Message: 'Permission denied' })
      }
    })
  }

  #act(action: Fields, socket: Socket, answer: (fields: Fields) => void): void {
    this.actions.push(action)
    if (action['Action'] === 'Ping') return answer({ Response: 'Success', Ping: 'Pong', Timestamp: '1783000000.000000' })
    if (action['Action'] === 'CoreShowChannels') {
      answer({ Response: 'Success', EventList: 'start', Message: 'Channels will follow' })
      for (const channel of this.#channels.values()) socket.write(text({ Event: 'CoreShowChannel', ...channel, ActionID: action['ActionID'] ?? '' }))
      return void socket.write(text({ Event: 'CoreShowChannelsComplete', EventList: 'Complete', ListItems: String(this.#channels.size) }))
    }
    if (this.refusesNext) {
      this.refusesNext = false
      return answer({ Response: 'Error', Message: 'No such channel' })
    }
    const named = action['Channel']
    if (action['Action'] !== 'Originate' && this.idOf(named ?? '') === undefined) return answer({ Response: 'Error', Message: 'No such channel' })
    answer({ Response: 'Success', Message: `${action['Action']} done` })
    this.#onAction(action, this)
  }
}
