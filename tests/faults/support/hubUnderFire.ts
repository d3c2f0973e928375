import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { postgresFolder } from '../../support/postgres.ts'
import { freePort } from '../../support/hubProcess.ts'
import { until } from './until.ts'

export interface HubOptions {
  readonly programs: string
  /** Where it listens; loopback unless given. */
  readonly host?: string
  /** A command and its words before the program: the network it runs in. */
  readonly within?: readonly string[]
  /** The folder of its data; one of its own unless given. */
  readonly data?: string
}

/** The process of a running PostgreSQL that all others of it belong to. */
export interface PostgresProcesses {
  readonly postmaster: number
  /** One for each connection, and PostgreSQL\u2019s own helpers: the death of either makes it recover. */
  readonly children: readonly number[]
}

const MOST_STARTS = 5

/** The hub as `npm run hub` starts it, with a PostgreSQL of its own; any process of it may be killed. */
export class HubUnderFire {
  readonly #options: HubOptions
  readonly #folder: ReturnType<typeof postgresFolder>
  readonly port: number
  /** The folder of everything it keeps. */
  data: string
  #child: ChildProcess | null = null
  #ended: Promise<unknown> = Promise.resolve()
  #printed = ''
  /** Of its first start. */
  firstCode = ''
  kills = 0
  postgresKills = 0
  /** Starts that ended because PostgreSQL was killed under them. */
  failedStarts = 0

  private constructor(options: HubOptions, port: number) {
    this.#options = options
    this.#folder = postgresFolder()
    this.port = port
    this.data = options.data ?? join(this.#folder.path, 'hub')
  }

  static async start(options: HubOptions): Promise<HubUnderFire> {
    const hub = new HubUnderFire(options, await freePort())
    await hub.start()
    hub.firstCode = /baton1\.\S+/.exec(hub.#printed)?.[0] ?? ''
    return hub
  }

  get printed(): string {
    return this.#printed
  }

  /** Its own log, the end of it. */
  get log(): string {
    try {
      return readFileSync(join(this.data, 'logs', 'hub.log'), 'utf8').slice(-10_000)
    } catch {
      return ''
    }
  }

  get running(): boolean {
    return this.#child !== null && this.#child.exitCode === null && this.#child.signalCode === null
  }

  get #env(): NodeJS.ProcessEnv {
    const { DATABASE_URL: _other, ...env } = process.env
    return { ...env, NODE_COMPILE_CACHE: join(this.#options.programs, 'compiled') }
  }

  /** Starts it, and again as a service manager does where its PostgreSQL is killed before it is ready. */
  async start(): Promise<void> {
    for (let time = 1; !(await this.#startOnce()); time++) {
      if (time === MOST_STARTS) throw new Error(`The hub ended before it was ready:\n${this.#printed}\n${this.log}`)
      this.failedStarts += 1
    }
  }

  async #startOnce(): Promise<boolean> {
    const { programs, host = '127.0.0.1', within = [] } = this.#options
    const words = [...within, process.execPath, '--no-warnings', join(programs, 'hub.js'), '--data', this.data, host === '127.0.0.1' ? '--http' : '--insecure-http', '--host', host, '--port', String(this.port)]
    const child = spawn(words[0] ?? '', words.slice(1), { stdio: ['ignore', 'pipe', 'pipe'], env: this.#env })
    this.#child = child
    this.#ended = once(child, 'close')
    let printed = ''
    const hear = (data: Buffer): void => {
      printed += data.toString()
      this.#printed = (this.#printed + data.toString()).slice(-20_000)
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.on('error', () => undefined)
    await until(() => /npm run hub -- invite/.test(printed) || !this.running, () => `the hub starts:\n${printed}`)
    return this.running
  }

  get databaseUrl(): string {
    return (JSON.parse(readFileSync(join(this.data, 'hub.json'), 'utf8')) as { databaseUrl: string }).databaseUrl
  }

  /** Its PostgreSQL\u2019s processes; null while there is none. */
  get postgres(): PostgresProcesses | null {
    try {
      const cluster = readdirSync(join(this.data, 'postgres'), { recursive: true, encoding: 'utf8' }).find((name) => name.endsWith('postmaster.pid'))
      if (cluster === undefined) return null
      const postmaster = Number(readFileSync(join(this.data, 'postgres', cluster), 'utf8').split('\n')[0])
      const children = readFileSync(`/proc/${postmaster}/task/${postmaster}/children`, 'utf8').split(' ').filter((word) => word !== '').map(Number)
      return children.length === 0 ? null : { postmaster, children }
    } catch {
      return null
    }
  }

  async kill(): Promise<void> {
    this.kills += 1
    this.#child?.kill('SIGKILL')
    await this.#ended
  }

  /** Ends it as Ctrl+C does. @throws where it had to leave without having come to its end */
  async stop(): Promise<void> {
    if (this.running) this.#child?.kill('SIGTERM')
    await this.#ended
    if (this.log.includes('"event":"hub.stopHung"')) throw new Error(`The hub hung when it was stopped:\n${this.log}`)
  }

  /** Runs a verb beside it, or without it. @throws where it fails, with what it printed */
  async verb(...words: readonly string[]): Promise<string> {
    const { programs, within = [] } = this.#options
    const all = [...within, process.execPath, '--no-warnings', join(programs, 'hub.js'), ...words, '--data', this.data]
    const { stdout } = await promisify(execFile)(all[0] ?? '', all.slice(1), { env: this.#env })
    return stdout
  }

  /** The machine is gone; another one, with nothing on it, has its address. */
  moveToEmptyMachine(): void {
    this.data = `${this.data}-anew`
  }

  async close(): Promise<void> {
    await this.stop()
    this.#folder.remove()
  }
}
