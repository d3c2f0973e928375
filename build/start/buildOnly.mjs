import { fileURLToPath } from 'node:url'
import { ensureBuilt } from './built.mjs'
import { ensureInstalled } from './install.mjs'
import { findNode } from './node.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))

export async function main() {
  await ensureInstalled(root, console.log)
  await ensureBuilt(root, findNode(root), console.log)
  console.log('Baton is built.')
}
