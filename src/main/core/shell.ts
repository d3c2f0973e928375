import type { Delivery } from '../../shared/contract/bridge.ts'
import type { WindowKind } from '../../shared/contract/windows.ts'

export interface OfferedFile {
  /** A plain file name without folders, as the person will see it. */
  readonly name: string
  readonly mime: string
  readonly bytes: Uint8Array
}

/** A window that a person asked for. It belongs to the page that asks: both are one session. */
export interface WindowRequest {
  readonly what: { readonly kind: 'show'; readonly window: WindowKind } | { readonly kind: 'reopen' }
  readonly userId: string
  readonly clientId: string
}

/**
 * What differs between the hosts for the backend: Electron asks where to save and shows a notification of the system,
 * the web host offers a link that works once, the command line writes into a folder.
 */
export interface Shell {
  /** Hands a file to the person who asked for it. */
  offerFile(file: OfferedFile): Promise<Delivery>
  /** Says something to a person who may be looking at another application; may do nothing. */
  notify(note: { readonly title: string; readonly body: string }): void
  /** Opens a window or brings it to the front; absent where the page opens its own. */
  showWindow?(request: WindowRequest): void
}
