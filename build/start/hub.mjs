import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureBuilt } from './built.mjs'
import { ensureInstalled } from './install.mjs'
import { findNode } from './node.mjs'
import { runHere } from './run.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** `npm run hub`: its own doings go to standard error, because a code or a list may be for a script. */
export async function main(words) {
  await ensureInstalled(root, console.error)
  const node = findNode(root)
  await ensureBuilt(root, node, console.error)
  // Keeps the compiled form of the bundles, which takes a fifth off every later start.
  process.env.NODE_COMPILE_CACHE ??= join(root, '.baton', 'compiled')
  process.exit(await runHere(node, [join(root, 'dist', 'main', 'hub.js'), ...words], process.env.INIT_CWD ?? process.cwd()))
}
