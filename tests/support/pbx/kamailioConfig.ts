import { readFileSync } from 'node:fs'
import { type LabAddresses, PORTS } from './addresses.ts'
import { REALM } from './numbers.ts'

/** What one telephone server is asked to do. */
export interface ServerRules {
  /** How long a call rings before it goes to voicemail (or ends), milliseconds. */
  readonly ringMs: number
  /** Whether a call that nobody takes goes to the voicemail machine; otherwise the caller hears why. */
  readonly voicemail: boolean
  /** Whether pickup and conference are there (services.ts). */
  readonly services: boolean
  /** Whether rtpengine writes every call's packets down. */
  readonly recording: boolean
}

/**
 * How many servers this process has started. rtpengine takes a question with the same cookie for the same question and
 * answers it as before; the cookie is made of server and process id, and the latter is the same after every start.
 */
let servers = 0

const TEMPLATE = new URL('./conf/kamailio.cfg', import.meta.url)

/** The configuration of one server, made of the template. `folder` is that of the laboratory. */
export function kamailioConfig(addresses: LabAddresses, folder: string, rules: ServerRules): string {
  const values: Readonly<Record<string, string>> = {
    PBX: addresses.pbx,
    CARRIER: addresses.carrier,
    VOICEMAIL: addresses.voicemail,
    SERVICES: addresses.services,
    FOLDER: folder,
    REALM,
    SERVER_ID: String(++servers),
    RING_MS: String(rules.ringMs),
    SIP_PORT: String(PORTS.sip),
    SIPS_PORT: String(PORTS.sips),
    WS_PORT: String(PORTS.ws),
    WSS_PORT: String(PORTS.wss),
    NG_PORT: String(PORTS.ng),
    RECORD: rules.recording ? 'record-call=yes' : 'record-call=off',
    VOICEMAIL_SWITCH: rules.voicemail ? '#!define WITH_VOICEMAIL' : '',
    SERVICES_SWITCH: rules.services ? '#!define WITH_SERVICES' : '',
  }
  return readFileSync(TEMPLATE, 'utf8').replace(/@([A-Z_]+)@/g, (whole, name: string) => values[name] ?? whole)
}
