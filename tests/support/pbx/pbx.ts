import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ownCertificate } from '../../../src/hub/server/certificate.ts'
import { type LabAddresses, nextAddresses, PORTS } from './addresses.ts'
import { kamailioConfig, type ServerRules } from './kamailioConfig.ts'
import { PATIENCE_MS } from './patience.ts'
import { type Program, startProgram, untilListening } from './program.ts'
import { askRegistrations, forgetRegistration, type Registration } from './serverQuestions.ts'
import { askSound, type SoundFrom } from './soundQuestions.ts'

/** The columns of Kamailio's presence tables, as its package brings them. */
const PRESENCE_TABLES = '/usr/share/kamailio/dbtext/kamailio'

export interface PbxOptions {
  /** How long a call rings before nobody has taken it, milliseconds; 18,000 (three rings) unless said. */
  readonly ringMs?: number
  /** Where a call that nobody takes goes; to the voicemail machine unless false. */
  readonly voicemail?: boolean
  /** Pickup and conference; start services.ts too. Off unless true. */
  readonly services?: boolean
  /** rtpengine writes packets down as pcap in `<folder>/recordings`. Off unless true. */
  readonly recording?: boolean
}

/** Something that belongs to a laboratory: a telephone, a service. */
interface LabPart {
  stop(): Promise<void>
  /** Puts down every receiver, so that a test begins as if it were the first. */
  rest?(): Promise<void>
}

/** Extensions are also kept under the groups that they ring in. */
const GROUPS = ['frontdesk', 'sales'] as const

/** A telephone server that runs: Kamailio and rtpengine, on addresses and in a folder of their own. */
export interface Pbx {
  readonly addresses: LabAddresses
  readonly folder: string
  /** `ws://127.…:8080` */
  readonly ws: string
  /** `wss://127.…:8443`, with `certificate` */
  readonly wss: string
  /** PEM, made at start for the server's address; a client trusts exactly this one. */
  readonly certificate: string
  /** Who is registered for an extension or group just now. */
  registrations(name: string): Promise<readonly Registration[]>
  /** Waits until exactly as many are registered for it. */
  untilRegistered(name: string, count?: number): Promise<void>
  /** A telephone that is gone without a word is not registered for its extension and its groups any more. */
  forget(extension: string): Promise<void>
  /** How much sound each party of a call has sent so far: rises while they talk, stands while it is held. */
  sound(callId: string): Promise<readonly SoundFrom[]>
  /** Kills Kamailio and starts it again: every connection and registration is gone, sound flows on. */
  restart(): Promise<void>
  /** Kills Kamailio and leaves it dead until `restart`. */
  kill(): Promise<void>
  /** The server stands still and says nothing, as one does whose machine hangs. */
  freeze(): void
  thaw(): void
  /** What Kamailio and rtpengine have said so far. */
  log(): string
  /** Has something that belongs to this laboratory stopped with it: telephones, services. */
  stopWith(part: LabPart): void
  /** What is there now stays until the end; `tidy` stops what comes later. */
  keepParts(): void
  /** After a test: stops what it started, and ends whatever the other telephones are in. */
  tidy(): Promise<void>
  /** Ends everything and removes the folder. */
  stop(): Promise<void>
}

function startRtpengine(folder: string, address: string, recording: boolean): Promise<Program> {
  const recordings = join(folder, 'recordings')
  mkdirSync(recordings, { recursive: true })
  const words = ['--config-file=none', '--foreground', '--log-stderr', '--log-level=5', '--table=-1', `--interface=${address}`]
  words.push(`--listen-ng=${address}:${PORTS.ng}`, `--listen-cli=${address}:${PORTS.ngTcp}`, `--port-min=${PORTS.rtpFirst}`, `--port-max=${PORTS.rtpLast}`)
  words.push('--num-threads=2', '--delete-delay=0')
  if (recording) words.push(`--recording-dir=${recordings}`, '--recording-method=pcap', '--recording-format=raw')
  return startProgram('rtpengine', 'rtpengine', words, folder)
}

async function startKamailio(folder: string, addresses: LabAddresses, rules: ServerRules): Promise<Program> {
  writeFileSync(join(folder, 'kamailio.cfg'), kamailioConfig(addresses, folder, rules))
  const words = ['-f', join(folder, 'kamailio.cfg'), '-DD', '-E', '-m', '64', '-M', '8', '-Y', folder]
  const program = await startProgram('kamailio', 'kamailio', words, folder)
  await untilListening(program, addresses.pbx, PORTS.wss)
  return program
}

/**
 * Starts a telephone server. Whatever becomes of this process, the servers end with it.
 * @throws with the end of the server's log where it does not come up
 */
export async function startPbx(options: PbxOptions = {}): Promise<Pbx> {
  const rules: ServerRules = { ringMs: options.ringMs ?? 18_000, voicemail: options.voicemail ?? true, services: options.services ?? false, recording: options.recording ?? false }
  const addresses = nextAddresses()
  const folder = mkdtempSync(join(tmpdir(), 'baton-pbx-'))
  const { cert } = await ownCertificate(folder, [addresses.pbx])
  cpSync(PRESENCE_TABLES, join(folder, 'dbtext'), { recursive: true })

  const rtpengine = await startRtpengine(folder, addresses.pbx, rules.recording)
  await untilListening(rtpengine, addresses.pbx, PORTS.ngTcp)
  let kamailio = await startKamailio(folder, addresses, rules)

  const parts: LabPart[] = []
  let kept = 0
  const registrations = (name: string): Promise<readonly Registration[]> => askRegistrations(addresses.pbx, name)
  return {
    addresses,
    folder,
    ws: `ws://${addresses.pbx}:${PORTS.ws}`,
    wss: `wss://${addresses.pbx}:${PORTS.wss}`,
    certificate: cert,
    registrations,
    async untilRegistered(name, count = 1) {
      const limit = performance.now() + PATIENCE_MS
      for (;;) {
        // A server that is just starting may refuse the question.
        const { length } = await registrations(name).catch(() => ({ length: undefined }))
        if (length === count) return
        if (performance.now() > limit) throw new Error(`${length} instead of ${count} telephones are registered for ${name}`)
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    },
    async forget(extension) {
      const contacts = await registrations(extension)
      for (const name of [extension, ...GROUPS]) for (const { contact } of contacts) await forgetRegistration(addresses.pbx, name, contact)
    },
    sound: (callId) => askSound(addresses.pbx, callId),
    async restart() {
      await kamailio.kill()
      kamailio = await startKamailio(folder, addresses, rules)
    },
    kill: () => kamailio.kill(),
    freeze: () => kamailio.signal('SIGSTOP'),
    thaw: () => kamailio.signal('SIGCONT'),
    log: () => `${kamailio.log()}\n${rtpengine.log()}`,
    stopWith: (part) => void parts.push(part),
    keepParts: () => void (kept = parts.length),
    async tidy() {
      await Promise.all(parts.splice(kept).map((part) => part.stop()))
      await Promise.all(parts.map((part) => part.rest?.()))
    },
    async stop() {
      await Promise.all(parts.map((part) => part.stop()))
      await Promise.all([kamailio.kill(), rtpengine.kill()])
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}
