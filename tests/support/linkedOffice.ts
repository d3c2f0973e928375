import type { Services } from '../../src/main/core/service.ts'
import { newId } from '../../src/shared/base/id.ts'
import type { HubState } from '../../src/shared/contract/methods/hub.ts'
import type { AnyRow } from '../../src/shared/domain/kernel/table.ts'
import { TABLES } from '../../src/shared/domain/tables.ts'
import { type Page, startBackend, type TestBackend } from './backend.ts'
import { HandTimers, until } from './handTimers.ts'
import { MemoryHub } from './memoryHub.ts'

/** One workstation with its page. */
export interface Desk {
  readonly office: TestBackend
  readonly services: Services
  readonly page: Page
  state(): HubState
  /** All rows of the company, by table. */
  rows(): Readonly<Record<string, readonly AnyRow[]>>
  /** Adds a customer and answers with its id. */
  add(name: string): Promise<string>
  close(): Promise<void>
}

const SET_UP = { companyName: 'Copper Ridge', zone: 'America/Chicago', ownerName: 'Sean Avery', pin: '4821' }

/** A hub in memory and workstations at it, on a clock that the test moves. */
export class LinkedOffice {
  readonly timers = new HandTimers()
  readonly hub = new MemoryHub(this.timers)
  readonly #desks: Desk[] = []

  /** A workstation; where its folder holds a store, it goes on with it. */
  desk(directory = ':memory:', quiet = false, performs = false): Desk {
    const { timers, hub } = this
    const office = startBackend({ directory, now: timers.now, quiet, ports: { connect: hub.connect, timers, performs } })
    const { services } = office.backend
    if (!services) throw new Error('The store could not be opened')
    const page = office.page()
    const desk: Desk = {
      office,
      services,
      page,
      state: () => services.hub.state(),
      rows: () => Object.fromEntries(TABLES.map((table) => [table.name, services.store.engine.answer({ kind: 'all', table })])),
      async add(name) {
        const customerId = newId()
        await page.ask('customer.create', newCustomer(customerId, name))
        return customerId
      },
      close: () => {
        this.#desks.splice(this.#desks.indexOf(desk), 1)
        return office.close()
      },
    }
    this.#desks.push(desk)
    return desk
  }

  /** A workstation that sets up a company and makes it the hub's. */
  async founder(directory?: string, performs = false): Promise<Desk> {
    const desk = this.desk(directory, false, performs)
    await desk.page.ask('company.setUp', SET_UP)
    await desk.page.ask('hub.enrol', { code: this.hub.code(), name: 'Front desk' })
    await this.online(desk)
    return desk
  }

  /** A workstation that takes the company from the hub, with the owner signed in. */
  async joiner(directory?: string, name = 'Dispatch', performs = false): Promise<Desk> {
    const desk = this.desk(directory, false, performs)
    await desk.page.ask('hub.enrol', { code: this.hub.code(), name })
    await this.online(desk)
    await this.signIn(desk)
    return desk
  }

  async signIn(desk: Desk): Promise<void> {
    const { people } = await desk.page.ask<{ people: readonly { userId: string }[] }>('session.state')
    await desk.page.ask('session.signIn', { userId: people[0]?.userId, pin: SET_UP.pin })
  }

  async online(desk: Desk): Promise<void> {
    await until(() => desk.state().link === 'online' && desk.state().progress === null, this.timers)
  }

  /** Everything has gone up and come down. */
  async settled(...desks: readonly Desk[]): Promise<void> {
    const cursor = (desk: Desk): number => desk.services.store.sync.state()?.cursor ?? 0
    await until(() => desks.every((desk) => desk.state().link === 'online' && desk.state().progress === null && desk.state().waiting === 0) && desks.every((desk) => cursor(desk) === this.hub.seq), this.timers)
  }

  /** The hub's rows, as JSON has them. */
  hubRows(): Readonly<Record<string, readonly AnyRow[]>> {
    return JSON.parse(JSON.stringify(Object.fromEntries(TABLES.map((table) => [table.name, this.hub.rows(table.name)])))) as Record<string, readonly AnyRow[]>
  }

  async close(): Promise<void> {
    for (const desk of [...this.#desks]) await desk.close()
  }
}

/** A customer as the booking screen gives one. */
export function newCustomer(customerId: string, lastName: string): Readonly<Record<string, unknown>> {
  return {
    customerId,
    kind: 'residential',
    firstName: 'Martin',
    lastName,
    companyName: '',
    leadSource: 'Returning customer',
    phones: [{ id: newId(), value: '+15550146638', label: 'mobile' }],
    emails: [],
    location: {
      id: newId(),
      kind: 'home',
      line1: '27 Larkspur Court',
      line2: '',
      city: 'Fairhollow',
      state: 'IL',
      postalCode: '60601',
      zone: 'America/Chicago',
      accessNotes: '',
      gateCode: '',
      pets: '',
      latitude: null,
      longitude: null,
      taxZoneId: null,
    },
  }
}
