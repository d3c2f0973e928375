import { MU_LAW_RATE } from '../../../shared/base/muLaw.ts'

/** Bytes before the sound. */
const WAVE_HEADER_BYTES = 58

/**
 * The head of a WAV file of µ-law (RIFF, format 7), which every player knows.
 * @param frames samples of each side
 * @param channels two where both sides are in it
 */
export function waveHeader(frames: number, channels = 2): Uint8Array {
  const bytes = Buffer.alloc(WAVE_HEADER_BYTES)
  const data = frames * channels
  bytes.write('RIFF', 0, 'ascii')
  bytes.writeUInt32LE(WAVE_HEADER_BYTES - 8 + data, 4)
  bytes.write('WAVEfmt ', 8, 'ascii')
  bytes.writeUInt32LE(18, 16)
  bytes.writeUInt16LE(7, 20)
  bytes.writeUInt16LE(channels, 22)
  bytes.writeUInt32LE(MU_LAW_RATE, 24)
  bytes.writeUInt32LE(MU_LAW_RATE * channels, 28)
  bytes.writeUInt16LE(channels, 32)
  bytes.writeUInt16LE(8, 34)
  bytes.writeUInt16LE(0, 36)
  bytes.write('fact', 38, 'ascii')
  bytes.writeUInt32LE(4, 42)
  bytes.writeUInt32LE(frames, 46)
  bytes.write('data', 50, 'ascii')
  bytes.writeUInt32LE(data, 54)
  return bytes
}
