/** The keys of a headset, as the page can hear them. */

export type HeadsetKey = 'hook' | 'hangUp' | 'mute'

/** What the headset should show. */
export interface HeadsetLight {
  readonly ringing: boolean
  readonly talking: boolean
  readonly muted: boolean
}

export interface Headset {
  /** @returns a function that stops listening */
  listen(pressed: (key: HeadsetKey) => void): () => void
  show(light: HeadsetLight): void
}

/** What is used of the browser’s Media Session; a browser without an action throws at its name. */
export interface MediaKeys {
  setActionHandler(action: 'play' | 'pause' | 'hangup' | 'togglemicrophone', handler: (() => void) | null): void
  playbackState: 'none' | 'paused' | 'playing'
  setMicrophoneActive?(active: boolean): unknown
}

const MEDIA: readonly (readonly ['play' | 'pause' | 'hangup' | 'togglemicrophone', HeadsetKey])[] = [
  ['play', 'hook'],
  ['pause', 'hook'],
  ['hangup', 'hangUp'],
  ['togglemicrophone', 'mute'],
]

function handle(keys: MediaKeys, action: (typeof MEDIA)[number][0], handler: (() => void) | null): void {
  try {
    keys.setActionHandler(action, handler)
  } catch {
    // This browser has no such key; the others still work.
  }
}

/** Headset keys that the system hands on as media keys. */
export function mediaHeadset(keys: MediaKeys): Headset {
  return {
    listen(pressed) {
      for (const [action, key] of MEDIA) handle(keys, action, () => pressed(key))
      return () => {
        for (const [action] of MEDIA) handle(keys, action, null)
      }
    },
    show({ ringing, talking, muted }) {
      // Only what plays or is paused gets the keys.
      keys.playbackState = talking ? 'playing' : ringing ? 'paused' : 'none'
      keys.setMicrophoneActive?.(talking && !muted)
    },
  }
}

/** What is used of a WebHID device. */
export interface HidDevice {
  readonly opened: boolean
  readonly collections: readonly HidCollection[]
  open(): Promise<void>
  addEventListener(type: 'inputreport', listener: (event: HidReport) => void): void
  removeEventListener(type: 'inputreport', listener: (event: HidReport) => void): void
}

export interface HidCollection {
  readonly usagePage?: number
  readonly inputReports?: readonly { readonly reportId?: number; readonly items?: readonly { readonly usages?: readonly number[]; readonly reportSize?: number; readonly reportCount?: number }[] }[]
}

export interface HidReport {
  readonly reportId: number
  readonly data: DataView
}

/** HID Usage Tables 1.5, Telephony Device page. */
export const TELEPHONY_PAGE = 0x0b
const USAGES: Readonly<Record<number, HeadsetKey>> = { [(TELEPHONY_PAGE << 16) | 0x20]: 'hook', [(TELEPHONY_PAGE << 16) | 0x2f]: 'mute', [(TELEPHONY_PAGE << 16) | 0x26]: 'hangUp' }

/** Which keys are down in a report, by where the device says each one’s bit is. */
export function keysIn(collections: readonly HidCollection[], { reportId, data }: HidReport): ReadonlySet<HeadsetKey> {
  const down = new Set<HeadsetKey>()
  for (const { usagePage, inputReports } of collections) {
    if (usagePage !== TELEPHONY_PAGE) continue
    let bit = 0
    for (const item of inputReports?.find((report) => (report.reportId ?? 0) === reportId)?.items ?? []) {
      const size = item.reportSize ?? 1
      for (let index = 0; index < (item.reportCount ?? 1); index += 1, bit += size) {
        const key = USAGES[item.usages?.[index] ?? -1]
        const byte = bit >> 3
        if (key !== undefined && size === 1 && byte < data.byteLength && ((data.getUint8(byte) >> (bit & 7)) & 1) === 1) down.add(key)
      }
    }
  }
  return down
}

/** The keys of headsets that the person has given this page before; each is told once per press. */
export function hidHeadset(devices: () => Promise<readonly HidDevice[]>): Headset {
  return {
    listen(pressed) {
      const stops: (() => void)[] = []
      let stopped = false
      const follow = async (device: HidDevice): Promise<void> => {
        if (!device.opened) await device.open()
        let before: ReadonlySet<HeadsetKey> = new Set()
        const heard = (report: HidReport): void => {
          const down = keysIn(device.collections, report)
          for (const key of down) if (!before.has(key)) pressed(key)
          // Laying the receiver down is a key as well.
          if (before.has('hook') && !down.has('hook')) pressed('hangUp')
          before = down
        }
        if (stopped) return
        device.addEventListener('inputreport', heard)
        stops.push(() => device.removeEventListener('inputreport', heard))
      }
      // A headset another program holds is not ours to listen to.
      void devices().then((all) => Promise.all(all.filter(({ collections }) => collections.some(({ usagePage }) => usagePage === TELEPHONY_PAGE)).map((device) => follow(device).catch(() => undefined))))
      return () => {
        stopped = true
        for (const stop of stops) stop()
      }
    },
    show: () => undefined,
  }
}
