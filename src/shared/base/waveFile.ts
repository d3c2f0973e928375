import { fromALaw, fromMuLaw } from './muLaw.ts'

/** The sound in a WAV file. */
export interface Wave {
  /** Frames a second. */
  readonly rate: number
  readonly channels: number
  /** One sample of each channel. */
  readonly frames: number
  /** From -32768 to 32767. @param frame below `frames` @param channel below `channels` */
  readonly sample: (frame: number, channel: number) => number
}

interface Format {
  readonly code: number
  readonly channels: number
  readonly rate: number
  readonly bits: number
}

const PCM = 1
const A_LAW = 6
const MU_LAW = 7
const EXTENSIBLE = 0xfffe

const [SLOWEST, FASTEST] = [4_000, 96_000]

/** How a sample is read; null for what no page plays, such as GSM. */
function reader({ code, bits }: Format, view: DataView): ((at: number) => number) | null {
  if (code === PCM && bits === 16) return (at) => view.getInt16(at, true)
  if (code === PCM && bits === 8) return (at) => (view.getUint8(at) - 128) * 256
  if (code === MU_LAW && bits === 8) return (at) => fromMuLaw(view.getUint8(at))
  return code === A_LAW && bits === 8 ? (at) => fromALaw(view.getUint8(at)) : null
}

function formatAt(view: DataView, at: number, length: number): Format | null {
  if (length < 16) return null
  const code = view.getUint16(at, true)
  // The true one leads the longer name of an extensible format.
  return { code: code === EXTENSIBLE && length >= 26 ? view.getUint16(at + 24, true) : code, channels: view.getUint16(at + 2, true), rate: view.getUint32(at + 4, true), bits: view.getUint16(at + 14, true) }
}

/** Whether what follows is chunks up to the very end of the file: samples are not. */
function chunksFill(view: DataView, from: number): boolean {
  let at = from
  while (at + 8 <= view.byteLength) {
    for (let letter = at; letter < at + 4; letter++) if (view.getUint8(letter) < 0x20 || view.getUint8(letter) > 0x7e) return false
    const length = view.getUint32(at + 4, true)
    at += 8 + length + (length % 2)
  }
  return at === view.byteLength
}

/**
 * Reads a WAV file (RIFF) of PCM, µ-law or A-law, whatever else is in it.
 * @returns null where it is none, or of another format
 */
export function readWave(file: Uint8Array): Wave | null {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  const name = (at: number): string => String.fromCharCode(...file.subarray(at, at + 4))
  if (file.length < 12 || name(0) !== 'RIFF' || name(8) !== 'WAVE') return null
  let format: Format | null = null
  for (let at = 12; at + 8 <= file.length; ) {
    const said = view.getUint32(at + 4, true)
    const begins = at + 8
    // A file that was sent while it grew says more than it has, or that it does not know.
    const rest = file.length - begins
    const length = Math.min(said, rest)
    if (name(at) === 'fmt ') format = formatAt(view, begins, length)
    if (name(at) === 'data') return format && soundOf(format, view, begins, said === 0 && !chunksFill(view, begins) ? rest : length)
    at = begins + length + (length % 2)
  }
  return null
}

function soundOf(format: Format, view: DataView, begins: number, length: number): Wave | null {
  const { channels, rate, bits } = format
  const read = reader(format, view)
  if (!read || channels < 1 || channels > 2 || rate < SLOWEST || rate > FASTEST) return null
  const bytes = bits / 8
  const frames = Math.floor(length / (bytes * channels))
  return frames === 0 ? null : { rate, channels, frames, sample: (frame, channel) => read(begins + (frame * channels + channel) * bytes) }
}
