import { assertNever } from '../../shared/base/assertNever.ts'
import { PROTOCOL_VERSION, type ContractError, type ServerFrame } from '../../shared/contract/frames.ts'
import type { PhonePort } from '../phone/port.ts'
import type { SecretBox } from '../sync/deviceKey.ts'
import type { Log } from './log.ts'
import type { Shell } from './shell.ts'
import type { FromWorker, ToWorker } from './workerMessages.ts'

/** The part of a `node:worker_threads` Worker that is used, so that a test can stand in for it. */
export interface WorkerThread {
  postMessage(message: ToWorker): void
  on(event: 'message', handler: (message: FromWorker) => void): unknown
  on(event: 'error', handler: (error: Error) => void): unknown
  on(event: 'exit', handler: (code: number) => void): unknown
  terminate(): Promise<unknown>
}

/** One page's wire as its host sees it: frames are JSON text. */
export interface Wire {
  send(frame: string): void
  /** Ends the wire from this side; `code` says why, where the page must know. */
  close(code?: number): void
}

/** What the host of a wire tells the backend. */
export interface Connection {
  arrive(frame: string): void
  gone(): void
}

export interface WorkerHost {
  /** Settles once the backend answers; holds why it can do nothing but say so. */
  readonly ready: Promise<ContractError | null>
  connect(wire: Wire): Connection
  /** Lets the backend finish what it is writing, then ends it. */
  close(): Promise<void>
}

/** What the backend needs of the main thread: telephony and windows live where SQL can never make them wait. */
export interface HostPorts {
  readonly shell: Shell
  readonly phone: PhonePort
  readonly log: Log
  /** The operating system's keychain, where the host has one. */
  readonly secrets?: SecretBox
}

const STOPPED: ContractError = {
  code: 'backend.stopped',
  message: 'The part of Baton that keeps the data has stopped. What was saved is safe. Close Baton and start it again; its log says more.',
}

/** How long a closing backend may take before it is ended: long enough for a checkpoint of a large WAL file. */
const CLOSE_LIMIT_MS = 8000

/**
 * The main thread's side of the store's worker: gives every page a connection to the backend, and the backend its
 * shell and telephone. A worker that dies is not started again behind anybody's back: whoever is connected is told and
 * hung up on, and whoever connects later hears why nothing works.
 */
export function hostWorker(worker: WorkerThread, ports: HostPorts): WorkerHost {
  const { shell, phone, log, secrets } = ports
  const wires = new Map<number, Wire>()
  let last = 0
  let dead: ContractError | null = null
  let closing = false
  let settleReady: (error: ContractError | null) => void = () => {}
  const ready = new Promise<ContractError | null>((resolve) => (settleReady = resolve))
  let settleStopped: () => void = () => {}
  const stopped = new Promise<void>((resolve) => (settleStopped = resolve))

  const post = (message: ToWorker): void => {
    if (!dead) worker.postMessage(message)
  }

  const died = (reason: string): void => {
    settleStopped()
    if (dead) return
    dead = STOPPED
    if (!closing) log.error('worker.died', { reason, connections: wires.size })
    settleReady(STOPPED)
    for (const wire of wires.values()) {
      if (!closing) wire.send(JSON.stringify({ t: 'err', id: 0, error: STOPPED } satisfies ServerFrame))
      wire.close()
    }
    wires.clear()
  }

  const offer = async (call: number, file: Parameters<Shell['offerFile']>[0]): Promise<void> => {
    try {
      post({ kind: 'offered', call, delivery: await shell.offerFile(file), failure: '' })
    } catch (error) {
      log.error('shell.offerFile', { reason: String(error) })
      post({ kind: 'offered', call, delivery: null, failure: error instanceof Error ? error.message : String(error) })
    }
  }

  /** What is sealed or opened is a secret: a failure is logged without it. */
  const keep = async (call: number, action: 'seal' | 'open', text: string): Promise<void> => {
    try {
      post({ kind: 'kept', call, text: (await secrets?.[action](text)) ?? null, failure: '' })
    } catch (error) {
      log.error('secrets.failed', { action })
      post({ kind: 'kept', call, text: null, failure: error instanceof Error ? error.name : 'Error' })
    }
  }

  worker.on('message', (message) => {
    switch (message.kind) {
      case 'ready':
        return settleReady(message.startupError)
      case 'frame':
        return wires.get(message.connection)?.send(message.frame)
      case 'close': {
        const wire = wires.get(message.connection)
        wires.delete(message.connection)
        return wire?.close()
      }
      case 'phone':
        return phone.send(message.command)
      case 'offer':
        return void offer(message.call, message.file)
      case 'keep':
        return void keep(message.call, message.action, message.text)
      case 'notify':
        return shell.notify(message)
      case 'window':
        return shell.showWindow?.(message.request)
      case 'stopped':
        return settleStopped()
      default:
        return assertNever(message, 'message from the worker')
    }
  })
  const stopListening = phone.listen((event) => post({ kind: 'phone', event }))
  worker.on('error', (error) => died(error.stack ?? String(error)))
  worker.on('exit', (code) => died(`exit code ${code}`))

  /** Answers for a backend that is gone, so that a page opened now says why instead of waiting. */
  const answerForTheDead = (wire: Wire, error: ContractError): Connection => ({
    arrive(text) {
      try {
        const frame = JSON.parse(text) as { readonly t?: unknown; readonly id?: unknown }
        const answer: ServerFrame =
          frame.t === 'hello'
            ? { t: 'hello', protocol: PROTOCOL_VERSION, version: '', startupError: error }
            : { t: 'err', id: typeof frame.id === 'number' ? frame.id : 0, error }
        wire.send(JSON.stringify(answer))
      } catch {
        wire.close()
      }
    },
    gone() {},
  })

  return {
    ready,
    connect(wire) {
      if (dead) return answerForTheDead(wire, dead)
      const connection = ++last
      wires.set(connection, wire)
      post({ kind: 'open', connection })
      return {
        arrive(frame) {
          if (wires.has(connection)) post({ kind: 'frame', connection, frame })
        },
        gone() {
          if (wires.delete(connection)) post({ kind: 'close', connection })
        },
      }
    },
    async close() {
      closing = true
      phone.close()
      stopListening()
      post({ kind: 'stop' })
      let timer: NodeJS.Timeout | undefined
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(() => {
          log.warn('worker.slowToClose', { milliseconds: CLOSE_LIMIT_MS })
          resolve()
        }, CLOSE_LIMIT_MS)
      })
      await Promise.race([stopped, late])
      clearTimeout(timer)
      await worker.terminate()
    },
  }
}
