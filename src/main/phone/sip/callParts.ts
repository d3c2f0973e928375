import type { PhoneCommand, Target } from '../port.ts'
import type { CallTale } from './callTale.ts'
import type { Leg, LegEars } from './leg.ts'
import type { MediaBridge } from './mediaBridge.ts'

/** What a call needs of its telephone. */
export interface CallParts {
  readonly tale: CallTale
  readonly bridge: MediaBridge
  /** Calls somebody beside this call, to ask them first. */
  readonly ask: (to: string, about: CallTale, ears: LegEars) => Leg
  /** `sip:102@example.com` */
  readonly address: (user: string) => string
  /** Something changed. */
  readonly say: () => void
  readonly refuse: (command: PhoneCommand['kind'], externalId: string, message: string) => void
}

/** The number or extension that a target is dialled by; null where a colleague has no telephone. */
export const dialled = (to: Target): string | null => (to.kind === 'number' ? to.number : to.extension)
