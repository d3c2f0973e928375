import type { WorldEffect } from '../../shared/domain/effects/tables.ts'
import type { Begun } from './begunMemory.ts'
import { LEASE_SECONDS } from './lease.ts'

/** How this workstation stands when it looks at an effect. */
export interface Standing {
  readonly deviceId: string
  /** `alone`: no hub. `online`: everything is here and the hub can be asked. `cut`: there is a hub, out of reach. */
  readonly link: 'alone' | 'online' | 'cut'
  /** Epoch milliseconds. */
  readonly now: number
  /** It can't be done here. */
  readonly hindered: boolean
  readonly begun: Begun | undefined
  /** Being done here at this moment. */
  readonly underWay: boolean
  /** For how long it has been as it is, as seen here; milliseconds. */
  readonly age: number
  /** From 0 up to 1, this workstation's own, so that not all of an office ask at once. */
  readonly spread: number
}

export type Step =
  /** Nothing to do until something changes. */
  | { readonly kind: 'leave' }
  | { readonly kind: 'later'; readonly milliseconds: number }
  | { readonly kind: 'perform' }
  /** It was begun in this workstation's name, and surely nothing left it. */
  | { readonly kind: 'giveBack' }
  | { readonly kind: 'doubt'; readonly reason: string }
  /** Another workstation has begun it and is silent: its lease says whether it lives. */
  | { readonly kind: 'inherit' }

/** Where it was asked for goes first; the others wait so long, and up to as long again. */
const OTHERS_AFTER_MS = 8_000

/** Nobody looks after another's work before its lease can have run out, and then not all at once. */
const INHERIT_AFTER_MS = LEASE_SECONDS * 1000
const INHERIT_SPREAD_MS = 30_000

const PUT_BACK = 'The data of this workstation was put back to an earlier time, after it had begun to send this.'
const STOPPED = 'Baton was stopped in the middle of sending it.'
const LEFT = 'It was with a workstation of the hub that this one has left.'

const LEAVE: Step = { kind: 'leave' }

function wait(milliseconds: number, else_: Step): Step {
  return milliseconds > 0 ? { kind: 'later', milliseconds } : else_
}

function stepWaiting(effect: WorldEffect, { deviceId, link, now, hindered, begun, age, spread }: Standing): Step {
  if (link === 'cut') return LEAVE
  if (begun?.performing === true && begun.attempt > effect.attempt) return { kind: 'doubt', reason: PUT_BACK }
  if (hindered) return LEAVE
  const notYet = (effect.notBefore ?? 0) - now
  if (notYet > 0) return wait(notYet, LEAVE)
  const first = link === 'alone' || effect.requestedDevice === deviceId
  return wait(first ? 0 : OTHERS_AFTER_MS * (1 + spread) - age, { kind: 'perform' })
}

function stepRunning(effect: WorldEffect, { deviceId, link, begun, underWay, age, spread }: Standing): Step {
  if (effect.device === deviceId) {
    if (underWay) return LEAVE
    if (begun?.attempt !== effect.attempt || begun.performing) return { kind: 'doubt', reason: STOPPED }
    // With the line comes its lease back too, and it goes on at once.
    return link === 'cut' ? LEAVE : { kind: 'giveBack' }
  }
  if (link === 'alone') return { kind: 'doubt', reason: LEFT }
  if (link === 'cut') return LEAVE
  return wait(INHERIT_AFTER_MS + INHERIT_SPREAD_MS * spread - age, { kind: 'inherit' })
}

/** What is to be done about an effect here and now. It decides only; the hub has the last word on who does it. */
export function stepFor(effect: WorldEffect, standing: Standing): Step {
  switch (effect.state) {
    case 'waiting':
      return stepWaiting(effect, standing)
    case 'running':
      return stepRunning(effect, standing)
    case 'done':
    case 'uncertain':
    case 'failed':
    case 'dropped':
      return LEAVE
  }
}
