import { z } from 'zod'
import { defineAction, defineQuery } from '../method.ts'

const line = (what: string, longest: number) => z.string().trim().max(longest, `${what} is longer than ${longest} characters.`)

/** How this workstation reaches the telephone system, without its password: that never comes to a page. */
const phoneAccount = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({
    kind: z.literal('sip'),
    server: line('The server', 300).min(1, 'Enter the telephone server, such as wss://phones.example.com/ws.'),
    domain: line('The domain', 200).min(1, 'Enter the domain: the part of the address after the @.'),
    extension: line('The extension', 60).min(1, 'Enter the extension.'),
    userName: line('The user name', 120),
    displayName: line('The name', 80),
    /** PEM; empty for none. */
    certificate: line('The certificate', 20_000),
  }),
])

export type PhoneAccountSettings = z.output<typeof phoneAccount>

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

/** Null leaves the password that is kept here as it is. */
const password = z.string().max(400, 'The password is longer than 400 characters.').nullable()

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
    summary: 'How this workstation reaches the telephone system, without the password.',
    permission: 'settings.edit',
    input: z.strictObject({}),
    reads: [],
    output: z.object({ account: phoneAccount, hasPassword: z.boolean() }),
  }),
  defineAction({
    name: 'phone.saveAccount',
    summary: 'Set this workstation\u2019s telephone up. The password is kept in its keychain where it has one, never in the store.',
    permission: 'settings.edit',
    input: z.strictObject({ account: phoneAccount, password }),
    output: z.object({}),
  }),
  defineAction({ name: 'phone.forgetPassword', summary: 'Take the telephone\u2019s password off this workstation.', permission: 'settings.edit', input: z.strictObject({}), output: z.object({}) }),
  defineAction({
    name: 'phone.tryAccount',
    summary: 'Register with the telephone server for a moment and say what came of it. Nothing is kept.',
    permission: 'settings.edit',
    input: z.strictObject({ account: phoneAccount, password }),
    output: z.object({ ready: z.boolean(), sentence: z.string() }),
  }),
] as const
