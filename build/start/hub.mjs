import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureBuilt } from './built.mjs'
import { ensureInstalled } from './install.mjs'
import { findNode } from './node.mjs'
import { runHere } from './run.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))

const LOOK_EVERY_MS = 500

/**
 * npm does not pass a SIGTERM on, it just ends; the hub would go on with nobody to stop it. Windows keeps the number of a
 * parent that is gone, and knows no such signal.
 */
function endWithNpm() {
  if (process.env.npm_lifecycle_event !== 'hub' || process.platform === 'win32') return
  const npm = process.ppid
  setInterval(() => process.ppid !== npm && process.emit('SIGTERM'), LOOK_EVERY_MS).unref()
}

/** `npm run hub`: its own doings go to standard error, because a code or a list may be for a script. */
export async function main(words) {
  await ensureInstalled(root, console.error)
  const node = findNode(root)
  await ensureBuilt(root, node, console.error)
  // Keeps the compiled form of the bundles, which takes a fifth off every later start.
  process.env.NODE_COMPILE_CACHE ??= join(root, '.baton', 'compiled')
  endWithNpm()
  process.exit(await runHere(node, [join(root, 'dist', 'main', 'hub.js'), ...words], process.env.INIT_CWD ?? process.cwd()))
}
