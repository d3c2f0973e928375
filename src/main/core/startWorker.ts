import { Worker } from 'node:worker_threads'
import type { WorkerThread } from './workerHost.ts'
import type { WorkerSettings } from './workerMessages.ts'

/** Starts the store's worker: from its bundle in the built application, from its source in tests. */
export function startWorker(settings: WorkerSettings): WorkerThread {
  const built = import.meta.url.endsWith('.js')
  return new Worker(new URL(built ? './worker.js' : './workerEntry.ts', import.meta.url), { workerData: settings, name: 'baton-store' })
}
