import { once } from 'node:events'
import { mkdtempSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { z } from 'zod'
import { readSound, type Sound, writeTone } from './audio.ts'
import { baresipConfig } from './baresipConfig.ts'
import { netstring, NetstringReader } from './netstrings.ts'
import { PATIENCE_MS } from './patience.ts'
import { type Program, startProgram, untilListening } from './program.ts'

const eventShape = z.object({
  event: z.literal(true),
  /** CALL_INCOMING, CALL_RINGING, CALL_ESTABLISHED, CALL_CLOSED, CALL_DTMF_START, REGISTER_OK… */
  type: z.string(),
  /** The call's Call-ID. */
  id: z.string().default(''),
  peeruri: z.string().default(''),
  direction: z.string().default(''),
  /** Why a call closed, which digit came, and the like. */
  param: z.string().default(''),
})

const replyShape = z.object({ response: z.literal(true), ok: z.boolean(), data: z.string().default(''), token: z.string() })

const messageShape = z.union([eventShape, replyShape])

/** What a telephone has said of itself. */
export type BaresipEvent = z.infer<typeof eventShape>

export interface BaresipOptions {
  readonly name: string
  /** Folder in which it gets one of its own. */
  readonly folder: string
  readonly address: string
  readonly port: number
  /** TCP port of its control. */
  readonly controlPort: number
  readonly rtpFirst: number
  /** Its line in baresip's accounts file. */
  readonly account: string
  /** What it says into every call. */
  readonly toneHertz: number
}

/** How long its tone lasts, seconds: longer than any test's call. */
const TONE_SECONDS = 120

/** A telephone with sound, steered by tests: it says one tone and keeps what it hears. */
export class Baresip {
  /** Everything that has happened, oldest first. */
  readonly events: BaresipEvent[] = []
  readonly #folder: string
  readonly #program: Program
  readonly #control: Socket
  readonly #consumed = new Set<BaresipEvent>()
  readonly #waiting = new Set<() => void>()
  readonly #replies = new Map<string, (reply: z.infer<typeof replyShape>) => void>()
  #commands = 0

  private constructor(folder: string, program: Program, control: Socket) {
    this.#folder = folder
    this.#program = program
    this.#control = control
    const reader = new NetstringReader()
    control.on('error', () => undefined)
    control.on('data', (bytes) => {
      for (const text of reader.take(bytes)) this.#hear(messageShape.parse(JSON.parse(text)))
    })
  }

  /** @throws with the end of its log where it does not come up */
  static async start(options: BaresipOptions): Promise<Baresip> {
    // One of its own for each start: a test that is tried again finds nothing of the telephone before.
    const folder = mkdtempSync(join(options.folder, `${options.name}-`))
    const source = writeTone(join(folder, 'says.wav'), options.toneHertz, TONE_SECONDS)
    for (const [file, text] of Object.entries(baresipConfig(options, folder, source))) writeFileSync(join(folder, file), text)
    const program = await startProgram(options.name, 'baresip', ['-4', '-f', folder], folder)
    await untilListening(program, options.address, options.controlPort)
    const control = connect(options.controlPort, options.address)
    await once(control, 'connect')
    return new Baresip(folder, program, control)
  }

  #hear(message: z.infer<typeof messageShape>): void {
    if ('event' in message) {
      this.events.push(message)
      for (const look of [...this.#waiting]) look()
      return
    }
    this.#replies.get(message.token)?.(message)
    this.#replies.delete(message.token)
  }

  /**
   * One of baresip's own commands.
   * @throws where it refuses
   */
  async command(command: string, params = ''): Promise<string> {
    const token = String(++this.#commands)
    const { promise, resolve, reject } = Promise.withResolvers<z.infer<typeof replyShape>>()
    const timer = setTimeout(() => reject(new Error(`${this.#program.name} did not answer ${command}. It said:\n${this.#program.log().slice(-3000)}`)), PATIENCE_MS)
    this.#replies.set(token, resolve)
    this.#control.write(netstring(JSON.stringify({ command, params, token })))
    const { ok, data } = await promise.finally(() => clearTimeout(timer))
    if (!ok) throw new Error(`baresip ${this.#program.name} refused ${command} ${params}: ${data}`)
    return data
  }

  /**
   * The next event of a type that no `until` has had yet; waits for it where it has not happened.
   * @throws when patience ends, with what happened instead
   */
  async until(type: string): Promise<BaresipEvent> {
    const find = (): BaresipEvent | undefined => this.events.find((event) => event.type === type && !this.#consumed.has(event))
    const found = find() ?? (await this.#next(type, find))
    this.#consumed.add(found)
    return found
  }

  #next(type: string, find: () => BaresipEvent | undefined): Promise<BaresipEvent> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const found = find()
        if (!found) return
        clearTimeout(timer)
        this.#waiting.delete(look)
        resolve(found)
      }
      const timer = setTimeout(() => {
        this.#waiting.delete(look)
        reject(new Error(`${this.#program.name} had no ${type}; it had ${this.events.map((event) => `${event.type} ${event.param}`).join(', ')}. It said:\n${this.#program.log().slice(-3000)}`))
      }, PATIENCE_MS)
      this.#waiting.add(look)
    })
  }

  /** Calls it is in, or that ring at it. */
  #open(): ReadonlySet<string> {
    const open = new Set<string>()
    for (const { type, id } of this.events) {
      if (type === 'CALL_CLOSED') open.delete(id)
      else if (type.startsWith('CALL_') && id !== '') open.add(id)
    }
    return open
  }

  /**
   * Ends whatever it is in and takes everything that has happened for known, so that a test that failed half-way leaves
   * nothing behind for the next one.
   */
  async rest(): Promise<void> {
    for (let left = this.#open().size; left > 0; left--) await this.hangUp()
    for (const event of this.events) this.#consumed.add(event)
  }

  /** Calls a number or extension (of the server it belongs to) or a whole SIP address. */
  async dial(target: string): Promise<void> {
    await this.command('dial', target)
  }

  /** Takes the call that rings. */
  async accept(): Promise<void> {
    await this.command('accept')
  }

  /** Ends or declines its current call. */
  async hangUp(): Promise<void> {
    await this.command('hangup')
  }

  async hold(): Promise<void> {
    await this.command('hold')
  }

  async resume(): Promise<void> {
    await this.command('resume')
  }

  /** Blind transfer of its current call. */
  async transfer(target: string): Promise<void> {
    await this.command('transfer', target)
  }

  /** Sends digits into the current call, as RFC 4733 events. */
  async press(digits: string): Promise<void> {
    await this.command('sndcode', digits)
  }

  /** The digits it has been sent, over all its calls. */
  digitsReceived(): string {
    return this.events.filter(({ type }) => type === 'CALL_DTMF_START').map(({ param }) => param).join('')
  }

  /**
   * What each of its calls has heard so far, oldest first; a call that is up grows while packets come. Only up to the first
   * re-INVITE (hold): baresip 1.0 loses the filter then. `pbx.sound` counts packets beyond it, a TonePhone hears beyond it.
   */
  heard(): readonly Sound[] {
    return this.#recorded('dec')
  }

  /** What each of its calls has said so far. */
  said(): readonly Sound[] {
    return this.#recorded('enc')
  }

  #recorded(side: 'dec' | 'enc'): readonly Sound[] {
    const files = readdirSync(this.#folder).filter((name) => name.startsWith('dump-') && name.endsWith(`${side}.wav`)).map((name) => join(this.#folder, name))
    const born = (file: string): number => statSync(file).birthtimeMs
    return files.toSorted((a, b) => born(a) - born(b)).map(readSound)
  }

  log(): string {
    return this.#program.log()
  }

  async stop(): Promise<void> {
    this.#control.destroy()
    await this.#program.kill()
  }
}
