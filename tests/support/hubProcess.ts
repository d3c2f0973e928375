import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { ROOT } from './webHost.ts'

/** The built hub as a process of its own with its own PostgreSQL, as a person runs it. */
export interface HubProcess {
  readonly address: string
  readonly dataDir: string
  readonly process: ChildProcess
  /** The code printed at the first start, for the first workstation. */
  readonly firstCode: string
  output(): string
  /** Ends it as Ctrl+C does. */
  stop(): Promise<void>
  /** Ends it as `kill -9` does. */
  kill(): Promise<void>
}

const START_LIMIT_MS = 90_000

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (typeof address !== 'object' || address === null) throw new Error('There is no free port')
  return address.port
}

/**
 * Starts the hub on loopback and waits for its address.
 * @param port the same one after a restart, so that workstations find it again
 */
export async function startHubProcess(dataDir: string, port: number): Promise<HubProcess> {
  const { DATABASE_URL: _other, ...env } = process.env
  const child = spawn(process.execPath, [join(ROOT, 'dist', 'main', 'hub.js'), '--data', dataDir, '--http', '--host', '127.0.0.1', '--port', String(port)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env,
  })
  let printed = ''
  const ended = once(child, 'close')
  const ready = /hub .* is at (http:\S+)/
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      reject(new Error(`The hub printed no address within ${START_LIMIT_MS} ms:\n${printed}`))
    }, START_LIMIT_MS)
    const hear = (data: Buffer): void => {
      printed += data.toString()
      // What follows the address is printed in the same breath; the last line says where to get another code.
      if (!ready.test(printed) || !/npm run hub -- invite/.test(printed)) return
      clearTimeout(timer)
      resolve()
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    void ended.then(() => {
      clearTimeout(timer)
      reject(new Error(`The hub ended before it printed an address:\n${printed}`))
    })
  })
  const end = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal)
    await ended
  }
  return {
    address: ready.exec(printed)?.[1] ?? '',
    dataDir,
    process: child,
    firstCode: /baton1\.\S+/.exec(printed)?.[0] ?? '',
    output: () => printed,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  }
}
