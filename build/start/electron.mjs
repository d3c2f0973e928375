import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A download that is going nowhere must not keep anybody from working. */
const FETCH_LIMIT_MS = 180_000
/** After a failed download, this long passes before the next start tries again. */
const RETRY_AFTER_MS = 24 * 60 * 60 * 1000

/** The Electron program where it has been fetched, or undefined. */
export function electronBinary(root) {
  const folder = join(root, 'node_modules', 'electron')
  try {
    const program = join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8'))
    return existsSync(program) ? program : undefined
  } catch {
    return undefined
  }
}

/** Why no window can be shown here, or null where it can be tried. */
export function displayProblem({ platform = process.platform, env = process.env, uid = process.getuid?.() } = {}) {
  if (platform !== 'linux') return null
  if (!env.DISPLAY && !env.WAYLAND_DISPLAY) return 'there is no display here'
  if (uid === 0) return 'Electron does not run as root'
  return null
}

/**
 * Fetches Electron's program once: its package brings none, and only a first start needs it.
 * @returns {Promise<string | null>} why it could not be had, or null where it is there now
 */
export async function fetchElectron(root, node, say) {
  const mark = join(root, '.baton', 'electron-failed')
  try {
    if (Date.now() - statSync(mark).mtimeMs < RETRY_AFTER_MS) return 'Electron\u2019s program could not be fetched at an earlier start (tried again once a day)'
  } catch {
    // It has not failed lately.
  }
  say('Fetching Electron (about 100 MB, the first time only)\u2026')
  const failed = await new Promise((resolve) => {
    const child = spawn(node, [join(root, 'node_modules', 'electron', 'install.js')], { cwd: root, stdio: 'ignore' })
    const timer = setTimeout(() => child.kill(), FETCH_LIMIT_MS)
    child.on('error', () => resolve(true))
    child.on('close', (code) => {
      clearTimeout(timer)
      resolve(code !== 0)
    })
  })
  if (!failed && electronBinary(root)) return null
  try {
    mkdirSync(join(root, '.baton'), { recursive: true })
    writeFileSync(mark, '')
  } catch {
    // It will simply be tried again.
  }
  return 'Electron\u2019s program could not be fetched'
}
