import { z } from 'zod'
import { phoneInput } from '../../domain/kernel/inputs.ts'

const line = (what: string, longest: number) => z.string().trim().max(longest, `${what} is longer than ${longest} characters.`)
const needed = (what: string, longest: number, otherwise: string) => line(what, longest).min(1, otherwise)

const extension = needed('The extension', 60, 'Enter the extension of the telephone on this desk, such as 101.')
const portNumber = (otherwise: string) => z.int(otherwise).min(1, otherwise).max(65_535, otherwise)
/** PEM; empty for none. */
const certificate = line('The certificate', 20_000)
/** A person has said that nobody but the office is on the network in between. */
const ownNetwork = z.boolean()

const pbxSocket = {
  host: needed('The server', 253, 'Enter the name or the address of the telephone system, such as pbx.example.com.'),
  port: portNumber('A port is a number from 1 to 65535.'),
  tls: z.boolean(),
  ownNetwork,
  certificate,
}

const listener = {
  listenHost: needed('The address', 253, 'Enter the address of this machine at which Baton listens: 127.0.0.1 unless messages come from another machine.'),
  listenPort: portNumber('A port is a number from 1 to 65535.'),
  ownNetwork,
}

/** How this workstation reaches the telephone system, without its secrets: those never come to a page. */
export const phoneAccount = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({
    kind: z.literal('sip'),
    server: needed('The server', 300, 'Enter the telephone server, such as wss://phones.example.com/ws.'),
    domain: needed('The domain', 200, 'Enter the domain: the part of the address after the @.'),
    extension: needed('The extension', 60, 'Enter the extension.'),
    userName: line('The user name', 120),
    displayName: line('The name', 80),
    certificate,
    /** What is dialled before a colleague’s extension to take the ring there; empty for the usual one. */
    pickUpCode: line('The pick-up code', 12).optional(),
    /** Servers that find sound its way into another network: `stun:…`, `turn:…`, `turns:…`. */
    relays: z.array(line('A relay server', 300)).max(8, 'At most 8 relay servers can be named.').optional(),
    relayUser: line('The relay\u2019s user name', 200).optional(),
  }),
  z.strictObject({
    kind: z.literal('dialogs'),
    server: needed('The server', 300, 'Enter the telephone server, such as wss://phones.example.com/ws.'),
    domain: needed('The domain', 200, 'Enter the domain: the part of the address after the @.'),
    extension,
    userName: line('The user name', 120),
    /** Colleagues' extensions. */
    watched: z.array(line('An extension', 60)).max(200, 'At most 200 colleagues\u2019 telephones can be watched.'),
    certificate,
  }),
  z.strictObject({
    kind: z.literal('ami'),
    ...pbxSocket,
    userName: needed('The user name', 120, 'Enter the user of the manager interface: its name in manager.conf.'),
    extension,
    technology: needed('The kind of channel', 40, 'Enter what the desk\u2019s telephone is to Asterisk: PJSIP or SIP.'),
    context: needed('The context', 80, 'Enter the context the telephone dials in, such as from-internal.'),
  }),
  z.strictObject({
    kind: z.literal('esl'),
    ...pbxSocket,
    extension,
    domain: needed('The domain', 200, 'Enter the domain of the telephone\u2019s directory entry.'),
    context: needed('The context', 80, 'Enter the context the telephone dials in, such as default.'),
  }),
  z.strictObject({
    kind: z.literal('webhook'),
    name: needed('The name', 80, 'Enter what people call this telephone system.'),
    /** Empty takes every message for this desk's. */
    extension: line('The extension', 60),
    /** Hosts from which a voicemail is fetched. */
    soundHosts: z.array(line('A host', 253)).max(8, 'At most 8 hosts can be named.').optional(),
    ...listener,
  }),
  z.strictObject({
    kind: z.literal('twilio'),
    accountSid: z.string().trim().regex(/^AC[0-9a-fA-F]{32}$/, 'The account SID begins with AC and has 32 digits and letters after it.'),
    lineNumber: phoneInput,
    telephone: needed('The telephone', 200, 'Enter what the number rings: a telephone number, or an address that begins with sip:.'),
    publicUrl: needed('The address', 300, 'Enter where Twilio reaches this workstation, such as https://phones.example.com/twilio.'),
    /** Said before a caller may leave a message; empty takes none. */
    voicemailGreeting: line('The greeting', 500).optional(),
    ...listener,
  }),
  z.strictObject({
    kind: z.literal('ringcentral'),
    name: needed('The name', 80, 'Enter what people call this telephone, such as Extension 101.'),
    server: needed('The server', 300, 'Enter the address of RingCentral: https://platform.ringcentral.com.'),
    clientId: needed('The client id', 200, 'Enter the client id of the office\u2019s own application.'),
    deviceId: needed('The device', 80, 'Enter the id of the device that answers and dials.'),
    lineNumber: phoneInput,
  }),
])

export type PhoneAccountSettings = z.output<typeof phoneAccount>
export type PhoneKind = PhoneAccountSettings['kind']

export const SECRET_NAMES = ['password', 'secret', 'authToken', 'clientSecret', 'jwt', 'relayPassword'] as const
export type SecretName = (typeof SECRET_NAMES)[number]

/** What each kind of telephone has to be told that nobody is to read. */
export const SECRETS_OF: Readonly<Record<PhoneKind, readonly SecretName[]>> = {
  none: [],
  sip: ['password'],
  dialogs: ['password'],
  ami: ['secret'],
  esl: ['password'],
  webhook: ['secret'],
  twilio: ['authToken'],
  ringcentral: ['clientSecret', 'jwt'],
}

export const secretName = z.enum(SECRET_NAMES)

/** Those that were typed; one that is not named stays as it is kept here. */
export const typedSecrets = z.partialRecord(secretName, z.string().min(1, 'A secret has at least one letter.').max(8_000, 'This is longer than 8000 characters.'))

export type TypedSecrets = z.output<typeof typedSecrets>
