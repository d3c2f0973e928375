import type { LiveCall } from '../../../shared/contract/methods/calls.ts'
import type { HeardCall } from '../../stores/calls.ts'
import { callerWords } from './callWords.ts'

/** What rings, in one or two words: a caller, a colleague's transfer, or one's own that came back. */
export function ringingWords({ transfer }: Pick<LiveCall, 'transfer'>): string {
  if (!transfer) return 'Ringing'
  return transfer.state === 'ringing' ? `From ${transfer.from}` : `Back from ${transfer.to}`
}

/** The same for somebody who hears it: a pop is looked at from the corner of an eye. */
export function ringingSentence(call: Pick<LiveCall, 'transfer' | 'lineName' | 'name' | 'fromNumber'>): string {
  const { transfer } = call
  if (!transfer) return `${call.lineName || 'The telephone'} is ringing. ${callerWords(call)}.`
  return transfer.state === 'ringing' ? `${transfer.from} puts ${callerWords(call)} through to you.` : `${transfer.to} did not answer. ${callerWords(call)} is back with you.`
}

/** The call that F7 takes back: a caller on hold before one who is on the way to a colleague; one who came back rings instead. */
export function heldFirst(mine: readonly HeardCall[]): HeardCall | undefined {
  const held = mine.filter(({ call }) => call.state === 'held' && call.transfer?.state !== 'back')
  return held.find(({ call }) => !call.transfer) ?? held[0]
}

/** What has just become of a transfer, in a sentence for whoever it concerns; null where there is nothing to say. */
export function transferSaid(before: LiveCall | undefined, call: LiveCall, userId: string): string | null {
  const caller = callerWords(call)
  const { transfer } = call
  if (transfer?.state === 'back') {
    return before?.transfer?.state !== 'back' && transfer.fromUserId === userId ? `${transfer.to} did not answer. ${caller} is back with you and waits: F8 takes them.` : null
  }
  const was = before?.transfer
  if (!was || transfer) return null
  const { from, fromUserId, to, toUserId } = was
  if (call.state === 'ended') return fromUserId === userId ? `${caller} hung up before ${to} answered. What you handed over is still with ${to}.` : null
  if (call.agentId === toUserId) return fromUserId === userId ? `${to} has ${caller} now.` : null
  return toUserId === userId && was.state === 'ringing' ? `${from} took ${caller} back.` : null
}
