import { isIP } from 'node:net'
import { hostname, networkInterfaces } from 'node:os'

/** Interfaces that other machines of the office don't reach: containers, virtual machines, tunnels. */
const NOT_THE_OFFICE = /^(docker|br-|veth|virbr|vmnet|vboxnet|lxc|lxd|cni|flannel|utun|tun|tap|wg|zt|tailscale)/i

/** This machine's addresses in the office's network, the likeliest first. */
export function officeAddresses(): readonly string[] {
  const found = Object.entries(networkInterfaces())
    .filter(([name]) => !NOT_THE_OFFICE.test(name))
    .flatMap(([, addresses]) => addresses ?? [])
    .filter(({ internal, family, address }) => !internal && family === 'IPv4' && !address.startsWith('169.254.'))
    .map(({ address }) => address)
  return [...new Set(found)]
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d+){3}$/.test(host)
}

const inUrl = (host: string): string => (isIP(host) === 6 ? `[${host}]` : host)

export interface Listening {
  readonly scheme: 'https' | 'http'
  /** As given; null: all addresses. */
  readonly host: string | null
  readonly port: number
  /** As given; null: this machine's own. */
  readonly address: string | null
}

/** Where workstations reach the hub. */
export function hubAddress({ scheme, host, port, address }: Listening): string {
  if (address !== null) return address
  const listening = host === null || host === '0.0.0.0' || host === '::' ? (officeAddresses()[0] ?? hostname()) : host
  return `${scheme}://${inUrl(listening)}:${port}`
}

/** The same, for another workstation of one that reached the hub at `seen`: that address is known to be good, unless it is the hub's own machine. */
export function addressFor(listening: Listening, seen: string | undefined): string {
  const url = seen === undefined ? null : URL.parse(`${listening.scheme}://${seen}`)
  if (listening.address !== null || !url || isLoopback(url.hostname.replace(/^\[|\]$/g, ''))) return hubAddress(listening)
  return url.origin
}
