/**
 * Where each party of one laboratory is. All of 127.0.0.0/8 is loopback on Linux, so every laboratory takes a block of
 * addresses of its own: ports are always free, whatever else runs, and a party is known by the address it sends from.
 */
export interface LabAddresses {
  /** The telephone server and rtpengine. */
  readonly pbx: string
  /** The public network: what comes from here is the trunk. */
  readonly carrier: string
  readonly voicemail: string
  /** Pickup and conference (services.ts). */
  readonly services: string
  /** Desk phones on the office's network. */
  readonly desk: string
}

/** The same in every laboratory. */
export const PORTS = { sip: 5060, sips: 5061, ws: 8080, wss: 8443, ng: 2223, ngTcp: 2224, rtpFirst: 30_000, rtpLast: 30_999 } as const

let taken = 0

/** A block for one more laboratory of this process; processes differ by their id. */
export function nextAddresses(): LabAddresses {
  const block = (process.pid * 16 + (taken++ % 16)) % (254 * 256)
  const network = `127.${1 + (block >> 8)}.${block & 255}`
  return { pbx: `${network}.1`, carrier: `${network}.2`, voicemail: `${network}.3`, services: `${network}.4`, desk: `${network}.5` }
}
