// A hub's process, as far as PostgreSQL is concerned: starts it, says so, and stays until it is killed.
// usage: node hubPostgresParent.ts DIRECTORY
import { startPostgres } from '../../src/hub/postgres/start.ts'

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined }

try {
  const { url } = await startPostgres({ directory: process.argv[2] ?? '', log: quiet, settings: { fsync: 'off' } })
  process.stdout.write(`${url}\n`)
} catch (error) {
  process.stderr.write(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
