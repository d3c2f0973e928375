import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import type { HubAdmin } from '../../../src/hub/core/hubAdmin.ts'
import { readLastHub } from '../../../src/hub/cli/running.ts'
import { enrolmentCodeText } from '../../../src/hub/server/enrolmentCode.ts'
import { Sessions, sessionText } from '../../../src/hub/server/sessions.ts'
import { type OpenHubStore, openHubStore } from '../../../src/hub/store/openHubStore.ts'
import { newId } from '../../../src/shared/base/id.ts'
import { CLEARANCES } from '../../../src/shared/domain/kernel/table.ts'
import { freePort, startHubProcess } from '../../support/hubProcess.ts'
import { postgresFolder } from '../../support/postgres.ts'
import type { CompanyRows } from './company.ts'

const FOUNDING_ROWS = 2000
const CODE_SECONDS = 3600

const EVERYTHING = { clearances: [...CLEARANCES], seconds: CODE_SECONDS, createdBy: null } as const

interface NewKey {
  readonly publicKey: string
  readonly privateKey: KeyObject
}

function newKey(): NewKey {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  return { publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'), privateKey }
}

/** Makes the rows a company of the hub, as its first workstation does. */
export async function foundCompany(admin: HubAdmin, { companyId, rows }: CompanyRows): Promise<void> {
  const { secret } = await admin.makeCode({ ...EVERYTHING, companyId: null })
  const deviceId = newId()
  const enrolled = await admin.enrol({ secret, deviceId, name: 'Founder', publicKey: newKey().publicKey, companyId, version: 'bench' })
  if (enrolled.kind !== 'enrolled') throw new Error(enrolled.kind)
  for (let at = 0; at < rows.length; at += FOUNDING_ROWS) await admin.foundRows(companyId, at / FOUNDING_ROWS, rows.slice(at, at + FOUNDING_ROWS))
  const end = await admin.foundingDone(companyId, deviceId, { lastWsSeq: 0, rows: rows.length })
  if (end.kind !== 'done') throw new Error(JSON.stringify(end))
}

/** A workstation that is enrolled and has a session, for whoever speaks the protocol without a store. */
export interface EnrolledPeer {
  readonly deviceId: string
  readonly token: string
}

export async function enrolPeer(admin: HubAdmin, sessions: Sessions, companyId: string): Promise<EnrolledPeer> {
  const [key, deviceId] = [newKey(), newId()]
  const { secret } = await admin.makeCode({ ...EVERYTHING, companyId })
  const enrolled = await admin.enrol({ secret, deviceId, name: 'Listener', publicKey: key.publicKey, companyId, version: 'bench' })
  if (enrolled.kind !== 'enrolled') throw new Error(enrolled.kind)
  const who = { companyId, deviceId }
  const challenge = await sessions.challenge(who)
  const signature = sign(null, Buffer.from(sessionText(who, challenge)), key.privateKey).toString('base64')
  return { deviceId, token: (await sessions.open(who, challenge, signature)).token }
}

/** The built hub with its own PostgreSQL as `npm run hub` starts it, and a way into its database. */
export interface HubUnderTest {
  readonly address: string
  readonly pid: number
  readonly admin: HubAdmin
  /** @param address where the workstation is to look for it, where that is not its own */
  code(companyId: string, address?: string): Promise<string>
  peers(companyId: string, count: number): Promise<readonly EnrolledPeer[]>
  stop(): Promise<void>
}

export async function startHubUnderTest(): Promise<HubUnderTest> {
  const folder = postgresFolder()
  const hub = await startHubProcess(folder.path, await freePort())
  const opened = await openDatabaseOf(hub.dataDir)
  const sessions = new Sessions(opened.admin, Date.now)
  return {
    address: hub.address,
    pid: hub.process.pid ?? 0,
    admin: opened.admin,
    async code(companyId, address = hub.address) {
      const { secret } = await opened.admin.makeCode({ ...EVERYTHING, companyId })
      return enrolmentCodeText({ address, secret, fingerprint: null })
    },
    async peers(companyId, count) {
      const peers: EnrolledPeer[] = []
      for (let index = 0; index < count; index++) peers.push(await enrolPeer(opened.admin, sessions, companyId))
      return peers
    },
    async stop() {
      await opened.close()
      await hub.stop()
      folder.remove()
    },
  }
}

function openDatabaseOf(dataDir: string): Promise<OpenHubStore> {
  const last = readLastHub(dataDir)
  if (!last) throw new Error('The hub left no note of its database')
  return openHubStore(last.databaseUrl, { connections: 3, name: 'baton-bench' })
}
