import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { Sentence } from '../sentence.mjs'
import { inNamespace, namespaceMissing } from '../test/namespace.mjs'
import { ensureInstalled } from './install.mjs'
import { findNode } from './node.mjs'
import { runHere } from './run.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))

const HELP = `npm run soak [-- [phone] flags]

Kills and troubles real workstations, hubs and PostgreSQLs for longer than npm test does.

  --kills N      SIGKILLs of each: workstations, the hub, PostgreSQL (default: 100)
  --mishaps N    of each kind on the bad line: lost, twice, late, answers lost after the commit (default: 100)
  --seed N       (default: from the clock; it is printed)
  --only NAME    one file of tests/faults

npm run soak -- phone  has the public network call a workstation on real telephone servers, and compares its records.

  --calls N      beside floods and broken messages (default: 200; about a second each)
  --seed N       (default: from the clock; it is printed)`

function wholeNumber(name, text) {
  const number = Number(text)
  if (!Number.isInteger(number) || number < 1) throw new Sentence(`--${name} takes a whole number, not \u201c${text}\u201d.\n\n${HELP}`)
  return String(number)
}

function readWords(words) {
  try {
    return parseArgs({ args: words, options: { kills: { type: 'string' }, mishaps: { type: 'string' }, seed: { type: 'string' }, only: { type: 'string' }, calls: { type: 'string' }, help: { type: 'boolean' } }, allowPositionals: true })
  } catch (error) {
    throw new Sentence(`${error.message}\n\n${HELP}`)
  }
}

/** The calls of the public network, in a network of their own. */
async function soakPhone(calls, seed) {
  process.env.BATON_SOAK_CALLS = wholeNumber('calls', calls)
  process.env.BATON_SEED = wholeNumber('seed', seed)
  await ensureInstalled(root, console.error)
  const missing = namespaceMissing()
  if (missing) throw new Sentence(`The telephone can\u2019t be soaked: ${missing}.`)
  console.log(`Seed ${seed}: npm run soak -- phone --calls ${calls} --seed ${seed}`)
  const vitest = [join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', '--config', 'tests/phone/vitest.config.ts', 'tests/phone/soak.test.ts']
  const { command, words, env } = inNamespace(findNode(root), vitest)
  Object.assign(process.env, env)
  process.exit(await runHere(command, words, root))
}

/** `npm run soak`: the fault tests, or the telephone's calls, for as long as is asked. */
export async function main(words) {
  const { values, positionals } = readWords(words)
  const { kills = '100', mishaps = '100', calls = '200', seed = String(Date.now() % 1_000_000), only, help } = values
  if (help) return console.log(HELP)
  if (positionals.some((word) => word !== 'phone')) throw new Sentence(`There is no soak of ${positionals.join(', ')}.\n\n${HELP}`)
  if (positionals.length > 0) return soakPhone(calls, seed)
  process.env.BATON_KILLS = wholeNumber('kills', kills)
  process.env.BATON_MISHAPS = wholeNumber('mishaps', mishaps)
  process.env.BATON_SEED = wholeNumber('seed', seed)
  await ensureInstalled(root, console.error)
  console.log(`Seed ${seed}: npm run soak -- --kills ${kills} --mishaps ${mishaps} --seed ${seed}`)
  process.exit(await runHere(findNode(root), [join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', '--project', 'faults', ...(only === undefined ? [] : [only])], root))
}
