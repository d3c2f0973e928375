import { join } from 'node:path'
import { inject } from 'vitest'
import { postgresFolder } from '../../support/postgres.ts'
import { Desk, type DeskOptions } from './deskProcess.ts'
import { HubUnderFire } from './hubUnderFire.ts'
import { until } from './until.ts'

type DeskChoice = Omit<DeskOptions, 'programs' | 'directory'> & { readonly directory?: string }

/** A hub and its workstations, all processes of their own. */
export class FaultOffice {
  readonly hub: HubUnderFire
  readonly desks: Desk[] = []
  readonly #programs: string
  readonly #folder: ReturnType<typeof postgresFolder>

  private constructor(programs: string, hub: HubUnderFire, folder: ReturnType<typeof postgresFolder>) {
    this.#programs = programs
    this.hub = hub
    this.#folder = folder
  }

  /** @param options where the hub runs, unless here */
  static async open(options: { readonly host?: string; readonly within?: readonly string[]; readonly data?: string } = {}): Promise<FaultOffice> {
    const programs = inject('faultPrograms')
    return new FaultOffice(programs, await HubUnderFire.start({ programs, ...options }), postgresFolder())
  }

  /** A folder for a workstation or a copy of one. */
  folder(name: string): string {
    return join(this.#folder.path, name)
  }

  /** Starts a workstation; one that is enrolled goes on. */
  async desk(choice: DeskChoice = {}): Promise<Desk> {
    const desk = new Desk({ programs: this.#programs, ...choice, directory: choice.directory ?? this.folder(`desk-${this.desks.length}`) })
    this.desks.push(desk)
    await desk.start()
    return desk
  }

  /** A workstation that sets up a company and makes it the hub\u2019s. @param address another way to the hub */
  async founder(choice: DeskChoice = {}, address?: string): Promise<Desk> {
    const desk = await this.desk(choice)
    await desk.ask('setUp', null)
    await desk.ask('enrol', { code: withAddress(this.hub.firstCode, address), name: 'Front desk' })
    await this.online(desk)
    return desk
  }

  /** A workstation that takes the company from the hub. */
  async joiner(choice: DeskChoice = {}, address?: string): Promise<Desk> {
    const desk = await this.desk(choice)
    await desk.ask('enrol', { code: withAddress(await this.code(), address), name: `Desk ${this.desks.length}` })
    await this.online(desk)
    return desk
  }

  /** A code from the first workstation. */
  async code(): Promise<string> {
    const [first] = this.desks
    if (!first) throw new Error('There is no workstation yet')
    return first.ask('invite', null)
  }

  async online(desk: Desk): Promise<void> {
    let last: unknown
    await until(
      async () => {
        const state = await desk.ask('state', null)
        last = state
        return state.link === 'online' && state.progress === null
      },
      () => `the workstation is online: ${JSON.stringify(last)}\n${desk.printed}\n${this.hub.log}`,
    )
  }

  /** Everybody rests, everything has gone up and come down. */
  async settled(desks: readonly Desk[] = this.desks): Promise<void> {
    let last: unknown
    for (const desk of desks) await desk.ask('rest', null)
    await until(
      async () => {
        const states = await Promise.all(desks.map((desk) => desk.ask('state', null)))
        last = states
        const [first] = states
        return states.every((state) => state.link === 'online' && state.progress === null && state.waiting === 0 && state.pending === 0 && state.cursor === first?.cursor && state.epoch === first.epoch)
      },
      () => `all is settled: ${JSON.stringify(last)}\n${desks.map((desk) => desk.printed.slice(-2000)).join('\n')}\n${this.hub.log.slice(-3000)}`,
    )
  }

  async close(): Promise<void> {
    for (const desk of this.desks) await desk.stop()
    await this.hub.close()
    this.#folder.remove()
  }
}

/** The same code, for another way to the hub: through a proxy, or its address in another network. */
function withAddress(code: string, address: string | undefined): string {
  if (address === undefined) return code
  const held = JSON.parse(Buffer.from(code.slice('baton1.'.length), 'base64url').toString('utf8')) as object
  return `baton1.${Buffer.from(JSON.stringify({ ...held, a: address })).toString('base64url')}`
}
