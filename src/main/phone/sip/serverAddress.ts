const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/

/** Why a server's address can't be used, as a sentence; null where it can. */
export function serverProblem(server: string): string | null {
  try {
    const { protocol, hostname, username, password } = new URL(server)
    if (username !== '' || password !== '') return 'Leave the user name and the password out of the server\u2019s address; they have fields of their own.'
    if (protocol === 'wss:') return null
    if (protocol === 'ws:') return LOOPBACK.test(hostname) ? null : 'Without encryption Baton talks to a server on this machine only. Use an address that begins with wss://.'
    return 'The server\u2019s address begins with wss://, such as wss://phones.example.com/ws.'
  } catch {
    return 'This is no server address. It looks like wss://phones.example.com/ws.'
  }
}
