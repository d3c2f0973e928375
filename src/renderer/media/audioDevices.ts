/** Where sound goes in and out at this workstation. An empty id is the system's own choice. */
export interface AudioDevices {
  readonly microphone: string
  readonly headset: string
  readonly ringer: string
  /** A ring is heard in the headset too, for whoever wears it. */
  readonly ringInBoth: boolean
}

const KEY = 'baton-audio-devices'

const SYSTEM_CHOICE: AudioDevices = { microphone: '', headset: '', ringer: '', ringInBoth: true }

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** What was chosen here; whatever can't be read is the system's choice. */
export function readAudioDevices(): AudioDevices {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? 'null')
    if (typeof kept !== 'object' || kept === null) return SYSTEM_CHOICE
    const { microphone, headset, ringer, ringInBoth } = kept as Partial<Record<keyof AudioDevices, unknown>>
    return { microphone: text(microphone), headset: text(headset), ringer: text(ringer), ringInBoth: ringInBoth !== false }
  } catch {
    return SYSTEM_CHOICE
  }
}

export function keepAudioDevices(devices: AudioDevices): void {
  localStorage.setItem(KEY, JSON.stringify(devices))
}

/** Hears of a choice made in another page of this browser. */
export function onAudioDevices(changed: (devices: AudioDevices) => void): void {
  addEventListener('storage', ({ key }) => {
    if (key === KEY) changed(readAudioDevices())
  })
}
