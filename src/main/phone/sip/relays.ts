const ADDRESS = /^(?:stuns?:[^\s@/?]+|turns?:[^\s@/?]+(?:\?transport=(?:udp|tcp))?)$/

/** Whether a server passes sound on itself (RFC 7065), and wants a name and a password for it. */
export const isRelay = (server: string): boolean => /^turns?:/.test(server)

/** Why these servers can’t be used, as a sentence; null where they can. */
export function relayProblem(servers: readonly string[]): string | null {
  if (servers.every((server) => ADDRESS.test(server))) return null
  return 'A relay server begins with stun:, turn: or turns:, such as turns:relay.example.com:5349, without a name or a password in it.'
}
