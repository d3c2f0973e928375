import { type ChildProcess, fork, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT, temporaryFolder } from '../../support/webHost.ts'
import { type Child, startChild } from './processes/child.ts'

/** PouchDB with its own server, installed beside Baton and only for this. */
export interface Pouch {
  readonly url: string
  /** A workstation of it, as a process of its own. */
  client(): Child
  /** A folder that does not exist yet. */
  folder(name: string): string
  stop(): Promise<void>
}

export type PouchOrReason = { readonly kind: 'pouch'; readonly pouch: Pouch } | { readonly kind: 'skipped'; readonly why: string }

const SOURCE = join(ROOT, 'tests', 'bench', 'peers', 'pouchdb')
const INSTALLED = join(ROOT, '.baton', 'peers', 'pouchdb')
const FILES = ['package.json', 'package-lock.json', 'server.mjs', 'client.mjs']
const INSTALL_LIMIT_MS = 180_000

/** @returns why it can't be had; null where it is there */
function install(): string | null {
  mkdirSync(INSTALLED, { recursive: true })
  for (const file of FILES) copyFileSync(join(SOURCE, file), join(INSTALLED, file))
  const mark = join(INSTALLED, 'installed')
  const wanted = createHash('sha256').update(readFileSync(join(SOURCE, 'package-lock.json'))).digest('hex')
  if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return null
  rmSync(mark, { force: true })
  const { status, stderr, error } = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', INSTALLED], {
    cwd: INSTALLED,
    encoding: 'utf8',
    timeout: INSTALL_LIMIT_MS,
    shell: process.platform === 'win32',
  })
  if (status !== 0) return error?.message ?? stderr.trim().split('\n').slice(0, 3).join(' ')
  writeFileSync(mark, wanted)
  return null
}

async function startServer(folder: string): Promise<{ readonly server: ChildProcess; readonly address: string }> {
  const server = fork(join(INSTALLED, 'server.mjs'), [folder], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] })
  const [line] = (await once(server.stdout ?? server, 'data')) as [Buffer]
  return { server, address: line.toString().trim() }
}

export async function startPouch(): Promise<PouchOrReason> {
  const why = install()
  if (why !== null) return { kind: 'skipped', why }
  const home = temporaryFolder()
  const { server, address } = await startServer(join(home.path, 'server'))
  const url = `${address}/company`
  await fetch(url, { method: 'PUT' })
  const clients: Child[] = []
  return {
    kind: 'pouch',
    pouch: {
      url,
      client() {
        const client = startChild(join(INSTALLED, 'client.mjs'))
        clients.push(client)
        return client
      },
      folder: (name) => join(home.path, name),
      async stop() {
        for (const client of clients) await client.stop()
        const ended = once(server, 'close')
        server.kill('SIGTERM')
        await ended
        home.remove()
      },
    },
  }
}

export interface PouchDoc {
  readonly _id: string
}

/** A row as one of its documents. */
export function docOf(id: string, row: object | null): PouchDoc {
  return { ...row, _id: id }
}
