import type { SipAccount } from '../port.ts'
import type { MediaBridge } from './mediaBridge.ts'
import { isRelay } from './relays.ts'
import { BRIDGE, microphoneStandIn } from './remotePeer.ts'

/** Where a call's words go in and out, and by which servers they find their way. */
export interface Sound {
  readonly bridge: MediaBridge
  readonly iceServers: readonly RTCIceServer[]
}

/** Long enough that a server away for a moment is back before it is asked (RFC 4028). */
const SESSION_EXPIRES_SECONDS = 1800

/** The name and the password go to those that relay and ask for them; a STUN server is told neither. */
export function iceServersOf({ relays = [], relayUser = '', relayPassword = '' }: Pick<SipAccount, 'relays' | 'relayUser' | 'relayPassword'>): readonly RTCIceServer[] {
  return relays.map((urls) => (isRelay(urls) ? { urls, username: relayUser, credential: relayPassword } : { urls }))
}

export const pcConfigOf = ({ bridge, iceServers }: Sound): RTCConfiguration => ({ iceServers: [...iceServers], [BRIDGE]: bridge }) as RTCConfiguration

export const legOptions = (sound: Sound, extraHeaders: readonly string[] = []) => ({
  mediaStream: microphoneStandIn as unknown as MediaStream,
  mediaConstraints: { audio: true, video: false },
  pcConfig: pcConfigOf(sound),
  sessionTimersExpires: SESSION_EXPIRES_SECONDS,
  extraHeaders: [...extraHeaders],
})
