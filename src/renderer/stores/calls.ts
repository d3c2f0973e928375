import { create } from 'zustand'
import { ringsAt } from '../../shared/domain/phone/routing.ts'
import type { LiveCall } from '../../shared/contract/methods/calls.ts'

/** A call as last heard of, and when by this page's monotonic clock: durations count on from there. */
export interface HeardCall {
  readonly call: LiveCall
  readonly heardAt: number
}

/** Where on the page the pop stands; it chooses once, before it is seen. */
export type Corner = 'bottomRight' | 'bottomLeft' | 'topRight' | 'topLeft'

interface CallsStore {
  /** What rings or is up, oldest first. */
  readonly calls: readonly HeardCall[]
  readonly pop: { readonly callId: string; readonly corner: Corner } | null
  /** Calls of this person that ended and of which nothing has been said yet, oldest first. */
  readonly unsaid: readonly LiveCall[]
  /** The call whose conclusion is being asked. */
  readonly concluding: string | null
  /** Rings this person has left to others. */
  readonly left: ReadonlySet<string>
  /** Rings of blocked numbers: shown to nobody, and heard by nobody. */
  readonly blocked: ReadonlySet<string>
}

export const useCallsStore = create<CallsStore>(() => ({ calls: [], pop: null, unsaid: [], concluding: null, left: new Set(), blocked: new Set() }))

const set = useCallsStore.setState
const now = (): number => performance.now()

/** Calls that this person talks on or holds. */
export const isMine = (call: LiveCall, userId: string): boolean => call.agentId === userId && (call.state === 'live' || call.state === 'held')

/** A call that this person makes and nobody has answered yet. */
export const isDialling = (call: LiveCall, userId: string): boolean => call.direction === 'out' && call.state === 'ringing' && call.agentId === userId

/** A ring that this person can take: a caller nobody has answered, a colleague’s transfer to them, or their own that came back. */
export function ringsFor({ transfer, state, direction }: LiveCall, userId: string): boolean {
  if (transfer) return (transfer.state === 'ringing' ? transfer.toUserId : transfer.fromUserId) === userId
  return state === 'ringing' && direction === 'in'
}

/** Milliseconds this call has rung, been talked on or been held, right now. */
export function grown({ call, heardAt }: HeardCall, kind: 'ringMs' | 'talkMs' | 'heldMs', at: number = now()): number {
  const growing = kind === 'ringMs' ? call.state === 'ringing' : kind === 'heldMs' ? call.state === 'held' || call.consult !== null : call.state !== 'ringing' && call.state !== 'ended'
  return call[kind] + (growing ? at - heardAt : 0)
}

/** Milliseconds it has rung whoever it rings. */
export const rung = (heard: HeardCall, at: number = now()): number => grown(heard, heard.call.transfer ? 'heldMs' : 'ringMs', at)

/** The ring that answering takes: the one in the pop, else the oldest that was not left to others, else the oldest. */
export function nextToAnswer({ calls, pop, left }: Pick<CallsStore, 'calls' | 'pop' | 'left'>, userId: string): HeardCall | undefined {
  const ringing = calls.filter(({ call }) => ringsFor(call, userId))
  return ringing.find(({ call }) => call.callId === pop?.callId) ?? ringing.find(({ call }) => !left.has(call.callId)) ?? ringing[0]
}

/** Whether a ring is this person's by now: those it is for first, then everybody. A transfer is for whom it was sent to. */
function ringsHere(heard: HeardCall, userId: string, at: number = now()): boolean {
  const { transfer, ringsFirst } = heard.call
  return transfer !== null || ringsAt(ringsFirst ?? null, userId, rung(heard, at))
}

/** Milliseconds until the next ring that is first for others is everybody's; null where none waits for that. */
export function nextSpread({ calls }: Pick<CallsStore, 'calls'>, userId: string, at: number = now()): number | null {
  const waits = calls.flatMap((heard) => (ringsFor(heard.call, userId) && !ringsHere(heard, userId, at) && heard.call.ringsFirst ? [heard.call.ringsFirst.untilMs - rung(heard, at)] : []))
  return waits.length === 0 ? null : Math.max(0, Math.min(...waits))
}

/**
 * Whether the ringer sounds at this page: as for the pop, a ring that goes to others first, or was left to them, does not.
 * Null where nothing rings.
 */
export function soundsHere({ calls, left, blocked }: Pick<CallsStore, 'calls' | 'left' | 'blocked'>, userId: string): boolean | null {
  // The practice line has no sound.
  const ringing = calls.filter(({ call }) => ringsFor(call, userId) && !call.practice)
  if (ringing.length === 0 && blocked.size === 0) return null
  return ringing.some((heard) => !left.has(heard.call.callId) && ringsHere(heard, userId))
}

/**
 * Whether this person’s ear is the telephone’s: it rings here, they dial, or they talk. What else plays is not heard then, or is
 * heard by the caller. A caller on hold hears nothing of it.
 */
export function earTaken({ calls, left }: Pick<CallsStore, 'calls' | 'left'>, userId: string): boolean {
  const rings = (heard: HeardCall): boolean => ringsFor(heard.call, userId) && !left.has(heard.call.callId) && ringsHere(heard, userId)
  return calls.some((heard) => rings(heard) || isDialling(heard.call, userId) || (isMine(heard.call, userId) && heard.call.state === 'live' && !heard.call.transfer))
}

/** A ring gets the pop unless this person is talking, another pop is up, or it was left to others. */
export function popNext(userId: string, place: () => Corner): void {
  const { calls, pop, left } = useCallsStore.getState()
  // Whoever has put a caller through talks with nobody.
  if (pop || calls.some(({ call }) => (isMine(call, userId) && !call.transfer) || isDialling(call, userId))) return
  const next = calls.find((heard) => ringsFor(heard.call, userId) && !left.has(heard.call.callId) && ringsHere(heard, userId))
  if (next) set({ pop: { callId: next.call.callId, corner: place() } })
}

/** A blocked number rings nobody; the log has it. */
const isSilent = ({ blocked, state }: LiveCall): boolean => blocked && state === 'ringing'

function hearBlocked(call: LiveCall): void {
  const rest = [...useCallsStore.getState().blocked].filter((id) => id !== call.callId)
  set({ blocked: new Set(isSilent(call) ? [...rest, call.callId] : rest) })
}

/**
 * Takes in what the backend said of a call.
 * @param place chooses the pop's corner, asked only when one is about to appear
 */
export function hearCall(call: LiveCall, userId: string, place: () => Corner): void {
  if (call.blocked) hearBlocked(call)
  if (isSilent(call)) return
  const { calls, pop, left } = useCallsStore.getState()
  const before = calls.find((heard) => heard.call.callId === call.callId)
  // Turned away before it rang here: nothing on the screen changes.
  if (call.state === 'ended' && !before && pop?.callId !== call.callId && !left.has(call.callId)) return
  const heard: HeardCall = { call: { ...call, pop: call.pop ?? before?.call.pop ?? null }, heardAt: now() }
  const ended = call.state === 'ended'
  const rest = ended ? calls.filter((one) => one !== before) : before ? calls.map((one) => (one === before ? heard : one)) : [...calls, heard]
  set({
    calls: rest,
    ...(pop?.callId === call.callId && !ringsFor(call, userId) ? { pop: null } : {}),
    // A caller who was left to others and is put through to this person later rings anew.
    ...(left.has(call.callId) && !ringsFor(call, userId) ? { left: new Set([...left].filter((id) => id !== call.callId)) } : {}),
  })
  popNext(userId, place)
}

/** Starts from what is up: after a reload, a new connection, another person at the page. */
export function startFrom(calls: readonly LiveCall[], userId: string, place: () => Corner): void {
  const heardAt = now()
  const { calls: before, pop } = useCallsStore.getState()
  const popOf = (callId: string): LiveCall['pop'] => before.find(({ call }) => call.callId === callId)?.call.pop ?? null
  const stays = calls.some((call) => call.callId === pop?.callId && ringsFor(call, userId))
  set({ calls: calls.filter((call) => !isSilent(call)).map((call) => ({ call: { ...call, pop: call.pop ?? popOf(call.callId) }, heardAt })), pop: stays ? pop : null, blocked: new Set(calls.filter(isSilent).map(({ callId }) => callId)) })
  popNext(userId, place)
}

export function leaveToOthers(callId: string): void {
  const { left } = useCallsStore.getState()
  set({ left: new Set([...left, callId]), pop: null })
}

/** Shows the pop of a ring that had none, because this person was talking or had left it. */
export function peek(callId: string, corner: Corner): void {
  set({ pop: { callId, corner } })
}

/** Keeps a call in the cell that ended without anybody saying how. */
export function keepUnsaid(call: LiveCall): void {
  const { unsaid } = useCallsStore.getState()
  if (!unsaid.some((one) => one.callId === call.callId)) set({ unsaid: [...unsaid, call] })
}

export function askConclusion(callId: string): void {
  set({ concluding: callId })
}

/** Puts the question away; the call stays in the cell until something is said of it. */
export function closeConclusion(): void {
  set({ concluding: null })
}

/** Somebody has said how the call ended, or booked on it. */
export function said(callId: string): void {
  const { unsaid, concluding } = useCallsStore.getState()
  set({ unsaid: unsaid.filter((call) => call.callId !== callId), concluding: concluding === callId ? null : concluding })
}

/** The caller somebody talks with now; null where they talk with nobody. */
export function talkingTo(userId: string): string | null {
  return useCallsStore.getState().calls.find(({ call }) => isMine(call, userId) && call.state === 'live')?.call.callId ?? null
}
