import { spawnSync } from 'node:child_process'

/** Where `ip` and the servers are: not everybody's PATH has it. */
const PATH = `${process.env.PATH ?? ''}:/usr/sbin:/sbin`

const LOOPBACK_THEN = ['--net', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh']

/** @returns {string | null} why this machine gives no network of its own to a program, or null where it does */
export function namespaceMissing() {
  if (process.platform !== 'linux') return 'the telephone servers run on Linux'
  if (process.getuid?.() !== 0) return 'a network of their own for the telephone servers can only be made as root'
  const tried = spawnSync('unshare', [...LOOPBACK_THEN, 'true'], { env: { ...process.env, PATH }, encoding: 'utf8' })
  if (tried.error) return 'unshare is missing (on Debian and Ubuntu: apt-get install util-linux iproute2)'
  if (tried.status !== 0) return `no network of their own could be made for the telephone servers: ${tried.stderr.trim().split('\n').at(-1)}`
  return null
}

/**
 * A command made to run in a network of its own that has nothing but loopback: no port is taken there, nothing of the
 * machine's network can be reached from it, and nobody reaches it.
 */
export function inNamespace(command, words) {
  return { command: 'unshare', words: [...LOOPBACK_THEN, command, ...words], env: { PATH } }
}
