import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** Where programs are looked for: servers lie in /usr/sbin, which not everybody's PATH has. */
export const PROGRAM_PATH = `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`

/** What the laboratory runs, and the Debian package that has it. */
const PROGRAMS: Readonly<Record<string, string>> = {
  kamailio: 'kamailio',
  rtpengine: 'rtpengine-daemon',
  baresip: 'baresip-core',
  sipp: 'sip-tester',
  unshare: 'util-linux',
  setpriv: 'util-linux',
  ip: 'iproute2',
}

/** Parts of Kamailio that come in packages of their own, by one of their modules. */
const MODULES: Readonly<Record<string, string>> = {
  'websocket.so': 'kamailio-websocket-modules',
  'presence.so': 'kamailio-presence-modules',
  'tls.so': 'kamailio-tls-modules',
}

const hasProgram = (name: string): boolean => PROGRAM_PATH.split(':').some((folder) => folder !== '' && existsSync(join(folder, name)))

/** Debian keeps modules under the machine's triplet, others do not. */
function hasModule(name: string): boolean {
  const triplets = existsSync('/usr/lib') ? readdirSync('/usr/lib') : []
  return ['', ...triplets].some((triplet) => existsSync(join('/usr/lib', triplet, 'kamailio', 'modules', name)))
}

/** The sentence for what was and was not found. */
export function missingSentence(found: { readonly packages: readonly string[]; readonly isRoot: boolean; readonly isLinux: boolean }): string | undefined {
  if (!found.isLinux) return 'the telephone servers run on Linux'
  if (found.packages.length > 0) return `telephone servers are not installed (on Debian and Ubuntu: apt-get install --no-install-recommends ${found.packages.join(' ')})`
  if (!found.isRoot) return 'the telephone servers are started in namespaces of their own, which only root can make'
  return undefined
}

/** Why no laboratory can be had on this machine, half a sentence for people; undefined where one can. */
export function pbxMissing(): string | undefined {
  const programs = Object.entries(PROGRAMS).filter(([name]) => !hasProgram(name))
  const modules = Object.entries(MODULES).filter(([name]) => !hasModule(name))
  const packages = [...new Set([...programs, ...modules].map(([, name]) => name))]
  return missingSentence({ packages, isRoot: process.getuid?.() === 0, isLinux: process.platform === 'linux' })
}
