import { z } from 'zod'
import type { HubAdmin } from '../../core/hubAdmin.ts'
import { Signer } from '../signedText.ts'

/**
 * What opens a technician’s link. It names a row of the company and when it ends, signed with a secret that only the hub’s
 * database holds: no table, no workstation and no log has it. It goes behind the # of an address, which no browser sends,
 * and from the page in a header.
 */

const PURPOSE = 'technician-link'

/** Taps that were made in time are heard for so long after the end: a telephone may have been without a line. */
export const HEARD_AFTER_END_MS = 48 * 60 * 60_000

const signed = z.strictObject({ c: z.string(), l: z.string(), e: z.int() })

export interface SignedLink {
  readonly companyId: string
  readonly linkId: string
  /** Epoch ms. */
  readonly expiresAt: number
}

export class LinkTokens {
  readonly #admin: HubAdmin
  #signer: Promise<Signer> | undefined

  constructor(admin: HubAdmin) {
    this.#admin = admin
  }

  /** Asked for until the database has once answered. */
  async #sign(): Promise<Signer> {
    this.#signer ??= this.#admin.secret(PURPOSE).then((secret) => new Signer(secret))
    try {
      return await this.#signer
    } catch (error) {
      this.#signer = undefined
      throw error
    }
  }

  async make({ companyId, linkId, expiresAt }: SignedLink): Promise<string> {
    return (await this.#sign()).sign(PURPOSE, { c: companyId, l: linkId, e: expiresAt })
  }

  /** Undefined for whatever this hub did not sign; nothing was read for it. */
  async read(token: string): Promise<SignedLink | undefined> {
    const read = signed.safeParse((await this.#sign()).read(PURPOSE, token))
    return read.success ? { companyId: read.data.c, linkId: read.data.l, expiresAt: read.data.e } : undefined
  }
}
