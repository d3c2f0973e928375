import { availableParallelism } from 'node:os'
import { isMainThread, parentPort, Worker } from 'node:worker_threads'
import { Tally } from '../tally.ts'
import { COMMANDS_A_SEED, playSeed, replayLine } from './play.ts'
import { rarelyAccepted, sharesTable } from './shares.ts'

/** `npm run simulate -- [--commands N] [--seed S]` */

interface Told {
  readonly seed: number
  readonly commands: number
  readonly couldNotStand: number
  readonly problems: readonly string[]
  readonly fingerprint: string
  /** Command, accepted and tried where it was done, accepted and tried at the hub. */
  readonly kinds: readonly (readonly [string, number, number, number, number])[]
}

const USAGE = 'npm run simulate -- [--commands N] [--seed S]   plays seeds from S (1) until N commands (one seed) have been decided'

async function play(seed: number): Promise<Told> {
  const { origin, atHub, commands, couldNotStand, problems, fingerprint } = await playSeed({ seed, commands: COMMANDS_A_SEED })
  const kinds = [...new Set([...origin.commands, ...atHub.commands])].map((name) => [name, origin.accepted(name), origin.tried(name), atHub.accepted(name), atHub.tried(name)] as const)
  return { seed, commands, couldNotStand, problems, fingerprint, kinds }
}

/** A thread plays the seeds it is given, one after the other. */
function work(): void {
  parentPort?.on('message', (seed: number) => void play(seed).then((told) => parentPort?.postMessage(told)))
}

function numberAfter(words: readonly string[], name: string): number | null {
  const at = words.indexOf(name)
  if (at < 0) return null
  const value = Number(words[at + 1])
  return Number.isSafeInteger(value) && value > 0 ? value : Number.NaN
}

class Sum {
  readonly origin = new Tally()
  readonly atHub = new Tally()
  commands = 0
  couldNotStand = 0
  seeds = 0
  failed = 0

  add({ commands, couldNotStand, kinds, problems }: Told): void {
    this.commands += commands
    this.couldNotStand += couldNotStand
    this.seeds += 1
    if (problems.length > 0) this.failed += 1
    for (const [name, accepted, tried, acceptedAtHub, triedAtHub] of kinds) {
      this.origin.add(name, true, accepted)
      this.origin.add(name, false, tried - accepted)
      this.atHub.add(name, true, acceptedAtHub)
      this.atHub.add(name, false, triedAtHub - acceptedAtHub)
    }
  }
}

function report(told: Told): void {
  if (told.problems.length === 0) return
  process.stdout.write(`${replayLine(told.seed)}\n${told.problems.map((problem) => `  ${problem}\n`).join('')}`)
}

function playAll(firstSeed: number, commands: number): Promise<Sum> {
  const sum = new Sum()
  let [next, busy] = [firstSeed, 0]
  const threads = Math.max(1, Math.min(availableParallelism(), Math.ceil(commands / COMMANDS_A_SEED)))
  return new Promise((resolve, reject) => {
    const workers = Array.from({ length: threads }, () => new Worker(new URL(import.meta.url)))
    const give = (worker: Worker): void => {
      if (sum.commands < commands && (sum.seeds + busy === 0 || (sum.commands / Math.max(1, sum.seeds)) * (sum.seeds + busy) < commands)) {
        busy += 1
        worker.postMessage(next++)
      } else if (busy === 0) {
        for (const one of workers) void one.terminate()
        resolve(sum)
      }
    }
    for (const worker of workers) {
      worker.on('error', reject)
      worker.on('message', (told: Told) => {
        busy -= 1
        sum.add(told)
        report(told)
        give(worker)
      })
      give(worker)
    }
  })
}

async function main(words: readonly string[]): Promise<void> {
  const [commands, seed] = [numberAfter(words, '--commands'), numberAfter(words, '--seed')]
  if (Number.isNaN(commands) || Number.isNaN(seed) || words.some((word) => word.startsWith('--') && word !== '--commands' && word !== '--seed')) {
    process.stderr.write(`${USAGE}\n`)
    process.exitCode = 1
    return
  }
  const started = performance.now()
  const sum = await playAll(seed ?? 1, commands ?? 1)
  const seconds = (performance.now() - started) / 1000
  process.stdout.write(`${sharesTable(sum.origin, sum.atHub)}\n`)
  process.stdout.write(`${sum.commands} commands over ${sum.seeds} seeds from ${seed ?? 1} in ${seconds.toFixed(1)} s; ${sum.couldNotStand} could not stand or were flagged; ${sum.failed} seeds with violations\n`)
  const rare = rarelyAccepted(sum.origin, sum.atHub)
  if (sum.commands >= 10_000 && rare.length > 0) process.stdout.write(`Accepted too rarely to try anything: ${rare.join(', ')}\n`)
  if (sum.failed > 0 || (sum.commands >= 10_000 && rare.length > 0)) process.exitCode = 1
}

if (isMainThread) await main(process.argv.slice(2))
else work()
