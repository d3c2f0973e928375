import type { Log } from '../core/log.ts'
import type { Tried } from './account.ts'
import type { LineAccount, LineState, PhonePort, SipAccount } from './port.ts'
import type { MediaBridge } from './sip/mediaBridge.ts'
import { SipPhone } from './sip/sipPhone.ts'
import { tryAccount } from './sip/tryAccount.ts'
import { openWatchedLine } from './watchedLine.ts'

interface AdapterParts {
  readonly log: Log
  /** Where the words of a softphone go in and come out; a desk telephone brings its own. */
  readonly media: MediaBridge
}

/** @throws a sentence where the account can't be used as it is */
export function openAdapter(account: LineAccount, { log, media }: AdapterParts): PhonePort {
  return account.kind === 'sip' ? new SipPhone({ account, bridge: media, log }) : openWatchedLine(account)
}

/** What a trial proved, and what it could not. */
function worksSentence(account: Exclude<LineAccount, SipAccount>, name: string): string {
  if (account.kind !== 'webhook') return `It works: ${name} is seen.`
  const { host, port } = account.listen
  return `Baton can listen at http://${host}:${port}/phone/events. Save it, then let ${name} send a message: only that shows that the secret is the same on both sides.`
}

/** A system that has not answered by then is said not to answer. */
const PATIENCE_MS = 9_000

/** Looks for a moment whether the account works: nothing rings and nothing is steered. */
export async function tryAdapter(account: LineAccount, parts: AdapterParts): Promise<Tried> {
  // A softphone that registers would ring: it is tried without.
  if (account.kind === 'sip') return tryAccount(account, parts.log)
  const { promise, resolve } = Promise.withResolvers<Pick<LineState, 'status' | 'reason' | 'account'>>()
  const timer = setTimeout(() => resolve({ status: 'down', reason: 'The telephone system does not answer. Is the address right, and does the network let it through?', account: '' }), PATIENCE_MS)
  const adapter = openAdapter(account, parts)
  adapter.listen((event) => {
    if (event.kind === 'line' && event.line.status !== 'connecting') resolve(event.line)
  })
  adapter.send({ kind: 'report' })
  const line = await promise
  clearTimeout(timer)
  adapter.close()
  return line.status === 'ready' ? { ready: true, sentence: worksSentence(account, line.account) } : { ready: false, sentence: line.reason }
}
