import { execFileSync } from 'node:child_process'

const run = (...words: readonly string[]): void => void execFileSync(words[0] ?? '', words.slice(1), { stdio: 'pipe' })

/** Why networks of our own can\u2019t be made here; undefined where they can. */
export function networksMissing(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'networks of their own need root on Linux'
  try {
    run('ip', 'netns', 'add', 'baton-probe')
    run('ip', 'netns', 'del', 'baton-probe')
    return undefined
  } catch {
    return 'there are no network namespaces here (iproute2, CAP_SYS_ADMIN)'
  }
}

/** An address that no machine has: what is sent there is gone without a word. */
const NOBODY = '02:00:00:00:00:99'

const HUB = '10.207.0.1'
const DESK = '10.207.0.2'

/** Two machines and a cable, made of network namespaces. */
export class TwoNetworks {
  readonly #hub = `baton-h${process.pid}`
  readonly #desk = `baton-d${process.pid}`
  readonly hubAddress = HUB

  constructor() {
    run('ip', 'netns', 'add', this.#hub)
    run('ip', 'netns', 'add', this.#desk)
    run('ip', '-n', this.#hub, 'link', 'add', 'wire', 'type', 'veth', 'peer', 'name', 'wire', 'netns', this.#desk)
    for (const [name, address] of [[this.#hub, HUB], [this.#desk, DESK]] as const) {
      run('ip', '-n', name, 'link', 'set', 'lo', 'up')
      run('ip', '-n', name, 'address', 'add', `${address}/24`, 'dev', 'wire')
      run('ip', '-n', name, 'link', 'set', 'wire', 'up')
    }
    this.heal()
  }

  /** The words before a program that runs in it. */
  get atHub(): readonly string[] {
    return ['ip', 'netns', 'exec', this.#hub]
  }

  get atDesk(): readonly string[] {
    return ['ip', 'netns', 'exec', this.#desk]
  }

  #ethernet(name: string): string {
    return execFileSync('ip', ['netns', 'exec', name, 'cat', '/sys/class/net/wire/address'], { encoding: 'utf8' }).trim()
  }

  #sendTo(from: string, address: string, ethernet: string): void {
    run('ip', '-n', from, 'neigh', 'replace', address, 'lladdr', ethernet, 'nud', 'permanent', 'dev', 'wire')
  }

  /** What the workstation sends does not arrive; what the hub sends does. */
  losesUpward(): void {
    this.#sendTo(this.#desk, HUB, NOBODY)
  }

  /** What the hub sends does not arrive; what the workstation sends does. */
  losesDownward(): void {
    this.#sendTo(this.#hub, DESK, NOBODY)
  }

  heal(): void {
    this.#sendTo(this.#desk, HUB, this.#ethernet(this.#hub))
    this.#sendTo(this.#hub, DESK, this.#ethernet(this.#desk))
  }

  /** From now on the cable carries so much in each direction. @returns whether this kernel can do that */
  slow(kilobitsPerSecond: number): boolean {
    try {
      for (const name of [this.#hub, this.#desk]) run('tc', '-n', name, 'qdisc', 'replace', 'dev', 'wire', 'root', 'tbf', 'rate', `${kilobitsPerSecond}kbit`, 'burst', '4kb', 'latency', '2000ms')
      return true
    } catch {
      return false
    }
  }

  /** Bytes that the workstation\u2019s end has received and sent. */
  get carried(): { readonly down: number; readonly up: number } {
    const read = (what: string): number => Number(execFileSync('ip', ['netns', 'exec', this.#desk, 'cat', `/sys/class/net/wire/statistics/${what}_bytes`], { encoding: 'utf8' }))
    return { down: read('rx'), up: read('tx') }
  }

  remove(): void {
    for (const name of [this.#hub, this.#desk]) run('ip', 'netns', 'del', name)
  }
}
