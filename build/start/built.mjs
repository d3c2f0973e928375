import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { Sentence } from '../sentence.mjs'

/** Everything that the bundles are made of. Tests lie beside their sources and change nothing. */
const SOURCES = ['src', 'migrations', 'build/bundle.mjs', 'vite.config.ts', 'package.json', 'package-lock.json', 'tsconfig.json']

function* filesIn(root, path) {
  let entries
  try {
    entries = readdirSync(join(root, path), { withFileTypes: true })
  } catch (error) {
    if (error.code === 'ENOTDIR') yield path
    return
  }
  for (const entry of entries) {
    const inner = `${path}/${entry.name}`
    if (entry.isDirectory()) yield* filesIn(root, inner)
    else if (!/\.test\.tsx?$/.test(entry.name)) yield inner
  }
}

/** Changes whenever a source's content does; dates don't matter, because a checkout sets them anew. */
export function fingerprint(root) {
  const hash = createHash('sha1')
  for (const source of SOURCES) {
    for (const file of [...filesIn(root, source)].sort()) hash.update(file).update('\0').update(readFileSync(join(root, file))).update('\0')
  }
  return hash.digest('hex')
}

function isBuilt(root, print) {
  try {
    return readFileSync(join(root, 'dist', 'fingerprint'), 'utf8') === print
  } catch {
    return false
  }
}

function bundle(root, node, folder) {
  return new Promise((resolve) => {
    const child = spawn(node, [join(root, 'build', 'bundle.mjs'), folder], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' } })
    let said = ''
    child.stdout.on('data', (data) => (said += data))
    child.stderr.on('data', (data) => (said += data))
    child.on('error', (error) => resolve({ code: 1, said: error.message }))
    child.on('close', (code) => resolve({ code: code ?? 1, said }))
  })
}

/** Builds Baton where a source is newer than what was built; a build that fails leaves the old one in place. */
export async function ensureBuilt(root, node, say) {
  const print = fingerprint(root)
  if (isBuilt(root, print)) return
  say('Building Baton\u2026')
  // Built aside and moved into place whole, so that a running Baton never meets half a build.
  const aside = join(root, `dist-new-${process.pid}`)
  try {
    mkdirSync(aside, { recursive: true })
    const { code, said } = await bundle(root, node, aside)
    if (code !== 0) throw new Sentence(`Baton could not be built. The builder said:\n${said.trim().split('\n').slice(-25).join('\n')}`)
    writeFileSync(join(aside, 'fingerprint'), print)
    const old = join(root, `dist-old-${process.pid}`)
    try {
      renameSync(join(root, 'dist'), old)
    } catch (error) {
      if (error.code !== 'ENOENT') throw error
    }
    renameSync(aside, join(root, 'dist'))
    rmSync(old, { recursive: true, force: true })
  } catch (error) {
    rmSync(aside, { recursive: true, force: true })
    if (error.isSentence) throw error
    if (error.code === 'ENOSPC') throw new Sentence('The disk is full, so Baton could not be built. Free some space and run the command again.')
    if (['EACCES', 'EROFS', 'EPERM', 'EBUSY'].includes(error.code)) {
      throw new Sentence(`Baton can\u2019t replace ${relative(root, error.path ?? 'dist') || 'dist'} in ${root} (${error.code}). Close other programs that use the folder, or copy it to a place where you may write.`)
    }
    throw error
  }
}
