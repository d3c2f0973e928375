import { fromMuLaw, MU_LAW_RATE } from '../../../shared/base/muLaw.ts'

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

const SIDES = 2
const HEADER_BYTES = 44

/** The bytes of sound in a WAV file. @throws where it is none */
function dataOf(file: Uint8Array): Uint8Array {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  for (let at = 12; at + 8 <= file.length; ) {
    const name = String.fromCharCode(...file.subarray(at, at + 4))
    const length = view.getUint32(at + 4, true)
    if (name === 'data') return file.subarray(at + 8, Math.min(file.length, at + 8 + length))
    at += 8 + length + (length % 2)
  }
  throw new TypeError('This file has no sound in it')
}

function header(data: number): DataView {
  const view = new DataView(new ArrayBuffer(HEADER_BYTES))
  const write = (at: number, text: string): void => [...text].forEach((letter, index) => view.setUint8(at + index, letter.charCodeAt(0)))
  write(0, 'RIFF')
  view.setUint32(4, HEADER_BYTES - 8 + data, true)
  write(8, 'WAVEfmt ')
  view.setUint32(16, 16, true)
  view.setUint16(20, 1, true)
  view.setUint16(22, SIDES, true)
  view.setUint32(24, MU_LAW_RATE, true)
  view.setUint32(28, MU_LAW_RATE * SIDES * 2, true)
  view.setUint16(32, SIDES * 2, true)
  view.setUint16(34, 16, true)
  write(36, 'data')
  view.setUint32(40, data, true)
  return view
}

/** What of a recording’s file is heard and drawn. @throws where it is no recording */
export function soundOf(file: Uint8Array, buckets: number): Sound {
  const data = dataOf(file)
  const frames = Math.floor(data.length / SIDES)
  const wave = new Uint8Array(HEADER_BYTES + frames * SIDES * 2)
  wave.set(new Uint8Array(header(frames * SIDES * 2).buffer))
  const samples = new DataView(wave.buffer, HEADER_BYTES)
  const loudest = Array.from({ length: buckets }, () => ({ office: 0, other: 0 }))
  for (let frame = 0; frame < frames; frame++) {
    const [office, other] = [fromMuLaw(data[frame * SIDES] ?? 0xff), fromMuLaw(data[frame * SIDES + 1] ?? 0xff)]
    samples.setInt16(frame * SIDES * 2, office, true)
    samples.setInt16(frame * SIDES * 2 + 2, other, true)
    const peak = loudest[Math.min(buckets - 1, Math.floor((frame * buckets) / frames))]
    if (!peak) continue
    peak.office = Math.max(peak.office, Math.abs(office) / 32_768)
    peak.other = Math.max(peak.other, Math.abs(other) / 32_768)
  }
  return { seconds: frames / MU_LAW_RATE, peaks: loudest, wave }
}
