import type { Delivery } from '../../shared/contract/bridge.ts'

export interface OfferedFile {
  /** A plain file name without folders, as the person will see it. */
  readonly name: string
  readonly mime: string
  readonly bytes: Uint8Array
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
}
