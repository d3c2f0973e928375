import { z } from 'zod'
import { ID_PATTERN } from '../base/id.ts'

/**
 * What crosses a transport, whichever it is (Electron IPC, WebSocket, an in-memory pair): five kinds of JSON frames.
 * A client says `hello` once, then sends `req`; the backend answers each with `ok` or `err` and sends `evt` unasked.
 */

/** Raised when frames or methods change so that an older page must be reloaded. */
export const PROTOCOL_VERSION = 1

/** A page larger than this is refused before it is parsed. */
export const MAX_FRAME_BYTES = 4 * 1024 * 1024

export const clientFrame = z.discriminatedUnion('t', [
  z.strictObject({
    t: z.literal('hello'),
    protocol: z.int(),
    /** Chosen by the page and kept over a reload, so that the person stays signed in. */
    clientId: z.string().min(16).max(64),
    /** The ticket of the practice room that the page is in; without one it is in the office. */
    room: z.string().min(16).max(64).optional(),
  }),
  z.strictObject({
    t: z.literal('req'),
    id: z.int().min(1),
    method: z.string().min(1).max(80),
    input: z.unknown(),
    /** A command's id, made by the page: sending it again after a lost answer does nothing twice. */
    commandId: z.string().regex(ID_PATTERN).optional(),
    /** A second person's sign-in for this one command (posting a batch). */
    approval: z.strictObject({ userId: z.string().max(40), pin: z.string().max(12) }).optional(),
  }),
])

export type ClientFrame = z.output<typeof clientFrame>

/** Why a request was not done; `code` is stable, `message` is a sentence for the person. */
export interface ContractError {
  readonly code: string
  readonly message: string
  readonly field?: string
  readonly subject?: { readonly kind: string; readonly id: string }
}

export type ServerFrame =
  | { readonly t: 'hello'; readonly protocol: number; readonly version: string; readonly startupError: ContractError | null }
  | { readonly t: 'ok'; readonly id: number; readonly result: unknown }
  | { readonly t: 'err'; readonly id: number; readonly error: ContractError }
  | { readonly t: 'evt'; readonly name: string; readonly payload: unknown }
