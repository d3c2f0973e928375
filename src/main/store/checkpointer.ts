import { Worker } from 'node:worker_threads'
import type { Store } from './store.ts'

/** After so many pages of 4 KB the log is carried over. Each time costs a flush of both files, however little there is. */
const PAGES = 2000

export interface CheckpointSettings {
  /** The store's file. */
  readonly file: string
  readonly pages: number
}

/** The part of a `node:worker_threads` Worker that is used. */
export interface CheckpointThread {
  postMessage(message: 'look' | 'close'): void
  on(event: 'message', handler: (message: 'looked') => void): unknown
  on(event: 'error', handler: (error: Error) => void): unknown
  on(event: 'exit', handler: (code: number) => void): unknown
}

/** Starts the thread: from its bundle in the built application, from its source in tests. */
export function startCheckpointThread(settings: CheckpointSettings): CheckpointThread {
  const built = import.meta.url.endsWith('.js')
  return new Worker(new URL(built ? './checkpointThread.js' : './checkpointThread.ts', import.meta.url), { workerData: settings, name: 'baton-checkpoints' })
}

interface Parts {
  readonly store: Store
  readonly start: (settings: CheckpointSettings) => CheckpointThread
  /** The thread is gone and the commits carry the log over again. */
  readonly failed: (reason: string) => void
}

/**
 * Keeps the commits from carrying the write-ahead log over: that flushes the log and the store's file, tens of
 * milliseconds and on a busy disk a second, while a key or a ring waits for the store's thread.
 */
export class Checkpointer {
  readonly #parts: Parts
  #thread: CheckpointThread | null = null
  #ended: Promise<void> = Promise.resolve()
  #looking = false
  #again = false
  #closing = false

  constructor(parts: Parts) {
    this.#parts = parts
    parts.store.checkpointElsewhere(() => this.#committed())
  }

  /** The thread's connection is closed afterwards, and the commits do it themselves. */
  close(): Promise<void> {
    this.#closing = true
    this.#parts.store.checkpointElsewhere(null)
    this.#thread?.postMessage('close')
    return this.#ended
  }

  #committed(): void {
    this.#again = true
    if (!this.#looking) this.#look()
  }

  #look(): void {
    this.#thread ??= this.#begin()
    this.#looking = true
    this.#again = false
    this.#thread.postMessage('look')
  }

  #begin(): CheckpointThread {
    const { store, start } = this.#parts
    const thread = start({ file: store.file, pages: PAGES })
    this.#ended = new Promise((resolve) => thread.on('exit', () => resolve()))
    thread.on('message', () => {
      this.#looking = false
      if (this.#again && !this.#closing) this.#look()
    })
    thread.on('error', (error) => this.#failed(error.stack ?? String(error)))
    thread.on('exit', (code) => this.#failed(`exit code ${code}`))
    return thread
  }

  #failed(reason: string): void {
    if (this.#closing) return
    this.#closing = true
    this.#parts.store.checkpointElsewhere(null)
    this.#parts.failed(reason)
  }
}
