import type { PresentPerson } from '../../../shared/sync/protocol.ts'

/** What one hub process tells the others on the same database. Each of them may get lost: a slow poll finds what was missed. */
export type Notice =
  /** The company's feed has grown. */
  | { readonly kind: 'feed'; readonly companyId: string }
  | { readonly kind: 'revoked'; readonly companyId: string; readonly deviceId: string }
  /** Who is at a workstation that another process serves; nobody when it has left. */
  | { readonly kind: 'presence'; readonly companyId: string; readonly deviceId: string; readonly people: readonly PresentPerson[] }
  /** The line between the processes was cut for a while: anything may have happened. */
  | { readonly kind: 'missed' }

export type Told = Exclude<Notice, { readonly kind: 'missed' }>

export interface Notices {
  /** Tells the other processes, soon; never fails. To be called after the commit only. */
  tell(notice: Told): void
  /** Hears of other processes. @returns a function that stops listening */
  onNotice(listener: (notice: Notice) => void): () => void
  close(): Promise<void>
}
