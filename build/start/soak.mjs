import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { Sentence } from '../sentence.mjs'
import { ensureInstalled } from './install.mjs'
import { findNode } from './node.mjs'
import { runHere } from './run.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))

const HELP = `npm run soak [-- flags]

Kills and troubles real workstations, hubs and PostgreSQLs for longer than npm test does.

  --kills N      SIGKILLs of each: workstations, the hub, PostgreSQL (default: 100)
  --mishaps N    of each kind on the bad line: lost, twice, late, answers lost after the commit (default: 100)
  --seed N       (default: from the clock; it is printed)
  --only NAME    one file of tests/faults`

function wholeNumber(name, text) {
  const number = Number(text)
  if (!Number.isInteger(number) || number < 1) throw new Sentence(`--${name} takes a whole number, not \u201c${text}\u201d.\n\n${HELP}`)
  return String(number)
}

function readWords(words) {
  try {
    return parseArgs({ args: words, options: { kills: { type: 'string' }, mishaps: { type: 'string' }, seed: { type: 'string' }, only: { type: 'string' }, help: { type: 'boolean' } } }).values
  } catch (error) {
    throw new Sentence(`${error.message}\n\n${HELP}`)
  }
}

/** `npm run soak`: the fault tests, for as long as is asked. */
export async function main(words) {
  const { kills = '100', mishaps = '100', seed = String(Date.now() % 1_000_000), only, help } = readWords(words)
  if (help) return console.log(HELP)
  process.env.BATON_KILLS = wholeNumber('kills', kills)
  process.env.BATON_MISHAPS = wholeNumber('mishaps', mishaps)
  process.env.BATON_SEED = wholeNumber('seed', seed)
  await ensureInstalled(root, console.error)
  console.log(`Seed ${seed}: npm run soak -- --kills ${kills} --mishaps ${mishaps} --seed ${seed}`)
  process.exit(await runHere(findNode(root), [join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', '--project', 'faults', ...(only === undefined ? [] : [only])], root))
}
