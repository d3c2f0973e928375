import { createPublicKey, randomBytes, verify } from 'node:crypto'
import { z } from 'zod'
import type { EnrolledDevice, HubAdmin } from '../core/hubAdmin.ts'
import { HttpProblem } from './problem.ts'
import { Signer } from './signedText.ts'

/** A workstation proves with its key that it is the one that was enrolled, and gets a token for half a day. */

const CHALLENGE_SECONDS = 120
export const SESSION_SECONDS = 12 * 60 * 60

const grant = z.object({ c: z.string(), d: z.string(), e: z.number(), k: z.string() })

export interface Session {
  readonly companyId: string
  readonly deviceId: string
}

/** What a workstation signs, as UTF-8. */
export function sessionText({ companyId, deviceId }: Session, challenge: string): string {
  return `baton-session\n${companyId}\n${deviceId}\n${challenge}`
}

function signedBy(publicKey: string, text: string, signature: string): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' })
    return verify(null, Buffer.from(text, 'utf8'), key, Buffer.from(signature, 'base64'))
  } catch {
    return false
  }
}

/** Whether this is a key that a workstation may come with: base64 SPKI, Ed25519. */
export function isDeviceKey(publicKey: string): boolean {
  try {
    return createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' }).asymmetricKeyType === 'ed25519'
  } catch {
    return false
  }
}

const notEnrolled = (): HttpProblem =>
  new HttpProblem(401, 'session.refused', 'The hub does not know this workstation\u2019s key. What was done here is kept. Enrol it again with a new code: Settings, Hub, at another workstation.')

function revokedProblem(): HttpProblem {
  return new HttpProblem(403, 'device.revoked', 'This workstation\u2019s access to the hub was taken away. What was done here is kept. Somebody who manages workstations can give it a new code: Settings, Hub.')
}

function expiredSession(): HttpProblem {
  return new HttpProblem(401, 'session.expired', 'This workstation\u2019s session with the hub has ended. It makes a new one by itself.')
}

export class Sessions {
  readonly #admin: HubAdmin
  readonly #now: () => number
  #signer: Promise<Signer> | undefined
  /** Challenges that were answered here, until they run out: whoever overheard an answer can't give it again. */
  readonly #answered = new Map<string, number>()

  /** @param now the hub's clock, epoch ms; a workstation's plays no part */
  constructor(admin: HubAdmin, now: () => number) {
    this.#admin = admin
    this.#now = now
  }

  /** Asked for until the database has once answered. */
  async #sign(): Promise<Signer> {
    this.#signer ??= this.#admin.secret('session').then((secret) => new Signer(secret))
    try {
      return await this.#signer
    } catch (error) {
      this.#signer = undefined
      throw error
    }
  }

  /** Given to anybody: it says nothing of whether there is such a workstation. */
  async challenge({ companyId, deviceId }: Session): Promise<string> {
    const signer = await this.#sign()
    return signer.sign('challenge', { c: companyId, d: deviceId, e: this.#now() + CHALLENGE_SECONDS * 1000, k: randomBytes(16).toString('base64url') })
  }

  async #read(purpose: string, text: string): Promise<z.output<typeof grant> | undefined> {
    const read = grant.safeParse((await this.#sign()).read(purpose, text))
    return read.success && read.data.e > this.#now() ? read.data : undefined
  }

  /** @throws HttpProblem 401 for a wrong key or an old challenge, 403 for a revoked workstation that proved who it is */
  async open(asked: Session, challenge: string, signature: string): Promise<{ readonly token: string; readonly expiresAt: number }> {
    const given = await this.#read('challenge', challenge)
    if (!given || given.c !== asked.companyId || given.d !== asked.deviceId) throw expiredSession()
    const device = await this.#admin.device(asked.companyId, asked.deviceId)
    if (!device || !signedBy(device.publicKey, sessionText(asked, challenge), signature)) throw notEnrolled()
    if (device.revokedAt !== null) throw revokedProblem()
    if (!this.#isFirstAnswer(given.k, given.e)) throw expiredSession()
    const expiresAt = this.#now() + SESSION_SECONDS * 1000
    const token = (await this.#sign()).sign('session', { c: asked.companyId, d: asked.deviceId, e: expiresAt, k: keyMark(device) })
    return { token, expiresAt }
  }

  #isFirstAnswer(challenge: string, until: number): boolean {
    for (const [answered, end] of this.#answered) {
      // In the order in which they were answered; one that came late is forgotten a little later than it could be.
      if (end > this.#now()) break
      this.#answered.delete(answered)
    }
    if (this.#answered.has(challenge)) return false
    this.#answered.set(challenge, until)
    return true
  }

  /** The workstation that a token belongs to, as it is enrolled now. @throws HttpProblem 401, 403 */
  async holder(token: string): Promise<{ readonly session: Session; readonly device: EnrolledDevice }> {
    const read = await this.#read('session', token)
    if (!read) throw expiredSession()
    const device = await this.#admin.device(read.c, read.d)
    if (!device) throw notEnrolled()
    if (device.revokedAt !== null) throw revokedProblem()
    // Enrolled again with another key meanwhile: whoever has the old one is not this workstation any more.
    if (read.k !== keyMark(device)) throw expiredSession()
    return { session: { companyId: read.c, deviceId: read.d }, device }
  }
}

const keyMark = ({ publicKey }: EnrolledDevice): string => publicKey.slice(-16)
