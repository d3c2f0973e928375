import { NoSoundError, soundIn } from './bringSound.ts'

const WITHIN_MS = 30_000

/** As a URL has it: in lower case, and without the port that https has anyway. */
const isHost = (allowed: string, host: string): boolean => URL.canParse(`https://${allowed}`) && new URL(`https://${allowed}`).host === host

/**
 * Fetches a voicemail from where a telephone system's message says it is: by https, from a host that the office has named,
 * and never on to another address.
 * @throws NoSoundError where it is another host, or the file is not given out
 */
export async function fetchFrom(address: string, hosts: readonly string[], ended: AbortSignal): Promise<Uint8Array> {
  const { protocol, host } = new URL(address)
  if (protocol !== 'https:' || !hosts.some((allowed) => isHost(allowed, host))) throw new NoSoundError('This host is not among those the office has named')
  const response = await fetch(address, { redirect: 'error', signal: AbortSignal.any([ended, AbortSignal.timeout(WITHIN_MS)]) })
  if (response.ok) return soundIn(response)
  await response.body?.cancel()
  // What is forbidden stays so; what is not there may come.
  throw response.status === 401 || response.status === 403 ? new NoSoundError('The file is not given out') : new Error(`It answered ${response.status}`)
}
