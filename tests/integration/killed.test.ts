import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { eq, schema } from '../../src/main/store/schema.ts'
import { openStore } from '../../src/main/store/store.ts'
import { seededRandom } from '../simulation/random.ts'

const KILLS = 50
const LOOP = fileURLToPath(new URL('./killLoop.ts', import.meta.url))

/** Lets the loop book until a random number of acknowledgements, plus a random moment, then kills it with SIGKILL. */
function bookAndKill(directory: string, acknowledgements: number, spinMs: number): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--no-warnings', LOOP, directory], { stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    let errors = ''
    let killing = false
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      if (killing || output.split('\n').length - 2 < acknowledgements) return
      killing = true
      setTimeout(() => child.kill('SIGKILL'), spinMs)
    })
    child.on('close', () => {
      if (!killing) reject(new Error(`The loop ended by itself: ${errors}`))
      // The last piece may be a line cut short by the kill; it was not acknowledged in full.
      else resolve(output.split('\n').slice(0, -1).filter((line) => line !== 'ready'))
    })
  })
}

it(`loses no acknowledged booking and keeps none half over ${KILLS} kills at random moments`, { timeout: 300_000 }, async () => {
  const directory = mkdtempSync(join(tmpdir(), 'baton-killed-'))
  const random = seededRandom(20260714)
  const acknowledged: string[] = []
  for (let kill = 0; kill < KILLS; kill++) {
    acknowledged.push(...(await bookAndKill(directory, 1 + random.below(12), random.below(8))))
  }
  const store = openStore(directory)
  const jobs = store.db.select().from(schema.job).all()
  const ids = new Set(jobs.map((job) => job.id))
  expect(acknowledged.filter((jobId) => !ids.has(jobId))).toEqual([])
  expect(acknowledged.length).toBeGreaterThan(KILLS)
  for (const job of jobs) {
    expect(store.db.select().from(schema.jobLine).where(eq(schema.jobLine.jobId, job.id)).all()).toHaveLength(job.lineCount)
    expect(store.db.select().from(schema.appointment).where(eq(schema.appointment.jobId, job.id)).all()).toHaveLength(1)
  }
  const logged = store.journal.after(0, 100_000).filter((command) => command.name === 'job.book')
  expect(logged).toHaveLength(jobs.length)
  const numbers = jobs.map((job) => Number(job.number)).sort((left, right) => left - right)
  expect(numbers.every((number, index) => index === 0 || number === (numbers[index - 1] ?? 0) + 1)).toBe(true)
  expect(store.check()).toEqual([])
  console.log(`${KILLS} kills, ${acknowledged.length} bookings acknowledged, ${jobs.length} in the store`)
  store.close()
  rmSync(directory, { recursive: true, force: true })
})
