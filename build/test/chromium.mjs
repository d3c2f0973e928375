import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/**
 * Makes sure of a browser for the end-to-end tests: as root on a Debian machine it installs one.
 * @returns {string | null} why they can't run here, or null where they can
 */
export function ensureChromium(find, say) {
  if (find()) return null
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0
  if (asRoot && existsSync('/usr/bin/apt-get')) {
    say('Installing Chromium for the end-to-end tests\u2026')
    const run = (words) => spawnSync('apt-get', words, { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
    const install = () => run(['install', '-y', '--no-install-recommends', 'chromium'])
    let last = install()
    if (last.status !== 0) {
      run(['update'])
      last = install()
    }
    if (find()) return null
    return `Chromium could not be installed with apt-get: ${(last.stderr ?? '').trim().split('\n').at(-1) ?? 'no reason given'}`
  }
  return 'there is no Chromium or Chrome here. Install one (on Debian and Ubuntu: sudo apt-get install chromium), or name its program with BATON_CHROMIUM'
}
