import { z } from 'zod'
import { defineAction, defineQuery } from '../method.ts'
import { phoneAccount, secretName, typedSecrets } from './phoneAccounts.ts'

/** The line to the telephone system as it is now. */
export const phoneLine = z.object({
  status: z.enum(['none', 'connecting', 'ready', 'down']),
  /** Epoch milliseconds since when. */
  at: z.number(),
  /** Why it is down, as a sentence; empty otherwise. */
  reason: z.string(),
  /** `Extension 101 at phones.example.com` */
  account: z.string(),
  abilities: z.array(z.string()),
  doNotDisturb: z.boolean(),
  /** Voicemails waiting as the telephone system counts them; null where it does not say. */
  messages: z.object({ fresh: z.int(), old: z.int() }).nullable(),
  /** Null where the telephone brings its own sound. */
  audio: z.object({ status: z.enum(['ready', 'missing', 'refused', 'noMicrophone']), reason: z.string() }).nullable(),
})

export type PhoneLine = z.output<typeof phoneLine>

export const phoneMethods = [
  defineQuery({
    name: 'phone.state',
    summary: 'The line of this workstation\u2019s telephone as it is now; the event phoneLine says when it changes.',
    permission: 'office.view',
    input: z.strictObject({}),
    reads: [],
    output: phoneLine,
  }),
  defineQuery({
    name: 'phone.account',
    summary: 'How this workstation reaches the telephone system, without the secrets: of those only which are kept here.',
    permission: 'settings.edit',
    input: z.strictObject({}),
    reads: [],
    output: z.object({ account: phoneAccount, keptSecrets: z.array(secretName) }),
  }),
  defineAction({
    name: 'phone.saveAccount',
    summary: 'Set this workstation\u2019s telephone up. Secrets are kept in its keychain where it has one, never in the store.',
    permission: 'settings.edit',
    input: z.strictObject({ account: phoneAccount, secrets: typedSecrets }),
    output: z.object({}),
  }),
  defineAction({ name: 'phone.forgetSecrets', summary: 'Take the telephone\u2019s password, token or secret off this workstation.', permission: 'settings.edit', input: z.strictObject({}), output: z.object({}) }),
  defineAction({
    name: 'phone.tryAccount',
    summary: 'Reach the telephone system for a moment and say what came of it. Nothing is kept.',
    permission: 'settings.edit',
    input: z.strictObject({ account: phoneAccount, secrets: typedSecrets }),
    output: z.object({ ready: z.boolean(), sentence: z.string() }),
  }),
] as const
