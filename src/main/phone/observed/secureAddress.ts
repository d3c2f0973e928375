const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/

/** True where what is sent to this address is encrypted, or never leaves the machine. */
export function isPrivateAddress(address: string): boolean {
  try {
    const { protocol, hostname } = new URL(address)
    return protocol === 'https:' || protocol === 'wss:' || LOOPBACK.test(hostname)
  } catch {
    return false
  }
}

/** True where a host is this machine and nothing else. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.test(host) || host === '::1'
}
