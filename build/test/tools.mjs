import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureBuilt } from '../start/built.mjs'
import { findNode } from '../start/node.mjs'
import { ensureChromium } from './chromium.mjs'

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome-stable', '/usr/bin/google-chrome', '/snap/bin/chromium']
const findChromium = () =>
  [
    process.env.BATON_CHROMIUM ?? '',
    ...CHROMIUM,
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  ].find((place) => place !== '' && existsSync(place))

/** What every part of the tests is run with. */
export function testTools() {
  const root = fileURLToPath(new URL('../..', import.meta.url))
  const node = findNode(root)

  /** Runs a program in this terminal; resolves with its exit code. */
  const run = (command, words, extra = {}) => {
    // The tools start others by the name "node", which must be this one.
    const env = { ...process.env, ...extra, PATH: `${dirname(node)}${delimiter}${extra.PATH ?? process.env.PATH ?? ''}` }
    return new Promise((resolve) => {
      const child = spawn(command, words, { cwd: root, stdio: 'inherit', env })
      child.on('error', () => resolve(1))
      child.on('close', (code) => resolve(code ?? 1))
    })
  }

  /** Makes sure of a browser and of a Baton for it; says where specs are to be skipped, or can't be run at all. */
  const browser = async () => {
    const skipped = ensureChromium(findChromium, console.log)
    if (skipped) return { skipped }
    try {
      await ensureBuilt(root, node, console.log)
      return {}
    } catch (error) {
      return { failed: error.message }
    }
  }

  return { root, node, reports: join(root, 'test-results', 'reports'), run, browser }
}
