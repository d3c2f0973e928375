import { basename } from 'node:path'
import { newId } from '../../shared/base/id.ts'
import { customerTable } from '../../shared/domain/customers/tables.ts'
import { all } from '../../shared/domain/kernel/load.ts'
import { type Company, companyTable } from '../../shared/domain/people/tables.ts'
import { TABLES } from '../../shared/domain/tables.ts'
import { ServiceError } from '../core/service.ts'
import type { Store } from '../store/store.ts'
import type { DeviceKeys } from './deviceKey.ts'
import { type EnrolmentCode, readEnrolmentCode } from './enrolmentCode.ts'
import { FOUNDING } from './founding.ts'
import { type ConnectTo, type EnrolledAs, type HubConnection, type HubOffer, HubRefused, HubUnreachable } from './hubConnection.ts'
import { following, type HubMemory, saveFollowing, wantedSnapshot } from './hubMemory.ts'
import type { HubLook } from './port.ts'

export interface EnrolmentParts {
  readonly store: Store
  readonly connect: ConnectTo
  readonly keys: DeviceKeys
  readonly version: string
  readonly now: () => number
}

/** What enrolling did to this store. */
export type Enrolled =
  /** Its company is going up. */
  | 'founding'
  /** It was emptied and the hub's company is coming. */
  | 'joining'
  /** It had the hub's company already, and goes on with it. */
  | 'again'

function codeOf(text: string): EnrolmentCode {
  const code = readEnrolmentCode(text)
  if (!code) throw new ServiceError('hub.code', 'This is not an enrolment code. Copy all of it from the hub or from Settings, Hub, at another workstation: it begins with \u201cbaton1.\u201d', { field: 'code' })
  return code
}

/** The hub's own words, or that it can't be reached. */
async function asked<T>(connect: ConnectTo, code: EnrolmentCode, question: (connection: HubConnection) => Promise<T>): Promise<T> {
  const { address } = code
  const connection = connect(code)
  try {
    return await question(connection)
  } catch (error) {
    if (error instanceof HubRefused) throw new ServiceError(error.code, error.message, { field: 'code' })
    if (error instanceof HubUnreachable) throw new ServiceError('hub.unreachable', `The hub at ${address} can\u2019t be reached from this machine. Nothing was changed. See that it runs and that this machine is on its network, then try again.`, { field: 'code' })
    throw error
  } finally {
    connection.close()
  }
}

/** A company that is half here is the hub's, and nobody has done anything with it. */
const isArriving = (store: Store): boolean => following(store)?.snapshot?.usable === false

const companyOf = (store: Store): Company | undefined => (isArriving(store) ? undefined : store.engine.run(all(companyTable))[0])

/** A file name beside the store that says when it was put aside; the same for a minute. */
function keptAside(store: Store, now: number): string {
  return `${store.file}.before-joining-${new Date(now).toISOString().slice(0, 16).replaceAll(':', '-')}`
}

function checkOffer({ mode }: HubOffer, company: Company | undefined): void {
  if (mode === 'join') return
  if (!company) throw new ServiceError('hub.noCompany', 'The hub is new and waits for a company, and there is none at this workstation yet. Set up your company here first, then paste the code again: it can still be used.', { field: 'code' })
  if (company.phase === 'sample') throw new ServiceError('hub.sample', 'The sample company never leaves this workstation. Start Baton with an empty data folder, set up your own company there, then paste the code again: it can still be used.', { field: 'code' })
}

/** What a code is good for here; changes nothing and uses nothing up. @throws ServiceError with a sentence */
export async function lookAt({ store, connect, now }: EnrolmentParts, text: string): Promise<HubLook> {
  const code = codeOf(text)
  const offer = await asked(connect, code, (connection) => connection.look(code.secret))
  const company = companyOf(store)
  checkOffer(offer, company)
  const replaced = offer.mode === 'join' && offer.companyId !== store.companyId
  return {
    address: code.address,
    mode: offer.mode,
    companyName: offer.companyName,
    own: company ? { companyName: company.name, customers: store.engine.answer({ kind: 'all', table: customerTable }).length, keptAs: replaced ? basename(keptAside(store, now())) : null } : null,
  }
}

/**
 * Enrols this workstation. What is in the store becomes the company, is kept aside, or goes on, as the code says. Killed
 * before its end it has changed nothing but the hub's list, and another code is needed.
 * @throws ServiceError with a sentence
 */
export async function enrolWith(parts: EnrolmentParts, text: string, name: string): Promise<Enrolled> {
  const { store, connect, keys } = parts
  const code = codeOf(text)
  const offer = await asked(connect, code, (connection) => connection.look(code.secret))
  checkOffer(offer, companyOf(store))
  const same = offer.mode === 'join' && offer.companyId === store.companyId && companyOf(store) !== undefined
  const state = following(store)
  if (state && !state.hub.stopped && !same && !isArriving(store)) {
    throw new ServiceError('hub.enrolled', 'This workstation is enrolled at a hub, and this code is for another company. Leave the hub first: Settings, Hub. Nothing was changed, and the code can still be used.', { field: 'code' })
  }
  const deviceId = identityFor(store, offer.mode === 'found' || same)
  const { key, keep } = keys.make()
  const known = same && deviceId === store.deviceId ? store.sync.firstUnsent() - 1 - (following(store)?.hub.offset ?? 0) : 0
  const enrolled = await asked(connect, code, (connection) =>
    connection.enrol({ secret: code.secret, deviceId, name, publicKey: key.publicKey, companyId: store.companyId, schema: store.schema, version: parts.version, ...(known > 0 ? { lastWsSeq: known } : {}) }),
  )
  const hub = { address: code.address, fingerprint: code.fingerprint, deviceName: name, prefix: enrolled.prefix, clearances: enrolled.clearances, offset: 0, renumbered: false, founding: null, stopped: null }
  await keep()
  if (enrolled.mode === 'found') foundWith(store, enrolled, deviceId, hub)
  else if (same) goOnWith(store, enrolled, deviceId, hub)
  else await joinWith(parts, enrolled, deviceId, hub)
  return enrolled.mode === 'found' ? 'founding' : same ? 'again' : 'joining'
}

/**
 * Who this workstation will be. A store that has followed the hub keeps its name there; one that may be a copy of
 * another's folder gets a new one.
 */
function identityFor(store: Store, keepsRows: boolean): string {
  const state = following(store)
  return keepsRows && state && state.hub.stopped?.kind !== 'cloned' ? store.deviceId : newId()
}

function foundWith(store: Store, { epoch, prefix }: EnrolledAs, deviceId: string, hub: HubMemory): void {
  store.transaction(() => {
    store.become({ deviceId })
    store.sync.forgetPlaces()
    store.journal.startSeries(prefix)
    saveFollowing(store, { epoch, cursor: 0, schema: store.schema, hub: { ...hub, founding: FOUNDING }, snapshot: null })
  })
}

/** The rows that are here stay; those of the hub are fetched over them, and what was not sent goes up. */
function goOnWith(store: Store, { epoch, prefix }: EnrolledAs, deviceId: string, hub: HubMemory): void {
  store.transaction(() => {
    const before = following(store)
    const renamed = deviceId !== store.deviceId
    store.become({ deviceId })
    store.journal.startSeries(prefix)
    // Under a new name its order begins with what has not been sent.
    const offset = renamed ? store.sync.firstUnsent() - 1 : (before?.hub.offset ?? 0)
    if (!before) store.sync.forgetPlaces()
    // The epoch is the one it knew: where the hub's is another, the first welcome says from which place on.
    const known = before?.epoch ?? epoch
    saveFollowing(store, { epoch: known, cursor: before?.cursor ?? 0, schema: store.schema, hub: { ...hub, offset, renumbered: renamed || (before?.hub.renumbered ?? false) }, snapshot: { ...wantedSnapshot('again'), usable: before?.snapshot?.usable ?? true } })
  })
}

/** What is here is kept in a file of its own, then the store is emptied in place. */
async function joinWith({ store, now }: EnrolmentParts, { epoch, prefix, companyId }: EnrolledAs, deviceId: string, hub: HubMemory): Promise<void> {
  if (store.file !== ':memory:' && companyOf(store)) await store.backUp(keptAside(store, now()))
  store.checkReferences(false)
  store.transaction(() => {
    store.sync.clear(TABLES.map((table) => table.name))
    store.become({ companyId, deviceId })
    store.journal.startSeries(prefix)
    saveFollowing(store, { epoch, cursor: 0, schema: store.schema, hub, snapshot: wantedSnapshot('join') })
  })
}
