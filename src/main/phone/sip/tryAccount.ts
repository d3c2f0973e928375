import type { Log } from '../../core/log.ts'
import type { SipAccount } from '../port.ts'
import { type LineStatus, SipLine } from './sipLine.ts'

/** A server that has not answered by then is said not to answer. */
const PATIENCE_MS = 9_000

export interface Tried {
  readonly ready: boolean
  readonly sentence: string
}

/** Registers for a moment, without a ring reaching anybody, and says what the server made of it. */
export async function tryAccount(account: SipAccount, log: Log): Promise<Tried> {
  const { promise, resolve } = Promise.withResolvers<LineStatus>()
  const line = new SipLine({
    account,
    log,
    onStatus: (status) => {
      if (status.status !== 'connecting') resolve(status)
    },
    onIncoming: ({ session }) => session.terminate({ status_code: 480 }),
  })
  const timer = setTimeout(() => resolve({ status: 'down', reason: 'The telephone server does not answer. Is the address right, and does the network let it through?' }), PATIENCE_MS)
  line.start()
  const { status, reason } = await promise
  clearTimeout(timer)
  line.close()
  if (status !== 'ready') return { ready: false, sentence: reason }
  return { ready: true, sentence: `It works: ${new URL(account.server).hostname} knows extension ${account.extension} and took its registration.` }
}
