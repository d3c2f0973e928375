import { readWave, type Wave } from '../../../shared/base/waveFile.ts'
import { RequestError } from '../../api/errors.ts'

/** How loud each side was over a stretch, from 0 to 1. */
export interface Peak {
  readonly office: number
  readonly other: number
}

export interface Sound {
  readonly seconds: number
  /** From the beginning to the end, equally far apart. */
  readonly peaks: readonly Peak[]
  /** As every player of a browser plays it: WAV of 16 bits. */
  readonly wave: Uint8Array<ArrayBuffer>
}

const HEADER_BYTES = 44

function header({ rate, channels }: Wave, data: number): DataView {
  const view = new DataView(new ArrayBuffer(HEADER_BYTES))
  const write = (at: number, text: string): void => [...text].forEach((letter, index) => view.setUint8(at + index, letter.charCodeAt(0)))
  write(0, 'RIFF')
  view.setUint32(4, HEADER_BYTES - 8 + data, true)
  write(8, 'WAVEfmt ')
  view.setUint32(16, 16, true)
  view.setUint16(20, 1, true)
  view.setUint16(22, channels, true)
  view.setUint32(24, rate, true)
  view.setUint32(28, rate * channels * 2, true)
  view.setUint16(32, channels * 2, true)
  view.setUint16(34, 16, true)
  write(36, 'data')
  view.setUint32(40, data, true)
  return view
}

/** What is heard and drawn of samples; where there is one channel, both sides are it. */
function drawn(samples: Wave, buckets: number): Sound {
  const { rate, channels, frames, sample } = samples
  const wave = new Uint8Array(HEADER_BYTES + frames * channels * 2)
  wave.set(new Uint8Array(header(samples, frames * channels * 2).buffer))
  const written = new DataView(wave.buffer, HEADER_BYTES)
  const loudest = Array.from({ length: buckets }, () => ({ office: 0, other: 0 }))
  for (let frame = 0; frame < frames; frame++) {
    const office = sample(frame, 0)
    const other = channels > 1 ? sample(frame, 1) : office
    written.setInt16(frame * channels * 2, office, true)
    if (channels > 1) written.setInt16(frame * channels * 2 + 2, other, true)
    const peak = loudest[Math.min(buckets - 1, Math.floor((frame * buckets) / frames))]
    if (!peak) continue
    peak.office = Math.max(peak.office, Math.abs(office) / 32_768)
    peak.other = Math.max(peak.other, Math.abs(other) / 32_768)
  }
  return { seconds: frames / rate, peaks: loudest, wave }
}

const noSound = (): RequestError => new RequestError({ code: 'sound.none', message: 'There is no sound in it that this page can play. The telephone system may still have the message.' })

/** What of a WAV file is heard and drawn. @throws where it is none, or of a kind that can’t be played */
export function soundOf(file: Uint8Array, buckets: number): Sound {
  const wave = readWave(file)
  if (!wave) throw noSound()
  return drawn(wave, buckets)
}

/** Enough for a voice, frames a second. */
const VOICE_RATE = 16_000

/** The same of a file that the browser has to decode, such as an MP3. @throws where it can’t */
export async function decodedSound(file: Uint8Array<ArrayBuffer>, buckets: number): Promise<Sound> {
  const decoded = await new OfflineAudioContext(1, 1, VOICE_RATE).decodeAudioData(file.buffer).catch(() => {
    throw noSound()
  })
  const sides = Array.from({ length: Math.min(2, decoded.numberOfChannels) }, (_, channel) => decoded.getChannelData(channel))
  const sample = (frame: number, channel: number): number => Math.round(Math.max(-1, Math.min(1, sides[channel]?.[frame] ?? 0)) * 32_767)
  return drawn({ rate: decoded.sampleRate, channels: sides.length, frames: decoded.length, sample }, buckets)
}
