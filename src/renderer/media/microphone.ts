import { readAudioDevices } from './audioDevices.ts'

export interface MicrophoneState {
  readonly status: 'ready' | 'refused' | 'noMicrophone'
  readonly reason: string
}

const READY: MicrophoneState = { status: 'ready', reason: '' }
const ASKING: MicrophoneState = { status: 'refused', reason: 'The browser asks whether Baton may use the microphone. Allow it, or nobody hears you.' }

function problemOf(error: unknown): MicrophoneState {
  switch ((error as DOMException).name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return { status: 'refused', reason: 'The microphone is not allowed to Baton. Allow it in the browser\u2019s or the system\u2019s settings for this page.' }
    case 'NotFoundError':
    case 'OverconstrainedError':
      return { status: 'noMicrophone', reason: 'There is no microphone at this workstation. Plug the headset in.' }
    default:
      return { status: 'noMicrophone', reason: 'The microphone can\u2019t be opened. Perhaps another program has it; close that, or plug the headset in again.' }
  }
}

/** Whether a track is of the chosen microphone, or where that one is not plugged in or none was chosen, of the system's own. */
async function isTheBest(track: MediaStreamTrack, chosen: string): Promise<boolean> {
  const inputs = (await navigator.mediaDevices.enumerateDevices()).filter(({ kind }) => kind === 'audioinput')
  const { deviceId, groupId } = track.getSettings()
  if (inputs.some((input) => input.deviceId === chosen)) return deviceId === chosen
  const system = inputs.find((input) => input.deviceId === 'default')
  return system === undefined || groupId === undefined || system.groupId === groupId
}

/** A browser that waits for a person is said to wait. */
const ASKS_AFTER_MS = 1_500

/** The one microphone of this page. Each call gets a clone of its track, so that one that ends takes it from no other. */
export class Microphone {
  #stream: Promise<MediaStream> | null = null
  #wanted = false
  readonly #say: (state: MicrophoneState) => void
  readonly #lost: () => void

  /** @param lost the microphone that was open is gone: whoever speaks with it needs another */
  constructor(say: (state: MicrophoneState) => void, lost: () => void) {
    this.#say = say
    this.#lost = lost
  }

  /** Opens it for a moment, so that whoever has to allow it is asked now and not at the first ring. */
  async check(): Promise<void> {
    const asking = setTimeout(() => this.#say(ASKING), ASKS_AFTER_MS)
    try {
      await this.#open()
      clearTimeout(asking)
      this.#say(READY)
    } catch (error) {
      clearTimeout(asking)
      this.#say(problemOf(error))
    }
    this.#rest()
  }

  want(open: boolean): void {
    this.#wanted = open
    if (open) void this.#open().then(() => this.#say(READY), (error: unknown) => this.#say(problemOf(error)))
    else this.#rest()
  }

  /** @throws where it is refused or there is none */
  async track(): Promise<MediaStreamTrack> {
    const track = (await this.#open()).getAudioTracks()[0]
    if (!track) throw new DOMException('No track', 'NotFoundError')
    return track.clone()
  }

  /** Another device was chosen; whoever asks from now on has it. */
  changed(): void {
    this.#close()
    void this.check()
  }

  /**
   * Something was plugged in or pulled out.
   * @returns whether another microphone than before is to be had from now on: the one that was open is gone, or the chosen
   * one is there again
   */
  async renew(): Promise<boolean> {
    const { microphone } = readAudioDevices()
    const [track] = (await this.#stream?.catch(() => null))?.getAudioTracks() ?? []
    if (track?.readyState === 'live' && (await isTheBest(track, microphone))) return false
    this.#close()
    await this.check()
    return track !== undefined
  }

  #open(): Promise<MediaStream> {
    const { microphone } = readAudioDevices()
    this.#stream ??= navigator.mediaDevices
      .getUserMedia({ audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true, ...(microphone === '' ? {} : { deviceId: { ideal: microphone } }) } })
      .then((stream) => {
        // A headset that is pulled out ends the track; whoever talks is given whatever is there then.
        stream.getAudioTracks()[0]?.addEventListener('ended', () => this.#lost(), { once: true })
        return stream
      })
    this.#stream.catch(() => (this.#stream = null))
    return this.#stream
  }

  #rest(): void {
    if (!this.#wanted) this.#close()
  }

  #close(): void {
    const stream = this.#stream
    this.#stream = null
    stream?.then(
      (opened) => opened.getTracks().forEach((track) => track.stop()),
      () => undefined,
    )
  }
}
