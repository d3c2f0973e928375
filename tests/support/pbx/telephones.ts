import { Baresip, type BaresipOptions } from './baresip.ts'
import { PORTS } from './addresses.ts'
import { CALLER, passwordOf, REALM } from './numbers.ts'
import type { Pbx } from './pbx.ts'

/** Each says another tone, so that a test can tell whom it hears. Hertz. */
export const TONES = { caller: 440, desk: 660, voicemail: 880 } as const

/** Several telephones at one address keep apart by this many ports. */
const PORTS_EACH = 100
const FIRST_RTP = 20_000
/** baresip takes the port after its own as well. */
const FIRST_DESK_PORT = 5_000

let started = 0

interface Place {
  readonly controlPort: number
  readonly rtpFirst: number
}

/** Control and sound of one more telephone; sound comes from 127.0.0.1 whatever the address, so it counts over all. */
function nextPlace(): Place {
  const number = started++ % PORTS_EACH
  return { controlPort: 4_000 + number, rtpFirst: FIRST_RTP + number * PORTS_EACH }
}

/** @param extension what it registers for, if it does */
async function startTelephone(pbx: Pbx, options: Omit<BaresipOptions, 'folder' | 'controlPort' | 'rtpFirst'>, extension?: string): Promise<Baresip> {
  const telephone = await Baresip.start({ ...options, ...nextPlace(), folder: pbx.folder })
  pbx.stopWith({
    rest: () => telephone.rest(),
    async stop() {
      await telephone.stop()
      // The server may be gone first, and its registrations with it.
      if (extension !== undefined) await pbx.forget(extension).catch(() => undefined)
    },
  })
  return telephone
}

export interface CallerOptions {
  readonly name?: string
  /** E.164 */
  readonly number?: string
  readonly toneHertz?: number
  /** Whether it takes calls from the office by itself; it does unless false. */
  readonly answers?: boolean
  /** Several callers at once: each at a port of its own. Calls from the office reach the one at 5060. */
  readonly port?: number
}

/** A customer on the public network: calls the office over the trunk, and is whoever the office dials outside. */
export function startCaller(pbx: Pbx, options: CallerOptions = {}): Promise<Baresip> {
  const { name = CALLER.name, number = CALLER.number, toneHertz = TONES.caller, answers = true, port = PORTS.sip } = options
  const { carrier, pbx: server } = pbx.addresses
  const account = `"${name}" <sip:${number}@${carrier}:${port}>;regint=0;answermode=${answers ? 'auto' : 'manual'};catchall=yes;outbound="sip:${server}:${PORTS.sip}";audio_codecs=pcmu`
  return startTelephone(pbx, { name: `caller-${port}`, address: carrier, port, account, toneHertz })
}

/** The office's own telephone on a desk, registered by UDP and digest. */
export async function startDeskPhone(pbx: Pbx, extension = '201', { answers = false, toneHertz = TONES.desk as number } = {}): Promise<Baresip> {
  const { desk, pbx: server } = pbx.addresses
  const account = `"Desk ${extension}" <sip:${extension}@${REALM}>;auth_pass=${passwordOf(extension)};regint=300;outbound="sip:${server}:${PORTS.sip}";answermode=${answers ? 'auto' : 'manual'};audio_codecs=pcmu`
  const phone = await startTelephone(pbx, { name: `desk-${extension}`, address: desk, port: FIRST_DESK_PORT + Number(extension) * 10, account, toneHertz }, extension)
  await pbx.untilRegistered(extension)
  return phone
}

/** Takes every call that nobody took, says its greeting (a tone) and records. */
export function startVoicemail(pbx: Pbx, { toneHertz = TONES.voicemail as number } = {}): Promise<Baresip> {
  const { voicemail } = pbx.addresses
  const account = `<sip:voicemail@${voicemail}:${PORTS.sip}>;regint=0;answermode=auto;catchall=yes;audio_codecs=pcmu`
  return startTelephone(pbx, { name: 'voicemail', address: voicemail, port: PORTS.sip, account, toneHertz })
}

/** The address that a telephone outside dials for a number or extension of the office. */
export function officeUri(pbx: Pbx, number: string): string {
  return `sip:${number}@${pbx.addresses.pbx}:${PORTS.sip}`
}
