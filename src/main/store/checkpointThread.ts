import { parentPort, workerData } from 'node:worker_threads'
import SqliteDatabase from 'better-sqlite3'
import type { CheckpointSettings } from './checkpointer.ts'

/** Carries the write-ahead log over into the store's file, on a connection and a thread of its own. */

const port = parentPort
if (!port) throw new Error('Checkpoints are made in a worker thread only')

const { file, pages } = workerData as CheckpointSettings
const database = new SqliteDatabase(file, { fileMustExist: true })
// A connection that has read nothing does not know yet that there is a log.
database.pragma('user_version')

interface LogState {
  readonly log: number
  readonly checkpointed: number
}

const look = (how: 'NOOP' | 'PASSIVE'): LogState => (database.pragma(`wal_checkpoint(${how})`) as LogState[])[0] ?? { log: 0, checkpointed: 0 }

port.on('message', (message: 'look' | 'close') => {
  if (message === 'close') {
    database.close()
    port.close()
    return
  }
  const { log, checkpointed } = look('NOOP')
  // PASSIVE waits for nobody and lets nobody wait.
  if (log - checkpointed >= pages) look('PASSIVE')
  port.postMessage('looked')
})
