import { spawn } from 'node:child_process'
import { accessSync, constants, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Sentence } from '../sentence.mjs'

const readJson = (file) => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

/**
 * Is everything the lock file names installed? npm writes what it installed into node_modules when it is done, so an
 * installation that was broken off doesn't count.
 */
export function isInstalled(root) {
  const wanted = readJson(join(root, 'package-lock.json'))?.packages
  const found = readJson(join(root, 'node_modules', '.package-lock.json'))?.packages
  if (!wanted || !found) return false
  return Object.entries(wanted).every(([path, entry]) => path === '' || entry.optional || entry.devOptional || found[path]?.version === entry.version)
}

/** Runs npm, whichever way this machine has it; resolves to its exit code and what it said. */
export function runNpm(root, words, onLine = () => {}) {
  const ownNpm = process.env.npm_execpath
  const [command, first] = ownNpm && /npm-cli\.[cm]?js$/.test(ownNpm) ? [process.execPath, [ownNpm]] : [process.platform === 'win32' ? 'npm.cmd' : 'npm', []]
  return new Promise((resolve) => {
    const child = spawn(command, [...first, ...words], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: command.endsWith('.cmd'),
      env: { ...process.env, ELECTRON_SKIP_BINARY_DOWNLOAD: '1' },
    })
    let said = ''
    const hear = (data) => {
      said += data
      onLine(String(data))
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.on('error', (error) => resolve({ code: 127, said: `${said}\n${error.code ?? ''} ${error.message}` }))
    child.on('close', (code) => resolve({ code: code ?? 1, said }))
  })
}

/** What npm's complaint means for the person. */
export function explainNpm(said, root) {
  if (/ENOSPC/.test(said)) return 'The disk is full, so Baton could not be installed. Free about 1 GB and run the command again.'
  if (/gyp ERR!|node-gyp/.test(said)) {
    const name = /node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/\s]+)\s*$/m.exec(said)?.[1] ?? 'A package'
    return `${name} has no ready-made program that this machine could fetch, and could not be compiled here. Either let this machine reach github.com, where the ready-made one is, or install a compiler (Debian: apt-get install build-essential python3; macOS: xcode-select --install) and let it reach nodejs.org. Then run the command again.`
  }
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|network|socket hang up|CERT_|SELF_SIGNED/i.test(said)) {
    return 'The packages Baton is made of could not be fetched: npm can\u2019t reach its registry. Check the internet connection (and the proxy, npm config get proxy), then run the command again.'
  }
  if (/EACCES|EROFS|EPERM/.test(said)) return `Baton can\u2019t write into ${root}. Copy the folder to a place where you may write, or ask for the right to, then run the command again.`
  if (/^127|ENOENT.*npm|spawn .*npm.* ENOENT/m.test(said)) return 'npm was not found. It comes with Node from nodejs.org; install it and run npm start again.'
  if (/can only install with an existing package-lock|EUSAGE/.test(said)) return 'package-lock.json is missing or does not fit package.json. Fetch both again with git checkout -- package.json package-lock.json.'
  const last = said.trim().split('\n').slice(-6).join('\n')
  return `npm could not install what Baton needs. Its last words:\n${last}`
}

/** Installs what the lock file names where it is missing. */
export async function ensureInstalled(root, say) {
  if (isInstalled(root)) return
  try {
    accessSync(root, constants.W_OK)
  } catch {
    throw new Sentence(explainNpm('EACCES', root))
  }
  say('Installing what Baton needs (the first time only; a minute or two)\u2026')
  const { code, said } = await runNpm(root, ['ci', '--no-audit', '--no-fund', '--loglevel=error'])
  if (code !== 0) throw new Sentence(explainNpm(code === 127 ? `127\n${said}` : said, root))
}
