import { AUDIO_LOCK } from '../../shared/contract/mediaPaths.ts'
import { openMediaWire } from '../api/mediaWire.ts'
import { onAudioDevices } from './audioDevices.ts'
import { Checks } from './checks.ts'
import { MediaEngine } from './engine.ts'

/**
 * The media page: the one place with a microphone. One tab of a browser has it, held by a lock that the browser itself
 * gives back when the tab closes, crashes or reloads; the next tab that waits has it then.
 */
void navigator.locks.request(AUDIO_LOCK, () => {
  const engine = new MediaEngine()
  new Checks(engine.microphone, engine.outputs)
  openMediaWire({ open: (wire) => engine.begin(wire), order: (order) => engine.obey(order), closed: (displaced) => engine.end(displaced) })
  onAudioDevices(() => engine.devicesChanged())
  navigator.mediaDevices.addEventListener('devicechange', () => void engine.devicesPlugged())
  // Never given back while this page lives.
  return new Promise<never>(() => undefined)
})
