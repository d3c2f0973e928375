import { z } from 'zod'
import { assertNever } from '../../shared/base/assertNever.ts'
import { type PhoneAccountSettings, type SecretName, secretName, SECRETS_OF, type TypedSecrets } from '../../shared/contract/methods/phoneAccounts.ts'
import type { SealedFile } from '../core/sealedFile.ts'
import type { LineAccount } from './port.ts'
import { isRelay } from './sip/relays.ts'

/**
 * Which telephone system a secret was given for: one that was typed for one system is never sent to another, whoever
 * changes the address on the form.
 */
function systemOf(settings: PhoneAccountSettings): string {
  switch (settings.kind) {
    case 'none':
      return 'none'
    case 'sip':
    case 'dialogs':
    case 'ringcentral':
      return `${settings.kind} ${settings.server}`
    case 'ami':
    case 'esl':
      return `${settings.kind} ${settings.host}:${settings.port} ${settings.tls ? 'tls' : 'plain'}`
    case 'webhook':
      return 'webhook'
    case 'twilio':
      return `twilio ${settings.accountSid}`
    default:
      return assertNever(settings, 'kind of telephone')
  }
}

const kept = z.object({
  system: z.string(),
  /** Which relays a relay's password is for; an older Baton did not say. */
  relays: z.string().optional(),
  secrets: z.partialRecord(secretName, z.string()),
})

type Kept = z.output<typeof kept>

/** The secrets of this workstation's telephone, in one sealed file, with the system they are for. */
export class AccountSecrets {
  readonly #file: SealedFile
  readonly #saved: () => PhoneAccountSettings

  /** @param saved the settings as they were saved last: what an older Baton kept is theirs */
  constructor(file: SealedFile, saved: () => PhoneAccountSettings) {
    this.#file = file
    this.#saved = saved
  }

  /** What is kept for this telephone system; nothing where it was kept for another. */
  async keptFor(settings: PhoneAccountSettings): Promise<TypedSecrets> {
    const all = await this.#read()
    if (all?.system !== systemOf(settings)) return {}
    const { relayPassword, ...others } = all.secrets
    const relays = all.relays ?? relaysOf(this.#saved())
    return relayPassword === undefined || relaysOf(settings) !== relays ? others : all.secrets
  }

  /** Keeps what was typed, beside what is kept for the same system already. */
  async keep(settings: PhoneAccountSettings, typed: TypedSecrets): Promise<void> {
    const secrets = { ...(await this.keptFor(settings)), ...typed }
    if (Object.keys(secrets).length === 0) return this.forget()
    // The settings are written after this, and may not be: what is kept says itself whom it is for.
    await this.#file.write(JSON.stringify({ system: systemOf(settings), relays: relaysOf(settings), secrets } satisfies Kept))
  }

  forget(): void {
    this.#file.forget()
  }

  async #read(): Promise<Kept | null> {
    const text = await this.#file.read()
    if (text === null) return null
    try {
      return kept.parse(JSON.parse(text))
    } catch {
      // Written before there were other telephones than the softphone: the password itself.
      return { system: systemOf(this.#saved()), secrets: { password: text } }
    }
  }
}

/** Which servers a relay's password is for. */
const relaysOf = (settings: PhoneAccountSettings): string => (settings.kind === 'sip' ? (settings.relays ?? []).join(' ') : '')

/** One that relays wants a password; one that only says how we are seen from outside wants none. */
const neededBy = (settings: PhoneAccountSettings): readonly SecretName[] =>
  settings.kind === 'sip' && settings.relays?.some(isRelay) === true ? [...SECRETS_OF.sip, 'relayPassword'] : SECRETS_OF[settings.kind]

/** Those that are neither typed nor kept. */
export function missingSecrets(settings: PhoneAccountSettings, secrets: TypedSecrets): readonly SecretName[] {
  return neededBy(settings).filter((name) => (secrets[name] ?? '') === '')
}

/** The whole account as a telephone takes it; null where a secret is missing or there is no telephone. */
export function accountWith(settings: PhoneAccountSettings, secrets: TypedSecrets): LineAccount | null {
  if (missingSecrets(settings, secrets).length > 0) return null
  const { password = '', secret = '', authToken = '', clientSecret = '', jwt = '', relayPassword } = secrets
  switch (settings.kind) {
    case 'none':
      return null
    case 'sip':
      return { ...settings, password, ...(relayPassword === undefined ? {} : { relayPassword }) }
    case 'dialogs':
      return { ...settings, password }
    case 'ami': {
      const { ownNetwork: _said, ...account } = settings
      return { ...account, secret }
    }
    case 'esl': {
      const { ownNetwork: _said, ...account } = settings
      return { ...account, password }
    }
    case 'webhook': {
      const { ownNetwork: _said, listenHost: host, listenPort: port, ...account } = settings
      return { ...account, listen: { host, port }, secret }
    }
    case 'twilio': {
      const { ownNetwork: _said, listenHost: host, listenPort: port, publicUrl, ...account } = settings
      return { ...account, publicUrl: publicUrl.replace(/\/+$/, ''), listen: { host, port }, authToken }
    }
    case 'ringcentral':
      return { ...settings, clientSecret, jwt }
    default:
      return assertNever(settings, 'kind of telephone')
  }
}
