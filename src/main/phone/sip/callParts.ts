import type { PhoneCommand, Target } from '../port.ts'
import type { CallTale } from './callTale.ts'
import type { Leg, LegEars } from './leg.ts'
import type { MediaBridge } from './mediaBridge.ts'

/** What a call needs of its telephone. */
export interface CallParts {
  readonly tale: CallTale
  readonly bridge: MediaBridge
  /** Calls somebody beside this call, to ask them first. A colleague’s telephone is told which call it is about. @throws where they can’t be called */
  readonly ask: (to: string, about: CallTale | null, ears: LegEars) => Leg
  /** What goes with the answer to a ring. */
  readonly answerHeaders: readonly string[]
  /** `sip:102@example.com` */
  readonly address: (user: string) => string
  /** Something changed. */
  readonly say: () => void
  readonly refuse: (command: PhoneCommand['kind'], externalId: string, message: string) => void
  /** Does what nobody waits for; where it fails that is written down, and said to whoever gave the command. */
  readonly attempt: (command: PhoneCommand['kind'] | null, work: () => unknown) => void
}

/** In a call to a colleague: the office’s id of the call they are asked about. Their Baton says it back, and has the record from then on. */
export const CONSULT = 'X-Baton-Consult'

/** What a leg says, heard in such a way that whoever stumbles over it ends nothing but that. */
export function guarded({ early, talk, ended, mediaFault }: LegEars, attempt: CallParts['attempt']): LegEars {
  return {
    early: () => attempt(null, early),
    talk: () => attempt(null, talk),
    ended: (ending) => attempt(null, () => ended(ending)),
    mediaFault: () => attempt(null, mediaFault),
  }
}

/** The number or extension that a target is dialled by; null where a colleague has no telephone. */
export const dialled = (to: Target): string | null => (to.kind === 'number' ? to.number : to.extension)
