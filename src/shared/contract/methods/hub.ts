import { z } from 'zod'
import { CLEARANCES } from '../../domain/kernel/table.ts'
import { defineAction, defineQuery } from '../method.ts'

/** How this workstation stands to the hub; the status bar shows it and the `hub` event carries it. */
export const hubState = z.object({
  /**
   * `none`: a store of its own. `joining`: the snapshot is on its way. `online`, `offline`: as they say. `stopped`: it
   * will not go on by itself (revoked, a copied data folder, a Baton too old); `problem` says what to do.
   */
  link: z.enum(['none', 'joining', 'online', 'offline', 'stopped']),
  /** Since when it is so; epoch ms. */
  since: z.number(),
  address: z.string().nullable(),
  deviceName: z.string().nullable(),
  /** Changes that the hub has not acknowledged. */
  waiting: z.number(),
  problem: z.string().nullable(),
  /** While the snapshot comes: rows here, rows in all, whether today and every customer are here, and whether the hub does not answer just now. */
  progress: z.object({ rows: z.number(), of: z.number(), usable: z.boolean(), stalled: z.boolean() }).nullable(),
})

export type HubState = z.output<typeof hubState>

const waitingChange = z.object({
  commandId: z.string(),
  /** What a person did by it, in words. */
  summary: z.string(),
  at: z.number(),
  by: z.string(),
  /** Has an effect here already; a change that could not be run again on what came meanwhile has none and waits for the hub's word. */
  applied: z.boolean(),
})

/** A workstation as the hub lists it. */
export const listedDevice = z.object({
  deviceId: z.string(),
  name: z.string(),
  enrolledAt: z.number(),
  lastSeenAt: z.number().nullable(),
  revokedAt: z.number().nullable(),
  connected: z.boolean(),
  clearances: z.array(z.enum(CLEARANCES)),
  version: z.string(),
})

export type ListedDevice = z.output<typeof listedDevice>

const device = listedDevice.extend({ self: z.boolean() })

const presentPerson = z.object({
  userId: z.string(),
  name: z.string(),
  deviceName: z.string(),
  state: z.enum(['here', 'onCall', 'locked']),
  record: z.object({ kind: z.string(), id: z.string() }).nullable(),
  /** What their telephone does there, and since when. */
  call: z.object({ state: z.enum(['ringing', 'talking', 'holding']), since: z.number() }).nullable(),
})

/** One side of a change that could not stand: sentences, and where to look. */
const side = z.object({
  title: z.string(),
  lines: z.array(z.string()),
  opens: z.object({ kind: z.string(), id: z.string(), day: z.string().nullable() }).nullable(),
})

/**
 * What can be done, each with its key. `redo` gives the command again with `changes` laid over its input, and with
 * `withFallen` also what fell with it; `drop` settles the promise with this outcome and a note; `wait` records
 * such an outcome and a note, and it comes back later; `open` shows what stands instead, or else what it was about.
 */
const choice = z.object({
  key: z.string(),
  label: z.string(),
  action: z.enum(['redo', 'drop', 'wait', 'open']),
  changes: z.record(z.string(), z.unknown()).nullable(),
  withFallen: z.boolean(),
  outcomeKey: z.string().nullable(),
})

export type AttentionChoice = z.output<typeof choice>

const attention = z.object({
  id: z.string(),
  promiseId: z.string().nullable(),
  state: z.enum(['open', 'redone', 'dropped']),
  kind: z.enum(['refused', 'parked', 'flagged']),
  /** What a person did, and what stands instead. */
  ours: side,
  theirs: side,
  /** Refused for the same reason; settled together. */
  fallen: z.array(z.string()),
  amountCents: z.number().nullable(),
  /** The customer's number (E.164), where it is about one who has any. */
  phone: z.string().nullable(),
  choices: z.array(choice),
})

export type Attention = z.output<typeof attention>

export const hubMethods = [
  defineQuery({ name: 'hub.state', summary: 'Whether this workstation is in step with the hub.', permission: null, input: z.strictObject({}), output: hubState, reads: [] }),
  defineQuery({ name: 'hub.waiting', summary: 'The changes that the hub has not acknowledged, oldest first.', permission: 'office.view', input: z.strictObject({}), output: z.array(waitingChange), reads: [] }),
  defineQuery({ name: 'hub.devices', summary: 'The enrolled workstations.', permission: 'hub.manage', input: z.strictObject({}), output: z.array(device), reads: [] }),
  defineQuery({ name: 'hub.present', summary: 'Who is at which workstation, and on which record.', permission: 'office.view', input: z.strictObject({}), output: z.array(presentPerson), reads: [] }),
  defineAction({
    name: 'hub.look',
    summary: 'Reads an enrolment code and asks the hub what enrolling would do.',
    permission: null,
    input: z.strictObject({ code: z.string().min(1).max(400) }),
    output: z.object({
      address: z.string(),
      /** `found`: this store becomes the company at the hub. `join`: this workstation takes the company from the hub. */
      mode: z.enum(['found', 'join']),
      companyName: z.string().nullable(),
      /** What is in this store; null where it is empty. `keptAs`: the file it is put aside as, null where it goes up or goes on. */
      own: z.object({ companyName: z.string(), customers: z.number(), keptAs: z.string().nullable() }).nullable(),
    }),
  }),
  defineAction({
    name: 'hub.enrol',
    summary: 'Enrols this workstation with a code from the hub.',
    permission: null,
    input: z.strictObject({ code: z.string().min(1).max(400), name: z.string().min(1).max(60) }),
    output: hubState,
  }),
  defineAction({ name: 'hub.invite', summary: 'Makes an enrolment code for another workstation.', permission: 'hub.manage', input: z.strictObject({ clearances: z.array(z.enum(CLEARANCES)) }), output: z.object({ code: z.string(), expiresAt: z.number() }) }),
  defineAction({ name: 'hub.rename', summary: 'Renames a workstation.', permission: 'hub.manage', input: z.strictObject({ deviceId: z.string(), name: z.string().min(1).max(60) }), output: z.object({}) }),
  defineAction({ name: 'hub.revoke', summary: 'Takes a workstation\u2019s access away.', permission: 'hub.manage', input: z.strictObject({ deviceId: z.string() }), output: z.object({}) }),
  defineAction({ name: 'hub.leave', summary: 'Goes on without the hub: the data stays, nothing is sent any more.', permission: 'hub.manage', input: z.strictObject({}), output: hubState }),
  defineAction({ name: 'hub.syncNow', summary: 'Tries the hub at once instead of at the next turn.', permission: 'office.view', input: z.strictObject({}), output: hubState }),
  defineAction({ name: 'hub.viewing', summary: 'Says which record this page shows, for who-is-where.', permission: 'office.view', input: z.strictObject({ record: z.object({ kind: z.string().max(40), id: z.string().max(60) }).nullable() }), output: z.object({}) }),
  defineQuery({
    name: 'attention.get',
    summary: 'Both sides of a change that could not stand, and what can be done.',
    permission: 'office.view',
    input: z.strictObject({ id: z.string() }),
    output: attention.nullable(),
    reads: ['refused_change', 'promise', 'queue', 'appointment', 'assignment', 'job', 'invoice', 'payment', 'batch', 'customer', 'contact_method', 'technician', 'user'],
  }),
  defineAction({
    name: 'attention.redo',
    summary: 'Gives a refused change again, as a new command of whoever does it, and settles the promise.',
    permission: 'promise.work',
    input: z.strictObject({ id: z.string(), changes: z.record(z.string(), z.unknown()).nullable(), withFallen: z.boolean() }),
    output: z.object({ commandId: z.string() }),
  }),
] as const
