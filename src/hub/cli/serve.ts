import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createSecureContext } from 'node:tls'
import { fingerprintOf, ownCertificate, spelledFingerprint } from '../server/certificate.ts'
import { startChores } from '../server/chores.ts'
import { startHubServer } from '../server/hubServer.ts'
import type { Tls } from '../server/httpServer.ts'
import { errorDetails, type HubLog } from '../server/log.ts'
import { readTechnicianPage } from '../server/technician/page.ts'
import { HubMetrics } from '../server/metrics.ts'
import { PostgresNotices } from '../server/notices/postgresNotices.ts'
import { SCHEMA } from '../store/migrations/migrate.ts'
import { addressFor, hubAddress, isLoopback, officeAddresses } from './addresses.ts'
import { type Database, databaseToServe } from './database.ts'
import { invite } from './invite.ts'
import { type OpenHub, openHub } from './openHub.ts'
import type { HubOptions } from './options.ts'
import type { Output } from './output.ts'
import { makeDataFolder, noteHub } from './running.ts'
import { Sentence } from './sentence.ts'
import { untilDatabase } from './untilDatabase.ts'
import { openWaitingRoom } from './waitingRoom.ts'

export interface Serving {
  readonly options: HubOptions
  readonly log: HubLog
  readonly output: Output
  readonly version: string
  /** Ends the waiting for a database that does not answer. */
  readonly signal: AbortSignal
}

export interface ServingHub {
  readonly port: number
  /** Calls the listener, with a sentence, where its PostgreSQL can't be brought back: the hub is of no use then. */
  onGivenUp(listener: (sentence: string) => void): void
  /** Reads the owner's certificate anew. */
  renew(): void
  stop(): Promise<void>
}

interface Trust {
  readonly tls: Tls | null
  /** What workstations are to insist on; another one after a renewal of a certificate that is pinned. */
  fingerprint: string | null
}

function readPem(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new Sentence(`The hub can\u2019t read ${file} (${(error as NodeJS.ErrnoException).code}). It was not started. Check --cert and --key.`)
  }
}

/** Certificate and key of the owner's; what can't be used is said before anything is started. */
function ownersTls(cert: string, key: string): Tls {
  const tls = { cert: readPem(cert), key: readPem(key) }
  try {
    createSecureContext(tls)
  } catch (error) {
    throw new Sentence(`The certificate and its key can\u2019t be used (${(error as Error).message}). The hub was not started. Check --cert and --key.`)
  }
  return tls
}

async function trustOf({ http, host, cert, key, pin, data }: HubOptions): Promise<Trust> {
  if (http === 'here' && !isLoopback(host ?? '')) throw new Sentence('Without TLS the hub listens on this machine only: add --host 127.0.0.1. Where whoever is in the network may read along, there is --insecure-http.')
  if (http !== 'no') return { tls: null, fingerprint: null }
  if (cert !== null && key !== null) {
    const tls = ownersTls(cert, key)
    return { tls, fingerprint: pin ? fingerprintOf(tls.cert) : null }
  }
  const tls = await ownCertificate(join(data, 'tls'), officeAddresses())
  return { tls, fingerprint: fingerprintOf(tls.cert) }
}

function explainListen(error: unknown, { host, port }: HubOptions): unknown {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'EADDRINUSE') return new Sentence(`Port ${port} is in use: by another hub, or by another program. This one was not started. Stop the other, or choose another port with --port.`)
  if (code === 'EACCES') return new Sentence(`This account may not use port ${port}. Choose one above 1023 with --port.`)
  if (code === 'EADDRNOTAVAIL') return new Sentence(`This machine has no address ${host}. Choose another with --host, or leave it out.`)
  return error
}

async function listen(serving: Serving, open: OpenHub, trust: Trust, databaseUrl: string) {
  const { options, log, version } = serving
  const notices = new PostgresNotices(databaseUrl, log)
  await notices.open()
  const parts = { ...open, notices, metrics: new HubMetrics(), log, version, schema: SCHEMA, now: Date.now }
  const listening = { scheme: trust.tls ? 'https' : 'http', host: options.host, port: options.port, address: options.address } as const
  const start = (host: string) =>
    startHubServer({
      parts,
      host,
      port: options.port,
      tls: trust.tls,
      fingerprint: () => trust.fingerprint,
      publicAddress: (seen) => addressFor(listening, seen),
      technicianAddress: options.technicianAddress,
      technicianPage: readTechnicianPage(join(import.meta.dirname, '..', 'technician')),
      snapshotFolder: join(options.data, 'snapshots'),
      metricsToken: options.metricsToken,
      trustProxy: options.trustProxy,
      ...(options.attachmentsGb === null ? {} : { attachmentRoom: options.attachmentsGb * 1024 ** 3 }),
    })
  try {
    const server = await start(options.host ?? '::').catch((error: unknown) => {
      // A machine without IPv6.
      if (options.host === null && (error as NodeJS.ErrnoException).code === 'EAFNOSUPPORT') return start('0.0.0.0')
      throw error
    })
    return { server, notices, stopChores: startChores(parts), address: hubAddress(listening) }
  } catch (error) {
    await notices.close()
    throw explainListen(error, options)
  }
}

async function introduce({ options, output, version }: Serving, open: OpenHub, at: { readonly address: string; readonly fingerprint: string | null }): Promise<void> {
  const { say } = output
  const companies = await open.admin.companies()
  const code = companies.length > 0 ? null : (await invite(open.admin, options, at)).code
  say(`Baton\u2019s hub ${version} is at ${at.address}`)
  if (at.fingerprint !== null) say(`  certificate  SHA-256 ${spelledFingerprint(at.fingerprint)}`)
  say(`  data         ${options.databaseUrl === null ? options.data : `PostgreSQL at DATABASE_URL; the rest in ${options.data}`}`)
  if (code === null) return say('\nFor another workstation: Settings, Hub, at one that is enrolled; or here, npm run hub -- invite')
  say(`\nThere is no company here yet. At the first workstation: Settings, Hub, and paste this code (good once, for ${options.hours} hours):\n\n${code}\n\nAnother code: npm run hub -- invite`)
}

/** Opens the hub as soon as its database answers, and meanwhile says at its port why it is not ready. */
async function openOn(database: Database, { options, log, version }: Serving, trust: Trust, signal: AbortSignal): Promise<OpenHub> {
  const room = openWaitingRoom({ tls: trust.tls, host: options.host, port: options.port, version })
  const away = (reason: string): Promise<void> =>
    room.because(reason).catch((error: unknown) => {
      throw explainListen(error, options)
    })
  return untilDatabase(() => openHub(database.url), { log, signal, away }).finally(() => room.close())
}

async function startOn(database: Database, serving: Serving, signal: AbortSignal): Promise<Omit<ServingHub, 'onGivenUp'>> {
  const { options, log } = serving
  const trust = await trustOf(options)
  const open = await openOn(database, serving, trust, signal)
  const listening = await listen(serving, open, trust, database.url).catch(async (error: unknown) => {
    await open.close()
    throw error
  })
  const { server, notices, stopChores, address } = listening
  const note = (): void => noteHub(options.data, { address, fingerprint: trust.fingerprint, databaseUrl: database.url })
  note()
  log.info('hub.started', { version: serving.version, port: server.port, tls: trust.tls !== null })
  const stop = async (): Promise<void> => {
    stopChores()
    await server.close()
    // Said one by one, so that the log of a hub that hangs at its end names what it waits for.
    log.info('hub.portClosed')
    await notices.close()
    await open.close()
    log.info('hub.databaseLeft')
  }
  try {
    await untilDatabase(() => introduce(serving, open, { address, fingerprint: trust.fingerprint }), { log, signal, away: () => Promise.resolve() })
  } catch (error) {
    await stop()
    throw error
  }
  return {
    port: server.port,
    renew() {
      if (options.cert === null || options.key === null) return
      try {
        const tls = { cert: readPem(options.cert), key: readPem(options.key) }
        server.renew(tls)
        if (options.pin) trust.fingerprint = fingerprintOf(tls.cert)
        note()
        log.info('hub.certificateRenewed')
      } catch (error) {
        log.error('hub.certificateUnreadable', errorDetails(error))
      }
    },
    stop,
  }
}

const GIVEN_UP = 'The hub\u2019s PostgreSQL can\u2019t be started again; the hub has ended with it. What was acknowledged is safe. The log in its data folder says why; put that right and start the hub again.'

/**
 * Starts the hub: its PostgreSQL, its tables, its port. Where the database goes away meanwhile it waits for it.
 * @throws Sentence, PostgresProblem, NewerHubError, and the signal's reason
 */
export async function serve(serving: Serving): Promise<ServingHub> {
  makeDataFolder(serving.options.data)
  const database = await databaseToServe(serving.options, serving.log)
  const gone = new AbortController()
  database.onGivenUp(() => gone.abort(new Sentence(GIVEN_UP)))
  try {
    const hub = await startOn(database, serving, AbortSignal.any([serving.signal, gone.signal]))
    return { ...hub, onGivenUp: (listener) => database.onGivenUp(() => listener(GIVEN_UP)), stop: () => hub.stop().finally(() => database.stop()) }
  } catch (error) {
    await database.stop()
    throw error
  }
}
