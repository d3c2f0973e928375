import { describe, expect, it } from 'vitest'
import { type HidCollection, type HidDevice, type HidReport, hidHeadset, keysIn, mediaHeadset, type MediaKeys } from './headset.ts'

class FakeMedia implements MediaKeys {
  playbackState: MediaKeys['playbackState'] = 'none'
  active: boolean | null = null
  readonly handlers = new Map<string, () => void>()

  setActionHandler(action: string, handler: (() => void) | null): void {
    if (action === 'togglemicrophone') throw new TypeError('unknown action')
    if (handler) this.handlers.set(action, handler)
    else this.handlers.delete(action)
  }

  setMicrophoneActive(active: boolean): void {
    this.active = active
  }
}

describe('a headset whose keys are media keys', () => {
  it('hears those the browser has, shows what is up, and stops listening', () => {
    const media = new FakeMedia()
    const headset = mediaHeadset(media)
    const pressed: string[] = []
    const stop = headset.listen((key) => pressed.push(key))
    media.handlers.get('pause')?.()
    media.handlers.get('hangup')?.()
    expect(pressed).toEqual(['hook', 'hangUp'])
    headset.show({ ringing: true, talking: false, muted: false })
    expect(media.playbackState).toBe('paused')
    headset.show({ ringing: false, talking: true, muted: true })
    expect([media.playbackState, media.active]).toEqual(['playing', false])
    stop()
    expect(media.handlers.size).toBe(0)
  })
})

const TELEPHONY: HidCollection = { usagePage: 0x0b, inputReports: [{ reportId: 2, items: [{ usages: [0x0b0020, 0x0b0097, 0x0b002f], reportSize: 1, reportCount: 3 }, { reportSize: 1, reportCount: 5 }] }] }
const report = (bits: number, reportId = 2): HidReport => ({ reportId, data: new DataView(new Uint8Array([bits]).buffer) })

describe('a headset over WebHID', () => {
  it('finds its keys where the device says they are', () => {
    expect([...keysIn([TELEPHONY], report(0b101))]).toEqual(['hook', 'mute'])
    expect([...keysIn([TELEPHONY], report(0b010))]).toEqual([])
    expect([...keysIn([TELEPHONY], report(0b101, 3))]).toEqual([])
    expect([...keysIn([{ ...TELEPHONY, usagePage: 0x0c }], report(0b101))]).toEqual([])
    expect([...keysIn([TELEPHONY], { reportId: 2, data: new DataView(new ArrayBuffer(0)) })]).toEqual([])
  })

  it('tells each press once, and laying down the receiver', async () => {
    const heard = new Set<(event: HidReport) => void>()
    const device: HidDevice = {
      opened: false,
      collections: [TELEPHONY],
      open: () => Promise.resolve(),
      addEventListener: (_type, listener) => heard.add(listener),
      removeEventListener: (_type, listener) => heard.delete(listener),
    }
    const pressed: string[] = []
    const stop = hidHeadset(() => Promise.resolve([device])).listen((key) => pressed.push(key))
    await new Promise((done) => setTimeout(done))
    for (const bits of [0b001, 0b001, 0b101, 0b001, 0b000]) for (const listener of heard) listener(report(bits))
    expect(pressed).toEqual(['hook', 'mute', 'hangUp'])
    stop()
    expect(heard.size).toBe(0)
  })
})
