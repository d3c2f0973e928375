import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'

type Fields = Readonly<Record<string, string>>

export const ESL_PASSWORD = 'ClueCon-secret'

const message = (headers: Fields, body = ''): string => {
  const length = body === '' ? {} : { 'Content-Length': String(Buffer.byteLength(body)) }
  return `${Object.entries({ ...length, ...headers }).map(([name, value]) => `${name}: ${value}\n`).join('')}\n${body}`
}

/**
 * A server that speaks FreeSWITCH's event socket as its documentation has it (mod_event_socket: auth/request, auth, event
 * json, api, bgapi with Job-UUID, text/event-json). What telephones do is said by whoever drives it.
 */
export class EslServer {
  readonly commands: string[] = []
  readonly #legs = new Map<string, Fields>()
  readonly #said: string[] = []
  readonly #sockets = new Set<Socket>()
  readonly #onCommand: (command: string) => string
  #server: Server | null = null
  port = 0
  refusesNext = false

  /** @param onCommand what a background command does; its result line */
  constructor(onCommand: (command: string) => string) {
    this.#onCommand = onCommand
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

  legOf(id: string): Fields | undefined {
    return this.#legs.get(id)
  }

  /** A leg is made, or something happens to it; it is listed until it hangs up. */
  leg(event: string, fields: Fields): void {
    const id = fields['Unique-ID'] ?? ''
    const whole = { ...this.#legs.get(id), ...fields }
    if (event === 'CHANNEL_HANGUP_COMPLETE') this.#legs.delete(id)
    else this.#legs.set(id, whole)
    this.#event({ 'Event-Name': event, ...whole })
  }

  raw(text: string): void {
    for (const socket of this.#sockets) socket.write(text)
  }

  sayAgain(): void {
    for (const text of this.#said) this.raw(text)
  }

  #event(fields: Fields): void {
    // A letter beyond ASCII, so that a length in letters is none in bytes.
    const text = message({ 'Content-Type': 'text/event-json' }, JSON.stringify({ ...fields, 'Caller-Caller-ID-Name': 'J\u00f6rg' }))
    this.#said.push(text)
    this.raw(text)
  }

  #serve(socket: Socket): void {
    this.#sockets.add(socket.setNoDelay(true))
    socket.on('close', () => this.#sockets.delete(socket))
    socket.on('error', () => undefined)
    let rest = ''
    let signedIn = false
    socket.write(message({ 'Content-Type': 'auth/request' }))
    socket.setEncoding('utf8').on('data', (chunk: unknown) => {
      const parts = `${rest}${String(chunk)}`.split('\n\n')
      rest = parts.pop() ?? ''
      for (const command of parts) {
        const reply = (text: string): void => void socket.write(message({ 'Content-Type': 'command/reply', 'Reply-Text': text }))
        if (command.startsWith('auth ')) {
          signedIn = command === `auth ${ESL_PASSWORD}`
          reply(signedIn ? '+OK accepted' : '-ERR invalid')
        } else if (!signedIn) reply('-ERR command not found')
        else this.#command(command, socket, reply)
      }
    })
  }

  #command(command: string, socket: Socket, reply: (text: string) => void): void {
    this.commands.push(command)
    if (command.startsWith('event json')) return reply('+OK event listener enabled json')
    if (command.startsWith('api show channels')) {
      const rows = [...this.#legs.values()].map((leg) => ({ uuid: leg['Unique-ID'], direction: leg['Call-Direction'], name: leg['Channel-Name'], presence_id: leg['Channel-Presence-ID'], cid_num: leg['Caller-Caller-ID-Number'], dest: leg['Caller-Destination-Number'], callstate: leg['Channel-Call-State'], call_uuid: leg['Other-Leg-Unique-ID'] ?? leg['Unique-ID'] }))
      return void socket.write(message({ 'Content-Type': 'api/response' }, JSON.stringify(rows.length === 0 ? { row_count: 0 } : { row_count: rows.length, rows })))
    }
    if (command.startsWith('api ')) return void socket.write(message({ 'Content-Type': 'api/response' }, 'UP 0 years'))
    const [, background, job] = /^bgapi (.*)\nJob-UUID: (.*)$/.exec(command) ?? []
    if (background === undefined) return reply('-ERR command not found')
    reply(`+OK Job-UUID: ${job}`)
    const outcome = this.refusesNext ? '-ERR No such channel!\n' : this.#onCommand(background)
    this.refusesNext = false
    this.raw(message({ 'Content-Type': 'text/event-json' }, JSON.stringify({ 'Event-Name': 'BACKGROUND_JOB', 'Job-UUID': job, 'Job-Command': background.split(' ')[0], _body: outcome })))
  }
}
