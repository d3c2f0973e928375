import type { Permission } from '../../shared/domain/people/permissions.ts'

/**
 * Attached files at the hub, in pieces, so that one can be sent and fetched again from where it broke off. Whoever sends a
 * file sends it under the hash that a row of the company names; nothing else is taken.
 */

/** The largest piece that is taken, and the smallest but for the last of a file, bytes. */
export const PIECE_BYTES = 256 * 1024
export const LEAST_PIECE_BYTES = 16 * 1024

export interface BlobState {
  /** How much of it is here, from the beginning, bytes. */
  readonly have: number
  /** It is all here, and what is here is what its hash says. */
  readonly whole: boolean
}

export interface BlobPiece {
  readonly sha256: string
  /** Where in the file it begins. */
  readonly from: number
  readonly bytes: Uint8Array
}

export type BlobTaken =
  /** Taken, or it was here already: `have` says where to go on. */
  | ({ readonly kind: 'taken' } & BlobState)
  /** No row of the company names a file of this hash, or it was removed. */
  | { readonly kind: 'unknown' }
  /** The piece goes beyond what the row says, or is too small to be worth a row of its own. */
  | { readonly kind: 'misfit' }
  /** All of it came, and it is something else: it is forgotten. */
  | { readonly kind: 'wrongHash' }
  /** The company’s room for files is used up. */
  | { readonly kind: 'full'; readonly limit: number }

export interface BlobUsage {
  readonly files: number
  readonly bytes: number
  /** Files that are here in part only. */
  readonly partial: number
}

/** @throws HubStoreFailure from every method, where the database does not answer */
export interface HubBlobs {
  /** Undefined where no attachment of the company names such a file. */
  state(companyId: string, sha256: string): Promise<BlobState | undefined>
  /** @param room how much the company may keep in all, bytes */
  take(companyId: string, piece: BlobPiece, room: number): Promise<BlobTaken>
  /** From a place in a whole file to the end of the piece that it is in; undefined where the file is not whole or not the company’s. */
  read(companyId: string, sha256: string, from: number): Promise<{ readonly size: number; readonly bytes: Uint8Array } | undefined>
  usage(companyId: string): Promise<BlobUsage>
  /** What whoever wants to see a file must be allowed: a recording is not everybody’s, whatever else has the same content. */
  rightFor(companyId: string, sha256: string): Promise<Permission>
  /** Forgets files, whole or in part, that no attachment has named for so many days, and recordings whose time is over at once. @returns how many */
  forgetUnused(days: number): Promise<number>
}
