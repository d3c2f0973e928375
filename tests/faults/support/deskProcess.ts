import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { DeskQuestion, DeskQuestions, DeskReply, DeskStart } from './deskTalk.ts'
import { until } from './until.ts'

type Waiting = { readonly resolve: (output: unknown) => void; readonly reject: (error: Error) => void }

/** The workstation\u2019s process is gone before it answered. */
class DeskGone extends Error {
  override readonly name = 'DeskGone'
}

export interface DeskOptions extends Partial<Omit<DeskStart, 'directory'>> {
  readonly programs: string
  readonly directory: string
  /** A command and its words before the program: the network it runs in. */
  readonly within?: readonly string[]
}

/** One workstation, whose process may be killed and started again on its folder. */
export class Desk {
  readonly #options: DeskOptions
  #child: ChildProcess | null = null
  #ended: Promise<unknown> = Promise.resolve()
  readonly #waiting = new Map<number, Waiting>()
  #last = 0
  #unfinished = ''
  #ready = false
  #printed = ''
  /** What a person was told is saved, over all lives of the process: command ids with the command\u2019s name. */
  readonly saved = new Map<string, string>()
  /** How often the hub acknowledged something, as printed. */
  acknowledgements = 0
  kills = 0

  constructor(options: DeskOptions) {
    this.#options = options
  }

  get directory(): string {
    return this.#options.directory
  }

  /** What it printed to standard error, the end of it. */
  get printed(): string {
    return this.#printed
  }

  get running(): boolean {
    return this.#child !== null && this.#child.exitCode === null && this.#child.signalCode === null
  }

  /** @throws where it ends before it is ready */
  async start(): Promise<void> {
    const { programs, directory, shift = 0, haste = 1, within = [] } = this.#options
    const words = [...within, process.execPath, '--no-warnings', join(programs, 'desk.js'), JSON.stringify({ directory, shift, haste } satisfies DeskStart)]
    const child = spawn(words[0] ?? '', words.slice(1), { stdio: ['ignore', 'pipe', 'pipe', 'ipc'], env: { ...process.env, NODE_COMPILE_CACHE: join(programs, 'compiled') } })
    this.#child = child
    this.#unfinished = ''
    this.#ready = false
    this.#ended = once(child, 'close').then(() => this.#gone(child))
    child.stdout?.on('data', (data: Buffer) => this.#hear(data.toString()))
    child.stderr?.on('data', (data: Buffer) => (this.#printed = (this.#printed + data.toString()).slice(-20_000)))
    child.on('message', (reply) => this.#answered(reply as DeskReply))
    child.on('error', () => undefined)
    await until(() => this.#ready || !this.running, () => 'the workstation starts')
    if (!this.#ready) throw new Error(`The workstation ended before it was ready:\n${this.#printed}`)
  }

  #hear(text: string): void {
    const lines = (this.#unfinished + text).split('\n')
    // The last piece may be a line cut short by a kill; nobody was told that.
    this.#unfinished = lines.pop() ?? ''
    for (const line of lines) {
      const [word, first = '', second = ''] = line.split(' ')
      if (word === 'saved') this.saved.set(first, second)
      else if (word === 'sent') this.acknowledgements += 1
      else if (word === 'ready') this.#ready = true
    }
  }

  #answered(reply: DeskReply): void {
    const waiting = this.#waiting.get(reply.n)
    this.#waiting.delete(reply.n)
    if ('error' in reply) waiting?.reject(new Error(reply.error))
    else waiting?.resolve(reply.output)
  }

  #gone(child: ChildProcess): void {
    if (this.#child !== child) return
    for (const { reject } of this.#waiting.values()) reject(new DeskGone(`The workstation ended:\n${this.#printed}`))
    this.#waiting.clear()
  }

  /** @throws what the workstation said, or DeskGone */
  ask<Q extends DeskQuestion>(ask: Q, input: DeskQuestions[Q]['input']): Promise<DeskQuestions[Q]['output']> {
    const n = ++this.#last
    return new Promise((resolve, reject) => {
      const child = this.#child
      if (!child?.connected) return reject(new DeskGone(`The workstation does not run:\n${this.#printed}`))
      this.#waiting.set(n, { resolve: resolve as Waiting['resolve'], reject })
      child.send({ n, ask, input }, (error) => error && reject(new DeskGone(error.message)))
    })
  }

  async kill(): Promise<void> {
    this.kills += 1
    this.#child?.kill('SIGKILL')
    await this.#ended
  }

  /** Ends it as a person does. */
  async stop(): Promise<void> {
    if (this.running) this.#child?.kill('SIGTERM')
    await this.#ended
  }
}
