/** How much of a file the hub has, bytes from its beginning. */
export interface AttachmentState {
  readonly have: number
  /** It has all of it, and has checked its hash. */
  readonly whole: boolean
}

/**
 * What a workstation asks of the hub about attached files: requests of their own, never on the line that commands use.
 * Every method throws HubUnreachable or HubRefused.
 */
export interface AttachmentConnection {
  state(token: string, sha256: string): Promise<AttachmentState>
  /** Sends a piece. @returns where to go on, which is not behind it where the hub had it already or missed one */
  send(token: string, sha256: string, from: number, bytes: Uint8Array): Promise<AttachmentState>
  /** A piece from there on, as long as the hub likes. @param actorId who wants to see it */
  fetch(token: string, actorId: string, sha256: string, from: number): Promise<Uint8Array>
}

/** Asks the hub that is followed, with a session. @throws ServiceError with the hub's code */
export type AskAttachments = <T>(question: (connection: AttachmentConnection, token: string) => Promise<T>) => Promise<T>
