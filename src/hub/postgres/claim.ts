import { createHash, randomBytes } from 'node:crypto'
import { lstatSync, renameSync, rmSync } from 'node:fs'
import { connect, createServer, type Server } from 'node:net'
import { join } from 'node:path'
import type { Layout } from './layout.ts'
import { PostgresProblem } from './problem.ts'

/** One hub's right to a folder. It ends with its process, however that ends. */
export interface Claim {
  release(): Promise<void>
}

const ATTEMPTS = 5
const HOLDER_ANSWERS_MS = 1_000

function addressOf({ directory, run }: Layout): string {
  if (process.platform !== 'win32') return join(run, 'claim')
  return `\\\\.\\pipe\\baton-hub-${createHash('sha256').update(directory).digest('hex').slice(0, 32)}`
}

/** A socket rather than a file with a process id: the system itself lets go of it when the process is killed. */
function listen(address: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => {
      socket.on('error', () => socket.destroy())
      socket.end(String(process.pid))
    })
    server.once('error', (error: NodeJS.ErrnoException) => (error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error)))
    server.listen(address, () => {
      server.unref()
      resolve(server)
    })
  })
}

/** The process that holds the claim, as text; undefined where nobody listens any more. */
function holderOf(address: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect(address)
    let pid = ''
    let connected = false
    socket.setTimeout(HOLDER_ANSWERS_MS, () => socket.destroy())
    socket.on('connect', () => (connected = true))
    socket.on('data', (data: Buffer) => (pid += data.toString()))
    socket.on('error', () => socket.destroy())
    socket.on('close', () => resolve(connected ? pid : undefined))
  })
}

function mark(path: string): string | undefined {
  const stats = lstatSync(path, { bigint: true, throwIfNoEntry: false })
  return stats && `${stats.ino} ${stats.mtimeNs}`
}

/** Removes what a killed hub left, unless another hub has claimed the folder in this very moment. */
function removeStale(address: string, seen: string | undefined): void {
  const aside = `${address}.${randomBytes(4).toString('hex')}`
  try {
    renameSync(address, aside)
  } catch {
    // Another hub was faster; the next attempt finds it.
    return
  }
  if (mark(aside) === seen) rmSync(aside, { force: true })
  else renameSync(aside, address)
}

/**
 * Claims the folder for this process.
 * @throws PostgresProblem where another hub has it
 */
export async function claim(layout: Layout): Promise<Claim> {
  const address = addressOf(layout)
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const server = await listen(address)
    if (server) return { release: () => new Promise((resolve) => server.close(() => resolve())) }
    const seen = process.platform === 'win32' ? undefined : mark(address)
    const holder = await holderOf(address)
    if (holder !== undefined) throw alreadyRunning(layout, holder)
    if (process.platform !== 'win32') removeStale(address, seen)
  }
  throw alreadyRunning(layout, '')
}

function alreadyRunning({ directory }: Layout, holder: string): PostgresProblem {
  const who = holder === '' ? '' : ` (process ${holder})`
  return new PostgresProblem(`Another hub${who} is already running on ${directory}. It was left as it is. Stop it first, or give this hub a data folder of its own.`)
}
