import type { DeviceName } from '../../../shared/sync/protocol.ts'

/** What a company's workstations are called, read once and kept up with. */
export class DeviceNames {
  readonly #read: () => Promise<readonly { readonly id: string; readonly name: string }[]>
  readonly #names = new Map<string, string>()
  #reading: Promise<void> | undefined

  constructor(read: () => Promise<readonly { readonly id: string; readonly name: string }[]>) {
    this.#read = read
  }

  /** @throws what the database throws; the next one asks again */
  async all(): Promise<readonly DeviceName[]> {
    this.#reading ??= this.#fill()
    await this.#reading.catch((error: unknown) => {
      this.#reading = undefined
      throw error
    })
    return [...this.#names].map(([deviceId, name]) => ({ deviceId, name }))
  }

  async #fill(): Promise<void> {
    for (const { id, name } of await this.#read()) if (!this.#names.has(id)) this.#names.set(id, name)
  }

  /** @returns those that are new or have another name */
  note(devices: readonly DeviceName[]): readonly DeviceName[] {
    const news = devices.filter(({ deviceId, name }) => this.#names.get(deviceId) !== name)
    for (const { deviceId, name } of news) this.#names.set(deviceId, name)
    return news
  }
}
