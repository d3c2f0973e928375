/** Which outputs are plugged in: a ring that is sent to one that is not is heard by nobody. */
export class Outputs {
  #present: ReadonlySet<string> | null = null

  /** Looks again, as after something was plugged in. */
  async look(): Promise<void> {
    const devices = await navigator.mediaDevices.enumerateDevices()
    this.#present = new Set(devices.flatMap(({ kind, deviceId }) => (kind === 'audiooutput' ? [deviceId] : [])))
  }

  /** The output that was chosen, or the system's own where that one is gone. */
  orDefault(chosen: string): string {
    return this.#present === null || this.#present.has(chosen) ? chosen : ''
  }
}
