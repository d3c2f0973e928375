import { MU_LAW_RATE } from '../../../shared/base/muLaw.ts'

/** Bytes before the sound. */
const WAVE_HEADER_BYTES = 58

/** The head of a WAV file of µ-law in two channels (RIFF, format 7), which every player knows. @param frames samples of each side */
export function waveHeader(frames: number): Uint8Array {
  const bytes = Buffer.alloc(WAVE_HEADER_BYTES)
  const data = frames * 2
  bytes.write('RIFF', 0, 'ascii')
  bytes.writeUInt32LE(WAVE_HEADER_BYTES - 8 + data, 4)
  bytes.write('WAVEfmt ', 8, 'ascii')
  bytes.writeUInt32LE(18, 16)
  bytes.writeUInt16LE(7, 20)
  bytes.writeUInt16LE(2, 22)
  bytes.writeUInt32LE(MU_LAW_RATE, 24)
  bytes.writeUInt32LE(MU_LAW_RATE * 2, 28)
  bytes.writeUInt16LE(2, 32)
  bytes.writeUInt16LE(8, 34)
  bytes.writeUInt16LE(0, 36)
  bytes.write('fact', 38, 'ascii')
  bytes.writeUInt32LE(4, 42)
  bytes.writeUInt32LE(frames, 46)
  bytes.write('data', 50, 'ascii')
  bytes.writeUInt32LE(data, 54)
  return bytes
}
