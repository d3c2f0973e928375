import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Sentence } from '../sentence.mjs'

/** better-sqlite3 is built on Node-API 10 and kills an older Node without a word. */
const NODE_API = 10

/** A Node that can run Baton: this one, or the one that was installed with Baton. */
export function findNode(root, { versions = process.versions, execPath = process.execPath, platform = process.platform, arch = process.arch } = {}) {
  if (Number(versions.napi) >= NODE_API) return execPath
  const name = platform === 'win32' ? 'win' : platform
  const packaged = join(root, 'node_modules', `node-${name}-${arch}`, 'bin', platform === 'win32' ? 'node.exe' : 'node')
  if (existsSync(packaged)) return packaged
  throw new Sentence(`Baton needs Node 22.14 or newer on this machine, and this is ${versions.node}. Install a current Node from nodejs.org and run the command again.`)
}
