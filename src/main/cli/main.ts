import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { ContractError } from '../../shared/contract/frames.ts'
import { METHODS } from '../../shared/contract/methods.ts'
import { type Backend, createBackend } from '../core/backend.ts'
import { defaultDataDir } from '../core/flags.ts'
import { openLog } from '../core/log.ts'
import { nodeProblem } from '../core/processGuard.ts'
import type { Shell } from '../core/shell.ts'
import { VERSION } from '../core/version.ts'
import { PracticeLine } from '../phone/practiceLine.ts'
import { StoreUnavailableError } from '../store/store.ts'
import { backUpTo, restoreFrom } from './copies.ts'
import { CodedError, type Line, openLine } from './line.ts'
import { listMethods } from './methods.ts'
import { exportBatch, importFile, previewImport } from './transfer.ts'
import { verify } from './verify.ts'

/** The command line: everything that a screen can do, for scripts. It prints JSON; on refusal a coded error, and exits with 1. */

const HELP = `npm run baton -- <verb> [arguments] [--data DIR] [--as USER]

  methods                     every query, action and command, with JSON schemas
  call <method> ['<json>']    run one and print its answer; - reads the JSON from standard input
  import <file>               bring in a Jobber clients CSV; --preview only says what would come in
  export <batch>              write a posted batch for the accountant, with --format iif or csv
  backup <file>               copy the data into one file, and check the copy
  restore <file>              put a backup into the data folder; what stood there is kept beside it
  verify                      integrity of the file, ledger sums, promises without a holder

  --data DIR    the data folder (default: the one that npm start uses)
  --as USER     who does it: a name or an id, as recorded with every change
  --out DIR     where files that Baton makes are put (default: the current folder)

npm prints two lines of its own first; npm run --silent baton -- ... leaves them out.`

interface Asked {
  readonly verb: string
  readonly words: readonly string[]
  readonly dataDir: string
  readonly as: string | null
  readonly out: string
  readonly preview: boolean
  readonly format: string
}

const usage = (message: string): CodedError => new CodedError({ code: 'cli.usage', message: `${message} See npm run baton -- --help.` })

const print = (value: unknown): void => console.log(JSON.stringify(value, null, 2))

function readWords(argv: readonly string[]): Asked | null {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      options: { data: { type: 'string' }, as: { type: 'string' }, out: { type: 'string' }, format: { type: 'string' }, preview: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
    })
    const [verb, ...words] = positionals
    if (values.help === true || verb === undefined) return null
    const machine = { platform: process.platform, env: process.env, home: homedir(), cwd: process.cwd() }
    return {
      verb,
      words,
      dataDir: values.data === undefined ? defaultDataDir(false, machine) : resolve(values.data),
      as: values.as ?? null,
      out: resolve(values.out ?? '.'),
      preview: values.preview === true,
      format: values.format ?? 'iif',
    }
  } catch (error) {
    throw usage(`${error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error)}.`)
  }
}

function folderShell(folder: string): Shell {
  return {
    offerFile({ name, bytes }) {
      mkdirSync(folder, { recursive: true })
      const path = join(folder, basename(name))
      writeFileSync(path, bytes)
      return Promise.resolve({ kind: 'saved', path })
    },
    notify: () => undefined,
  }
}

/** The person's id by id or name; the command line trusts whoever may read the data folder, but records one of its people. */
async function findPerson(line: Line, as: string): Promise<string> {
  const { people } = (await line.ask('session.state', {})) as { readonly people: readonly { readonly userId: string; readonly name: string }[] }
  const wanted = as.toLocaleLowerCase('en-US')
  const found = people.filter(({ userId, name }) => userId === as || name.toLocaleLowerCase('en-US') === wanted)
  if (found.length === 1 && found[0]) return found[0].userId
  const names = people.map(({ name }) => name).join(', ')
  throw new CodedError({ code: 'cli.unknownPerson', message: `Nobody here is called \u201c${as}\u201d. These people are: ${names || 'none yet'}.` })
}

async function openLineAs(backend: Backend, as: string | null): Promise<Line> {
  const line = openLine(backend, null)
  if (as === null) return line
  const person = await findPerson(line, as)
  line.close()
  return openLine(backend, person)
}

function readInput(text: string | undefined): unknown {
  const json = text === '-' ? readFileSync(0, 'utf8') : (text ?? '{}')
  try {
    return JSON.parse(json)
  } catch (error) {
    throw usage(`The input is not JSON (${error instanceof Error ? error.message : String(error)}).`)
  }
}

/** @param alone false for what only reads, which may go on beside an open Baton */
async function withBackend(asked: Asked, alone: boolean, work: (backend: Backend) => Promise<unknown>): Promise<unknown> {
  const backend = createBackend({
    directory: asked.dataDir,
    alone,
    version: VERSION,
    desktop: false,
    shell: folderShell(asked.out),
    phone: new PracticeLine(),
    log: openLog(asked.dataDir, 'command-line'),
  })
  try {
    if (backend.startupError) throw new CodedError(backend.startupError)
    return await work(backend)
  } finally {
    await backend.close()
  }
}

function servicesOf(backend: Backend): NonNullable<Backend['services']> {
  if (!backend.services) throw new Error('The backend did not start')
  return backend.services
}

/** Works over a connection of the person who was named. */
function asPerson(asked: Asked, alone: boolean, work: (line: Line) => Promise<unknown>): Promise<unknown> {
  return withBackend(asked, alone, async (backend) => {
    const line = await openLineAs(backend, asked.as)
    try {
      return await work(line)
    } catch (error) {
      if (error instanceof CodedError && error.error.code === 'session.signedOut') {
        throw new CodedError({ code: error.error.code, message: 'Say who does this with --as USER.' })
      }
      throw error
    }
  })
}

async function call(asked: Asked): Promise<unknown> {
  const [method, json, ...more] = asked.words
  if (method === undefined || more.length > 0) throw usage('call takes a method and its input as one JSON text.')
  const input = readInput(json)
  return asPerson(asked, METHODS.get(method)?.kind !== 'query', (line) => line.ask(method, input))
}

function oneWord({ verb, words }: Asked): string {
  const [word, ...more] = words
  if (word === undefined || more.length > 0) throw usage(`${verb} takes one ${verb === 'export' ? 'batch' : 'file'}.`)
  return word
}

async function run(asked: Asked): Promise<unknown> {
  switch (asked.verb) {
    case 'methods':
      return listMethods()
    case 'call':
      return call(asked)
    case 'import': {
      const file = oneWord(asked)
      return asPerson(asked, !asked.preview, (line) => (asked.preview ? previewImport(line, file) : importFile(line, file)))
    }
    case 'export': {
      const batch = oneWord(asked)
      return asPerson(asked, true, (line) => exportBatch(line, batch, asked.format))
    }
    case 'backup':
      return withBackend(asked, false, (backend) => backUpTo(servicesOf(backend), oneWord(asked)))
    case 'restore':
      return restoreFrom(oneWord(asked), asked.dataDir, Date.now())
    case 'verify': {
      const findings = await withBackend(asked, false, (backend) => Promise.resolve(verify(servicesOf(backend))))
      if (Array.isArray(findings) && findings.length > 0) process.exitCode = 1
      return { ok: process.exitCode !== 1, findings }
    }
    default:
      throw usage(`There is no verb \u201c${asked.verb}\u201d.`)
  }
}

function asContractError(error: unknown): ContractError {
  if (error instanceof CodedError) return error.error
  if (error instanceof StoreUnavailableError) return { code: 'store.unavailable', message: error.message }
  return { code: 'cli.failed', message: error instanceof Error ? error.message : String(error) }
}

const problem = nodeProblem()
try {
  if (problem !== null) throw new CodedError({ code: 'cli.node', message: problem })
  const asked = readWords(process.argv.slice(2))
  if (asked) print(await run(asked))
  else console.log(HELP)
} catch (error) {
  print({ error: asContractError(error) })
  process.exitCode = 1
}
