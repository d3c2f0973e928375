import type { ContractError } from '../../shared/contract/frames.ts'
import type { Delivery } from '../../shared/contract/bridge.ts'
import type { PhoneCommand, PhoneEvent } from '../phone/port.ts'
import type { OfferedFile, WindowRequest } from './shell.ts'

/** What the store's worker is told when it starts. */
export interface WorkerSettings {
  /** An absolute folder; the worker creates it where it is missing. */
  readonly dataDir: string
  readonly version: string
  /** True where Electron hosts the page. */
  readonly desktop: boolean
}

/**
 * Between the main thread and the store's worker. Frames cross as JSON text: the worker alone encodes, decodes and
 * judges them, so that a large answer or garbage from a page costs the main thread nothing.
 */
export type ToWorker =
  | { readonly kind: 'open'; readonly connection: number }
  | { readonly kind: 'frame'; readonly connection: number; readonly frame: string }
  | { readonly kind: 'close'; readonly connection: number }
  | { readonly kind: 'phone'; readonly event: PhoneEvent }
  | { readonly kind: 'offered'; readonly call: number; readonly delivery: Delivery | null; readonly failure: string }
  /** What a secret became; null where there is no keychain. */
  | { readonly kind: 'kept'; readonly call: number; readonly text: string | null; readonly failure: string }
  | { readonly kind: 'stop' }

export type FromWorker =
  /** The backend answers; `startupError` says why it can do nothing else. */
  | { readonly kind: 'ready'; readonly startupError: ContractError | null }
  | { readonly kind: 'frame'; readonly connection: number; readonly frame: string }
  | { readonly kind: 'close'; readonly connection: number }
  | { readonly kind: 'phone'; readonly command: PhoneCommand }
  | { readonly kind: 'offer'; readonly call: number; readonly file: OfferedFile }
  /** A secret for the operating system's keychain to seal or to open: only the main thread may speak with it. */
  | { readonly kind: 'keep'; readonly call: number; readonly action: 'seal' | 'open'; readonly text: string }
  | { readonly kind: 'notify'; readonly title: string; readonly body: string }
  | { readonly kind: 'window'; readonly request: WindowRequest }
  | { readonly kind: 'stopped' }
