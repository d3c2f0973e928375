import type { VoicemailMediaType } from '../../../shared/domain/recordings/voicemails.ts'
import { readWave } from '../../../shared/base/waveFile.ts'

/** What somebody said, as a file that a page can play. */
export interface SoundFile {
  readonly mediaType: VoicemailMediaType
  readonly durationMs: number
}

/** Kilobits a second by the index in a frame’s head (ISO/IEC 11172-3 and 13818-3, layer III). */
const RATES_1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320]
const RATES_2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160]
/** Samples a second of MPEG 1; MPEG 2 has half, MPEG 2.5 a quarter. */
const SAMPLES = [44_100, 48_000, 32_000]

interface Frame {
  readonly bytes: number
  readonly ms: number
}

/** The frame of layer III that begins here; null where none does. */
function frameAt(file: Uint8Array, at: number): Frame | null {
  const [first = 0, second = 0, third = 0] = file.subarray(at, at + 3)
  if (first !== 0xff || (second & 0xe6) !== 0xe2) return null
  const version = (second >> 3) & 3
  const rate = (version === 3 ? RATES_1 : RATES_2)[third >> 4]
  const base = SAMPLES[(third >> 2) & 3]
  if (version === 1 || rate === undefined || rate === 0 || base === undefined) return null
  const hertz = version === 3 ? base : version === 2 ? base / 2 : base / 4
  const samples = version === 3 ? 1152 : 576
  return { bytes: Math.floor((samples / 8) * ((rate * 1000) / hertz)) + ((third >> 1) & 1), ms: (samples * 1000) / hertz }
}

/** Past what an MP3 may have before its sound: titles and pictures (ID3v2). */
function afterTags(file: Uint8Array): number {
  if (file.length < 10 || file[0] !== 0x49 || file[1] !== 0x44 || file[2] !== 0x33) return 0
  const [a = 0, b = 0, c = 0, d = 0] = file.subarray(6, 10)
  return 10 + ((a << 21) | (b << 14) | (c << 7) | d)
}

/** So many frames in a row are no accident. */
const LEAST_FRAMES = 3

function mp3In(file: Uint8Array): SoundFile | null {
  let frames = 0
  let ms = 0
  for (let at = afterTags(file); ; ) {
    const frame = frameAt(file, at)
    if (!frame || at + frame.bytes > file.length) break
    frames++
    ms += frame.ms
    at += frame.bytes
  }
  return frames < LEAST_FRAMES ? null : { mediaType: 'audio/mpeg', durationMs: Math.round(ms) }
}

/**
 * What of a file that somebody sent is sound that can be played, told by what is in it and not by what it is called: WAV of
 * PCM or G.711, and MP3.
 * @returns null for everything else, GSM in a WAV too
 */
export function soundFileIn(file: Uint8Array): SoundFile | null {
  const wave = readWave(file)
  if (wave) return { mediaType: 'audio/wav', durationMs: Math.round((wave.frames * 1000) / wave.rate) }
  return mp3In(file)
}
