import { assertNever } from '../../shared/base/assertNever.ts'
import { normalizePhone } from '../../shared/base/phone.ts'
import type { PhoneAccountSettings, SecretName, TypedSecrets } from '../../shared/contract/methods/phoneAccounts.ts'
import { isLoopback, isPrivateAddress } from './observed/secureAddress.ts'
import { isRelay, relayProblem } from './sip/relays.ts'
import { serverProblem } from './sip/serverAddress.ts'
import { SHORTEST_SECRET } from './webhook/signature.ts'

/** What is wrong, as a sentence, and the field it is said at. */
export interface AccountProblem {
  readonly field: string
  readonly sentence: string
}

const NO_CERTIFICATE = 'This is no certificate. It begins with -----BEGIN CERTIFICATE-----.'
const NOT_ENCRYPTED = 'Without encryption whoever is on the network reads the password and every call. Encrypt the line, or say that the network in between is the office\u2019s own.'
const LISTENS_OPENLY = 'Who listens at another address than 127.0.0.1 is heard of on the network. Say that it is the office\u2019s own, or let the reverse proxy of this machine pass the messages on.'

const serverAt = (server: string): AccountProblem | null => {
  const sentence = serverProblem(server)
  return sentence === null ? null : { field: 'server', sentence }
}

const certificateIn = (certificate: string): AccountProblem | null =>
  certificate === '' || certificate.includes('-----BEGIN CERTIFICATE-----') ? null : { field: 'certificate', sentence: NO_CERTIFICATE }

const socketOf = ({ host, tls, ownNetwork }: { readonly host: string; readonly tls: boolean; readonly ownNetwork: boolean }): AccountProblem | null =>
  tls || ownNetwork || isLoopback(host) ? null : { field: 'host', sentence: NOT_ENCRYPTED }

const listenerOf = ({ listenHost, ownNetwork }: { readonly listenHost: string; readonly ownNetwork: boolean }): AccountProblem | null =>
  ownNetwork || isLoopback(listenHost) ? null : { field: 'listenHost', sentence: LISTENS_OPENLY }

const secureUrl = (address: string, field: string): AccountProblem | null =>
  isPrivateAddress(address) && address.startsWith('http') ? null : { field, sentence: 'This address begins with https://.' }

const ringsAt = (telephone: string): AccountProblem | null =>
  telephone.startsWith('sip:') || normalizePhone(telephone) !== undefined ? null : { field: 'telephone', sentence: 'Enter a telephone number, or an address that begins with sip:.' }

const hostsOf = ({ soundHosts = [] }: { readonly soundHosts?: readonly string[] | undefined }): AccountProblem | null =>
  soundHosts.every((host) => /^[a-z0-9.-]+(?::\d{1,5})?$/i.test(host) && URL.canParse(`https://${host}`)) ? null : { field: 'soundHosts', sentence: 'Enter hosts alone, such as pbx.example.com: no https:// and no path.' }

type Sip = Extract<PhoneAccountSettings, { readonly kind: 'sip' }>

const pickUpCodeOf = ({ pickUpCode = '' }: Sip): AccountProblem | null => (/^[0-9*#]*$/.test(pickUpCode) ? null : { field: 'pickUpCode', sentence: 'A pick-up code is made of digits, * and #.' })

function relaysOf({ relays = [], relayUser = '' }: Sip): AccountProblem | null {
  const sentence = relayProblem(relays)
  if (sentence !== null) return { field: 'relays', sentence }
  return relays.some(isRelay) && relayUser === '' ? { field: 'relayUser', sentence: 'A server that relays wants a user name. Whoever runs it has given one.' } : null
}

/** What can be seen to be wrong without asking the telephone system; null where nothing is. */
export function problemOf(account: PhoneAccountSettings): AccountProblem | null {
  switch (account.kind) {
    case 'none':
      return null
    case 'sip':
      return serverAt(account.server) ?? certificateIn(account.certificate) ?? pickUpCodeOf(account) ?? relaysOf(account)
    case 'dialogs':
      return serverAt(account.server) ?? certificateIn(account.certificate)
    case 'ami':
    case 'esl':
      return socketOf(account) ?? certificateIn(account.certificate)
    case 'webhook':
      return listenerOf(account) ?? hostsOf(account)
    case 'twilio':
      return ringsAt(account.telephone) ?? secureUrl(account.publicUrl, 'publicUrl') ?? listenerOf(account)
    case 'ringcentral':
      return secureUrl(account.server, 'server')
    default:
      return assertNever(account, 'kind of telephone')
  }
}

const SECRET_WORDS: Readonly<Record<SecretName, string>> = { password: 'password', secret: 'secret', authToken: 'auth token', clientSecret: 'client secret', jwt: 'JWT', relayPassword: 'relay\u2019s password' }

/** Why these secrets can't be used; null where they can. */
export function secretProblemOf({ kind }: PhoneAccountSettings, { secret }: TypedSecrets): AccountProblem | null {
  if (kind !== 'webhook' || secret === undefined || secret.length >= SHORTEST_SECRET) return null
  return { field: 'secret', sentence: `Whoever guesses the secret can make up calls: it has at least ${SHORTEST_SECRET} letters.` }
}

/** What is asked for where a secret is neither typed nor kept for this system. */
export function missingSentence(missing: readonly SecretName[]): string {
  const words = missing.map((name) => SECRET_WORDS[name]).join(' and the ')
  return `Enter the ${words}. None is kept on this workstation for this telephone system; one that was entered for another system is not sent to it.`
}
