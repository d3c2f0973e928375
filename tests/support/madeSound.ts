import { toMuLaw } from '../../src/shared/base/muLaw.ts'

interface MadeWave {
  readonly seconds?: number
  readonly rate?: number
  /** 1 PCM, 6 A-law, 7 µ-law, 49 GSM. */
  readonly format?: number
  readonly bits?: 8 | 16
  readonly channels?: 1 | 2
}

/** A WAV file with a tone in it, as telephone systems make them. */
export function madeWave({ seconds = 1, rate = 8000, format = 1, bits = 16, channels = 1 }: MadeWave = {}): Uint8Array<ArrayBuffer> {
  const frames = Math.round(seconds * rate)
  const bytes = (bits / 8) * channels
  const file = Buffer.alloc(44 + frames * bytes)
  file.write('RIFF', 0, 'ascii')
  file.writeUInt32LE(file.length - 8, 4)
  file.write('WAVEfmt ', 8, 'ascii')
  file.writeUInt32LE(16, 16)
  file.writeUInt16LE(format, 20)
  file.writeUInt16LE(channels, 22)
  file.writeUInt32LE(rate, 24)
  file.writeUInt32LE(rate * bytes, 28)
  file.writeUInt16LE(bytes, 32)
  file.writeUInt16LE(bits, 34)
  file.write('data', 36, 'ascii')
  file.writeUInt32LE(frames * bytes, 40)
  for (let at = 0; at < frames * channels; at++) {
    const sample = 0.5 * Math.sin((at / channels / rate) * 440 * 2 * Math.PI)
    if (bits === 16) file.writeInt16LE(Math.round(sample * 32_767), 44 + at * 2)
    else file[44 + at] = format === 7 ? toMuLaw(sample) : 128 + Math.round(sample * 127)
  }
  return new Uint8Array(file)
}

/** An MP3 of silent frames: MPEG 2, layer III, 32 kbit/s, 16 kHz, mono; 36 ms each. */
export function madeMp3(frames: number, tags = 0): Uint8Array<ArrayBuffer> {
  const id3 = tags === 0 ? [] : [0x49, 0x44, 0x33, 4, 0, 0, (tags >> 21) & 0x7f, (tags >> 14) & 0x7f, (tags >> 7) & 0x7f, tags & 0x7f, ...Array.from({ length: tags }, () => 0xff)]
  const frame = Buffer.alloc(144)
  frame.set([0xff, 0xf3, 0x48, 0xc4])
  return new Uint8Array(Buffer.concat([Buffer.from(id3), ...Array.from({ length: frames }, () => frame)]))
}
