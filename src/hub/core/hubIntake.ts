import type { LeadOffice } from '../../shared/intake/fromSent.ts'
import type { LeadSource } from '../../shared/domain/leads/tables.ts'

/** A secret that a source may sign with; the secret itself follows from its id. */
export interface IntakeSecret {
  readonly sourceId: string
  readonly secretId: string
  /** Epoch ms by the database's clock. */
  readonly madeAt: number
  /** Until when it is still taken after another one was made; null: until then. */
  readonly endsAt: number | null
}

/** A message of a source that was taken. */
export interface SeenMessage {
  readonly messageId: string
  /** As its sender signed it, epoch seconds. */
  readonly signedAt: number
  /** SHA-256, hex. */
  readonly bodyHash: string
  readonly leadId: string
}

/** What the hub keeps of the signed intake. @throws HubStoreFailure from every method, where the database does not answer */
export interface HubIntake {
  /** The source while it is active, and the secrets that are good now; undefined for anything else. */
  source(companyId: string, sourceId: string): Promise<{ readonly source: LeadSource; readonly secrets: readonly IntakeSecret[] } | undefined>
  /** What of the company leads are read against. */
  office(companyId: string): Promise<LeadOffice>
  /** All secrets of the company that are good now. */
  secrets(companyId: string): Promise<readonly IntakeSecret[]>
  /** Makes another secret; those before it are taken for so many seconds more. */
  makeSecret(companyId: string, made: { readonly sourceId: string; readonly secretId: string; readonly by: string; readonly othersEndIn: number }): Promise<void>
  seen(companyId: string, sourceId: string, messageId: string): Promise<SeenMessage | undefined>
  /** @returns false where the same message was noted meanwhile, as late or later */
  note(companyId: string, sourceId: string, message: SeenMessage): Promise<boolean>
  /** What our side said in a chat behind that answer, in the order in which the hub took it; all of it behind none it knows. Undefined where there is no such lead of the source. */
  chat(companyId: string, sourceId: string, leadId: string, after: string | null): Promise<{ readonly over: boolean; readonly messages: readonly { readonly id: string; readonly at: number; readonly text: string }[] } | undefined>
  /** Forgets messages older than this, and secrets that have ended. @returns how many messages */
  forget(days: number): Promise<number>
}
