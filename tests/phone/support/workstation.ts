import { openTelephone, type Telephone } from '../../../src/main/phone/telephone.ts'
import type { Services } from '../../../src/main/core/service.ts'
import type { ConnectTo } from '../../../src/main/sync/hubConnection.ts'
import { newId } from '../../../src/shared/base/id.ts'
import type { LiveCall } from '../../../src/shared/contract/methods/calls.ts'
import type { PhoneLine } from '../../../src/shared/contract/methods/phone.ts'
import { type Call, callTable } from '../../../src/shared/domain/calls/tables.ts'
import { all, getIf } from '../../../src/shared/domain/kernel/load.ts'
import type { Row } from '../../../src/shared/domain/kernel/table.ts'
import { promiseTable } from '../../../src/shared/domain/promises/tables.ts'
import { type Page, startBackend, type TestBackend } from '../../support/backend.ts'
import { newCustomer } from '../../support/linkedOffice.ts'
import { passwordOf, REALM } from '../../support/pbx/numbers.ts'
import type { Pbx } from '../../support/pbx/pbx.ts'
import { MediaPage } from './mediaPage.ts'
import { KeptLog, until } from './softphone.ts'

export const OWNER = { companyName: 'Copper Ridge', zone: 'America/Chicago', ownerName: 'Sean Avery', pin: '4821' } as const

const NAMED = { userName: '', displayName: 'Front desk', certificate: '' } as const

/**
 * A workstation as it is at an office: its store, its commands, the telephone's service and a SIP line, set up as a person
 * sets it up. Only the page is missing; what a person does there is asked of the contract, and what is stored is read back.
 */
export class Workstation {
  readonly telephone: Telephone
  readonly office: TestBackend
  readonly page: Page
  readonly services: Services
  #media: MediaPage | undefined

  private constructor(telephone: Telephone, office: TestBackend) {
    this.telephone = telephone
    this.office = office
    this.page = office.page()
    const { services } = office.backend
    if (!services) throw new Error('The store could not be opened')
    this.services = services
  }

  /** One without a company and without a telephone yet. @param connect its way to a hub, where there is one */
  static open(connect?: ConnectTo): Workstation {
    const telephone = openTelephone(new KeptLog())
    return new Workstation(telephone, startBackend({ ports: { phone: telephone.phone, ...(connect ? { connect } : {}) } }))
  }

  /** One with a company, whose telephone is registered. */
  static async ready(pbx: Pbx, extension: string): Promise<Workstation> {
    const workstation = Workstation.open()
    await workstation.page.ask('company.setUp', OWNER)
    await workstation.register(pbx, extension)
    return workstation
  }

  async register(pbx: Pbx, extension: string): Promise<void> {
    await this.page.ask('phone.saveAccount', { account: { kind: 'sip', server: pbx.ws, domain: REALM, extension, ...NAMED }, secrets: { password: passwordOf(extension) } })
    await this.untilLine('it is registered', ({ status }) => status === 'ready')
  }

  /** Gives it the real page with microphone and ear. */
  async giveSound(): Promise<MediaPage> {
    this.#media = await MediaPage.open(this.telephone.media)
    await this.untilLine('there is sound', ({ audio }) => audio?.status === 'ready')
    return this.#media
  }

  get media(): MediaPage {
    if (!this.#media) throw new Error('This workstation was given no sound.')
    return this.#media
  }

  line(): PhoneLine {
    return this.services.phoneAccount.line()
  }

  async untilLine(what: string, isSo: (line: PhoneLine) => boolean): Promise<PhoneLine> {
    return until(what, () => isSo(this.line()) && this.line(), () => JSON.stringify(this.line()))
  }

  /** Adds a customer who has this number. @param number E.164 */
  async addCustomer(lastName: string, number: string): Promise<string> {
    const customerId = newId()
    await this.page.ask('customer.create', { ...newCustomer(customerId, lastName), phones: [{ id: newId(), value: number, label: 'mobile' }] })
    return customerId
  }

  /** Every call that is stored, the oldest first. */
  get records(): readonly Call[] {
    return this.services.store.engine.run(all(callTable)).toSorted((left, right) => left.offeredAt - right.offeredAt)
  }

  /** The record of a call, by the id of the office's. */
  record(callId: string): Call | undefined {
    return this.services.store.engine.run(getIf(callTable, callId))
  }

  /** What is owed to whoever called. */
  promisesOf(callId: string): readonly Row<typeof promiseTable>[] {
    return this.services.store.engine.run(all(promiseTable)).filter(({ subjectId, state }) => subjectId === callId && state === 'open')
  }

  /** Every report of a call that the page was given, oldest first. */
  get told(): readonly LiveCall[] {
    return this.page.events.flatMap(({ name, payload }) => (name === 'phone' ? [payload as LiveCall] : []))
  }

  /** The newest report of a call; waits for its state. */
  async until(state: LiveCall['state'], callId?: string): Promise<LiveCall> {
    const newest = (): LiveCall | undefined => this.told.findLast((call) => callId === undefined || call.callId === callId)
    return until(`the call is ${state}`, () => newest()?.state === state && newest(), () => JSON.stringify(newest()))
  }

  /** Waits until a call is stored as ended. */
  async untilStored(callId: string): Promise<Call> {
    return until('the end is stored', () => this.record(callId)?.state === 'ended' && this.record(callId), () => JSON.stringify(this.record(callId)))
  }

  async close(): Promise<void> {
    this.telephone.phone.send({ kind: 'configure', account: null })
    await this.#media?.stop()
    await this.office.close()
    this.telephone.phone.close()
    this.telephone.media.close()
  }
}

