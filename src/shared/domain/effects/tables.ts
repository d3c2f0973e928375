import { col, defineTable, nullable, type Row } from '../kernel/table.ts'

/** What can be done in the world. Each kind has one performer at a workstation. */
export const EFFECT_KINDS = ['invoice.email'] as const

/**
 * `waiting`: it has surely not been done. `running`: one workstation has the hub's word that it alone does it.
 * `uncertain`: it may have been done, and only a person can find out. `failed`: it was surely not done and is not tried
 * again by itself. `dropped`: a person decided that it is not to be done.
 */
export const EFFECT_STATES = ['waiting', 'running', 'done', 'uncertain', 'failed', 'dropped'] as const

export type EffectState = (typeof EFFECT_STATES)[number]

/** Everything that an email consists of, so that nobody has to know more than the row when it is sent. */
export interface EmailPayload {
  readonly to: string
  readonly subject: string
  readonly text: string
  /** The final invoice goes along as a PDF file. */
  readonly attach: { readonly kind: 'invoice.pdf'; readonly invoiceId: string }
}

/**
 * Something to be done in the world, once: it is nobody's memory but the ledger's. A row is made by a person's command,
 * begun by the one workstation to which the hub gave it, and ended by what that workstation reports, or by a person.
 */
export const effectTable = defineTable(
  'effect',
  {
    kind: col.oneOf(EFFECT_KINDS),
    subjectKind: col.text(),
    subjectId: col.id(),
    customerId: nullable(col.ref('customer')),
    payload: col.json<EmailPayload>(),
    /** Says to the other side that a repeat is one; another only once a person wants it done again. */
    key: col.text(),
    /** Whether the other side drops what comes again under the same key, so that a repeat is harmless. */
    deduplicates: col.boolean(),
    state: col.oneOf(EFFECT_STATES),
    requestedAt: col.instant(),
    requestedBy: nullable(col.ref('user')),
    /** Where it was asked for: that workstation goes first. */
    requestedDevice: col.id(),
    /** How often somebody has begun it, over all rounds; the next one to begin must say the next number. */
    attempt: col.integer(),
    /** How often it surely failed since a person last wanted it. */
    failures: col.integer(),
    /** Not to be tried before. */
    notBefore: nullable(col.instant()),
    /** Who has begun it last. */
    device: nullable(col.id()),
    startedAt: nullable(col.instant()),
    finishedAt: nullable(col.instant()),
    /** What came of it, in a sentence for people. */
    outcome: col.text(),
    practice: col.boolean(),
  },
  { indexes: { byState: ['state'], bySubject: ['subjectKind', 'subjectId'], byCustomer: ['customerId'], byKey: ['key'] }, unique: ['byKey'] },
)

export type WorldEffect = Row<typeof effectTable>
