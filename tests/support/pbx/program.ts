import { type ChildProcess, spawn } from 'node:child_process'
import { createWriteStream, readFileSync } from 'node:fs'
import { once } from 'node:events'
import { connect } from 'node:net'
import { join } from 'node:path'
import { PROGRAM_PATH } from './available.ts'
import { PATIENCE_MS } from './patience.ts'

/** A server or telephone of the laboratory, running. */
export interface Program {
  readonly name: string
  /** Leads a process group of its own, which all its processes are in. */
  readonly pid: number
  /** Resolves with the exit code (null after a signal) once it has ended. */
  readonly ended: Promise<number | null>
  isRunning(): boolean
  /** Everything it has printed so far. */
  log(): string
  signal(signal: 'SIGTERM' | 'SIGSTOP' | 'SIGCONT'): void
  /** Ends it and everything it started, at once and for certain. */
  kill(): Promise<void>
}

/**
 * The kernel ends the program with whoever started it, even where that one was killed: setpriv has `unshare` killed with
 * us, `unshare` its child, and with the first process of a PID namespace goes everything in it.
 */
const DIE_WITH_US = ['--pdeathsig', 'KILL', 'unshare', '--pid', '--fork', '--kill-child=KILL'] as const

const send = (target: number, signal: NodeJS.Signals): void => {
  try {
    process.kill(target, signal)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

/** Empty where the process has ended and nobody was told yet. */
const childrenOf = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim()
  } catch {
    return ''
  }
}

/**
 * Kills the program and not its keeper `unshare`, which then takes leave of it and ends: killed together they would
 * leave it to the machine's first process, and that of a container often takes leave of nobody.
 */
const killWithin = (keeper: number): void => {
  const children = childrenOf(keeper)
  if (children === '') send(-keeper, 'SIGKILL')
  else for (const child of children.split(' ')) send(Number(child), 'SIGKILL')
}

/**
 * Starts a program in `folder`, where its output is kept as `<name>.log`.
 * @throws where the program can't be started at all
 */
export async function startProgram(name: string, command: string, words: readonly string[], folder: string): Promise<Program> {
  const logFile = join(folder, `${name}.log`)
  const log = createWriteStream(logFile, { flags: 'a' })
  const child: ChildProcess = spawn('setpriv', [...DIE_WITH_US, command, ...words], { cwd: folder, detached: true, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, PATH: PROGRAM_PATH, TERM: 'dumb' } })
  child.stdout?.pipe(log, { end: false })
  child.stderr?.pipe(log, { end: false })
  await once(child, 'spawn')
  const pid = child.pid
  if (pid === undefined) throw new Error(`${command} has no process id`)
  const ended = once(child, 'exit').then(([code]: (number | null)[]) => code ?? null)
  const isRunning = (): boolean => child.exitCode === null && child.signalCode === null
  return {
    name,
    pid,
    ended,
    isRunning,
    log: () => readFileSync(logFile, 'utf8'),
    signal: (signal) => send(-pid, signal),
    async kill() {
      if (isRunning()) killWithin(pid)
      await ended
      log.end()
    },
  }
}

const answers = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, host)
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })

/**
 * Waits until a program takes connections.
 * @throws with the end of its log where it ends, or is not there in time
 */
export async function untilListening(program: Program, host: string, port: number): Promise<void> {
  const limit = performance.now() + PATIENCE_MS
  while (!(await answers(host, port))) {
    if (!program.isRunning() || performance.now() > limit) {
      throw new Error(`${program.name} does not listen on ${host}:${port}. It said:\n${program.log().split('\n').slice(-30).join('\n')}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
