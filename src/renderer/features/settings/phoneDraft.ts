import { assertNever } from '../../../shared/base/assertNever.ts'
import { normalizePhone } from '../../../shared/base/phone.ts'
import type { PhoneKind, SecretName } from '../../../shared/contract/methods/phoneAccounts.ts'
import type { OutputOf } from '../../api/types.ts'

type Account = OutputOf<'phone.account'>['account']

/** All that the form can hold; each kind of telephone uses some of it, and has a draft of its own. */
export interface PhoneDraft {
  readonly server: string
  readonly domain: string
  readonly extension: string
  readonly userName: string
  readonly displayName: string
  readonly certificate: string
  readonly watched: readonly string[]
  readonly host: string
  readonly port: number
  readonly tls: boolean
  readonly ownNetwork: boolean
  readonly technology: string
  readonly context: string
  readonly name: string
  readonly listenHost: string
  readonly listenPort: number
  readonly accountSid: string
  readonly lineNumber: string
  readonly telephone: string
  readonly publicUrl: string
  readonly soundHosts: readonly string[]
  readonly voicemailGreeting: string
  readonly clientId: string
  readonly deviceId: string
  readonly pickUpCode: string
  readonly relays: readonly string[]
  readonly relayUser: string
}

const EMPTY: PhoneDraft = {
  server: '',
  domain: '',
  extension: '',
  userName: '',
  displayName: '',
  certificate: '',
  watched: [],
  host: '',
  port: 5038,
  tls: false,
  ownNetwork: false,
  technology: '',
  context: '',
  name: '',
  listenHost: '127.0.0.1',
  listenPort: 8650,
  accountSid: '',
  lineNumber: '',
  telephone: '',
  publicUrl: '',
  soundHosts: [],
  voicemailGreeting: '',
  clientId: '',
  deviceId: '',
  pickUpCode: '',
  relays: [],
  relayUser: '',
}

export const PHONE_FIELDS = Object.keys(EMPTY) as readonly (keyof PhoneDraft)[]

/** What most offices of each kind have. */
const USUAL: Readonly<Partial<Record<PhoneKind, Partial<PhoneDraft>>>> = {
  ami: { port: 5038, technology: 'PJSIP', context: 'from-internal' },
  esl: { port: 8021, context: 'default' },
  ringcentral: { server: 'https://platform.ringcentral.com' },
}

/** The form of a kind as it begins: what was saved for it, else what is usual. */
export function phoneDraft(kind: PhoneKind, account: Account): PhoneDraft {
  const { pickUpCode = '', relays = [], relayUser = '' } = account.kind === 'sip' ? account : EMPTY
  const { soundHosts = [] } = account.kind === 'webhook' ? account : EMPTY
  const { voicemailGreeting = '' } = account.kind === 'twilio' ? account : EMPTY
  return { ...EMPTY, ...USUAL[kind], ...(account.kind === kind ? account : {}), pickUpCode, relays, relayUser, soundHosts, voicemailGreeting }
}

const e164 = (typed: string): string => normalizePhone(typed) ?? typed

/** What the form says of a kind of telephone, and nothing else that was typed. */
export function accountOf(kind: PhoneKind, draft: PhoneDraft): Account {
  const { server, domain, extension, userName, certificate, host, port, tls, ownNetwork, context, name, listenHost, listenPort, lineNumber } = draft
  switch (kind) {
    case 'none':
      return { kind }
    case 'sip':
      return { kind, server, domain, extension, userName, displayName: draft.displayName, certificate, pickUpCode: draft.pickUpCode, relays: [...draft.relays], relayUser: draft.relayUser }
    case 'dialogs':
      return { kind, server, domain, extension, userName, watched: [...draft.watched], certificate }
    case 'ami':
      return { kind, host, port, tls, ownNetwork, certificate, userName, extension, technology: draft.technology, context }
    case 'esl':
      return { kind, host, port, tls, ownNetwork, certificate, extension, domain, context }
    case 'webhook':
      return { kind, name, extension, soundHosts: [...draft.soundHosts], listenHost, listenPort, ownNetwork }
    case 'twilio':
      return { kind, accountSid: draft.accountSid, lineNumber: e164(lineNumber), telephone: draft.telephone.startsWith('sip:') ? draft.telephone : e164(draft.telephone), publicUrl: draft.publicUrl, voicemailGreeting: draft.voicemailGreeting, listenHost, listenPort, ownNetwork }
    case 'ringcentral':
      return { kind, name, server, clientId: draft.clientId, deviceId: draft.deviceId, lineNumber: e164(lineNumber) }
    default:
      return assertNever(kind, 'kind of telephone')
  }
}

export const PHONE_KINDS: readonly { readonly value: PhoneKind; readonly label: string; readonly detail: string }[] = [
  { value: 'none', label: 'None', detail: 'only the practice line' },
  { value: 'sip', label: 'Softphone', detail: 'this workstation and a headset, over SIP' },
  { value: 'dialogs', label: 'Desk phone', detail: 'seen by the events of any SIP telephone system' },
  { value: 'ami', label: 'Asterisk or FreePBX', detail: 'a desk phone, by the manager interface' },
  { value: 'esl', label: 'FreeSWITCH or FusionPBX', detail: 'a desk phone, by the event socket' },
  { value: 'webhook', label: 'Signed messages', detail: 'any system that can send one for each call' },
  { value: 'twilio', label: 'Twilio', detail: 'a number that rings this desk' },
  { value: 'ringcentral', label: 'RingCentral', detail: 'an extension, by an application of your own' },
]

export type TypedSecret = Readonly<Partial<Record<SecretName, string>>>

/** Only what was typed: a field that was left empty keeps what is kept. */
export const typedIn = (secrets: TypedSecret): Partial<Record<SecretName, string>> => Object.fromEntries(Object.entries(secrets).filter(([, text]) => text !== ''))
