import { readFileSync, writeFileSync } from 'node:fs'

/** Telephones speak 8,000 samples a second. */
export const TELEPHONE_RATE = 8_000

/** One channel of sound, samples from -1 to 1. */
export interface Sound {
  /** Samples a second. */
  readonly rate: number
  readonly samples: Float32Array
}

const HEADER_BYTES = 44

/** A pure tone. `loudness` is its amplitude, 0 to 1. */
export function tone(hertz: number, seconds: number, { rate = TELEPHONE_RATE, loudness = 0.4 } = {}): Sound {
  const samples = new Float32Array(Math.round(rate * seconds))
  for (let index = 0; index < samples.length; index += 1) samples[index] = loudness * Math.sin((2 * Math.PI * hertz * index) / rate)
  return { rate, samples }
}

/** 16-bit mono WAV. */
export function wavOf({ rate, samples }: Sound): Buffer {
  const wav = Buffer.alloc(HEADER_BYTES + samples.length * 2)
  wav.write('RIFF', 0)
  wav.writeUInt32LE(wav.length - 8, 4)
  wav.write('WAVEfmt ', 8)
  wav.writeUInt32LE(16, 16)
  wav.writeUInt16LE(1, 20)
  wav.writeUInt16LE(1, 22)
  wav.writeUInt32LE(rate, 24)
  wav.writeUInt32LE(rate * 2, 28)
  wav.writeUInt16LE(2, 32)
  wav.writeUInt16LE(16, 34)
  wav.write('data', 36)
  wav.writeUInt32LE(samples.length * 2, 40)
  samples.forEach((sample, index) => wav.writeInt16LE(Math.round(Math.max(-1, Math.min(1, sample)) * 32_767), HEADER_BYTES + index * 2))
  return wav
}

/** Writes a tone as a WAV file and says its name. */
export function writeTone(file: string, hertz: number, seconds: number, rate = TELEPHONE_RATE): string {
  writeFileSync(file, wavOf(tone(hertz, seconds, { rate })))
  return file
}

interface Chunk {
  readonly name: string
  readonly start: number
  readonly end: number
}

function* chunksOf(wav: Buffer): Generator<Chunk> {
  let at = 12
  while (at + 8 <= wav.length) {
    const name = wav.toString('ascii', at, at + 4)
    const start = at + 8
    const size = wav.readUInt32LE(at + 4)
    // A file that is still being written says a length of nothing yet: what is there counts.
    const end = name === 'data' && (size === 0 || start + size > wav.length) ? wav.length : start + size
    yield { name, start, end }
    at = end + (end % 2)
  }
}

/**
 * The channels of a 16-bit WAV, also of one that is still being written.
 * @throws where it is none
 */
export function soundsOf(wav: Buffer): readonly Sound[] {
  const chunks = [...chunksOf(wav)]
  const format = chunks.find(({ name }) => name === 'fmt ')
  const data = chunks.find(({ name }) => name === 'data')
  if (!format || !data || wav.readUInt16LE(format.start + 14) !== 16) throw new Error('This is no 16-bit WAV.')
  const channels = wav.readUInt16LE(format.start + 2)
  const rate = wav.readUInt32LE(format.start + 4)
  const frames = Math.floor((data.end - data.start) / (2 * channels))
  return Array.from({ length: channels }, (_, channel) => {
    const samples = new Float32Array(frames)
    for (let frame = 0; frame < frames; frame += 1) samples[frame] = wav.readInt16LE(data.start + 2 * (frame * channels + channel)) / 32_768
    return { rate, samples }
  })
}

/** The first channel of a WAV file. */
export function readSound(file: string): Sound {
  const [sound] = soundsOf(readFileSync(file))
  if (!sound) throw new Error(`${file} has no channel.`)
  return sound
}

const MULAW_BIAS = 0x84
const MULAW_CLIP = 32_635

/** One sample as G.711 µ-law. */
export function mulawOf(sample: number): number {
  const linear = Math.round(Math.max(-1, Math.min(1, sample)) * 32_767)
  const magnitude = Math.min(Math.abs(linear), MULAW_CLIP) + MULAW_BIAS
  const exponent = 24 - Math.clz32(magnitude)
  const mantissa = (magnitude >> (exponent + 3)) & 0x0f
  return ~((linear < 0 ? 0x80 : 0) | (exponent << 4) | mantissa) & 0xff
}

/** The sample, -1 to 1, that a µ-law byte stands for. */
export function sampleOfMulaw(byte: number): number {
  const bits = ~byte & 0xff
  const magnitude = (((bits & 0x0f) << 3) + MULAW_BIAS) << ((bits & 0x70) >> 4)
  return ((bits & 0x80) === 0 ? magnitude - MULAW_BIAS : MULAW_BIAS - magnitude) / 32_768
}

/** A telephone's own bytes: PCMU, one for each sample. */
export function pcmuOf({ samples }: Sound): Buffer {
  return Buffer.from(Array.from(samples, mulawOf))
}

/** From second to second; the whole where no end is given. */
export function part({ rate, samples }: Sound, from: number, to = samples.length / rate): Sound {
  return { rate, samples: samples.subarray(Math.round(from * rate), Math.round(to * rate)) }
}

/** The last seconds of a sound. */
export function lastOf(sound: Sound, seconds: number): Sound {
  return part(sound, Math.max(0, sound.samples.length / sound.rate - seconds))
}

export function secondsOf({ rate, samples }: Sound): number {
  return samples.length / rate
}

/** Loudness as root mean square, 0 to 1: a tone of amplitude 0.4 has 0.28, silence under 0.001. */
export function loudness({ samples }: Sound): number {
  if (samples.length === 0) return 0
  let energy = 0
  for (const sample of samples) energy += sample * sample
  return Math.sqrt(energy / samples.length)
}

/** Loudness of each whole window: shows when something began, stopped, and came back. */
export function loudnessByWindow(sound: Sound, windowSeconds = 0.25): readonly number[] {
  const windows = Math.floor(secondsOf(sound) / windowSeconds)
  return Array.from({ length: windows }, (_, index) => loudness(part(sound, index * windowSeconds, (index + 1) * windowSeconds)))
}

/** Below this nobody hears anything: comfort noise and rounding of G.711. */
const SILENCE = 0.004

export function isSilent(sound: Sound): boolean {
  return loudness(sound) < SILENCE
}

/** Which part of a sound's energy lies at one frequency, 0 to 1 (Goertzel). */
export function shareOf(sound: Sound, hertz: number): number {
  const { rate, samples } = sound
  const total = loudness(sound) ** 2 * samples.length
  if (total === 0) return 0
  const step = 2 * Math.cos((2 * Math.PI * hertz) / rate)
  let [previous, beforeThat] = [0, 0]
  for (const sample of samples) [previous, beforeThat] = [sample + step * previous - beforeThat, previous]
  const power = previous ** 2 + beforeThat ** 2 - step * previous * beforeThat
  return (2 * power) / (samples.length * total)
}

/** A window short enough that a lost packet between two of them, which shifts the tone, spoils only one. */
const HEARING_SECONDS = 0.1
const CLEAR_SHARE = 0.7

/** The seconds in which a tone is clearly heard. */
export function secondsHeard(sound: Sound, hertz: number): number {
  const windows = Math.floor(secondsOf(sound) / HEARING_SECONDS)
  let heard = 0
  for (let index = 0; index < windows; index += 1) {
    const piece = part(sound, index * HEARING_SECONDS, (index + 1) * HEARING_SECONDS)
    if (!isSilent(piece) && shareOf(piece, hertz) > CLEAR_SHARE) heard += HEARING_SECONDS
  }
  return heard
}
