import type { HubState } from '../../shared/contract/methods/hub.ts'
import { HubRefused, HubUnreachable } from './hubConnection.ts'
import type { Following, Stopped } from './hubMemory.ts'
import type { LinkSession } from './linkSession.ts'
import { keyGoneSentence, revokedSentence } from './sentences.ts'

/** The line to the hub as it is now. */
export type Line =
  | { readonly kind: 'down' }
  | { readonly kind: 'up'; readonly session: LinkSession }
  | { readonly kind: 'stopped'; readonly why: Stopped }
  | { readonly kind: 'closed' }

export interface LinkMoment {
  readonly line: Line['kind']
  readonly since: number
  readonly problem: string | null
  readonly waiting: number
}

/** How the link stands, in the contract's words. */
export function hubStateOf(state: Following | null, { line, since, problem, waiting }: LinkMoment): HubState {
  const [founding, snapshot] = [state?.hub.founding ?? null, state?.snapshot ?? null]
  const joining = founding !== null || snapshot?.mode === 'join' || snapshot?.usable === false
  const connected = line === 'up' ? 'online' : 'offline'
  const stalled = line === 'down'
  return {
    link: line === 'stopped' ? 'stopped' : joining ? 'joining' : connected,
    since,
    address: state?.hub.address ?? null,
    deviceName: state?.hub.deviceName ?? null,
    waiting,
    problem,
    progress: founding
      ? { rows: founding.rows, of: founding.of, usable: true, stalled }
      : snapshot && { rows: snapshot.rows, of: snapshot.manifest?.rows ?? 0, usable: snapshot.usable, stalled },
  }
}

/** What an attempt that failed means for the next one. */
export type Failure =
  | { readonly kind: 'stop'; readonly why: Stopped['kind']; readonly problem: string }
  /** @property newSession the hub does not know the session any more */
  | { readonly kind: 'again'; readonly problem: string | null; readonly newSession: boolean }
  /** A mistake of ours or of the disk. */
  | { readonly kind: 'broken' }

export function failureOf(error: unknown, waiting: number): Failure {
  if (error instanceof HubUnreachable) return { kind: 'again', problem: null, newSession: false }
  if (!(error instanceof HubRefused)) return { kind: 'broken' }
  if (error.code === 'device.keyGone') return { kind: 'stop', why: 'key', problem: keyGoneSentence(waiting) }
  if (error.code === 'session.refused') return { kind: 'stop', why: 'key', problem: error.message }
  if (error.status === 426) return { kind: 'stop', why: 'version', problem: error.message }
  if (error.code === 'device.revoked') return { kind: 'stop', why: 'revoked', problem: revokedSentence(waiting) }
  return { kind: 'again', problem: error.message, newSession: error.status === 401 }
}
