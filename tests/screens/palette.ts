import { crc32, deflateSync, inflateSync } from 'node:zlib'

/** PNG, https://www.w3.org/TR/png-3: signature, then chunks of length, type, data and CRC. */
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const CHANNELS: Readonly<Record<number, number>> = { 2: 3, 6: 4 }
const MOST_COLORS = 256
/** Squared distance in RGB below which two colors are taken for one, as the shades at the edges of letters are. */
const SAME_TO_THE_EYE = 60

function* chunksOf(png: Buffer): Generator<{ readonly type: string; readonly data: Buffer }> {
  for (let at = SIGNATURE.length; at < png.length; ) {
    const length = png.readUInt32BE(at)
    yield { type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) }
    at += length + 12
  }
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

function paeth(left: number, above: number, corner: number): number {
  const estimate = left + above - corner
  const [toLeft, toAbove, toCorner] = [Math.abs(estimate - left), Math.abs(estimate - above), Math.abs(estimate - corner)]
  return toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner
}

/** Takes the filters of the lines back, in place: each byte was written as the difference from its neighbors. */
function unfilter(lines: Buffer, stride: number, channels: number): void {
  const at = (row: number, column: number): number => (row < 0 || column < 0 ? 0 : (lines[row * (stride + 1) + 1 + column] ?? 0))
  for (let row = 0; row * (stride + 1) < lines.length; row++) {
    const filter = lines[row * (stride + 1)] ?? 0
    for (let column = 0; column < stride; column++) {
      const [left, above, corner] = [at(row, column - channels), at(row - 1, column), at(row - 1, column - channels)]
      const guess = [0, left, above, (left + above) >> 1, paeth(left, above, corner)][filter] ?? 0
      lines[row * (stride + 1) + 1 + column] = at(row, column) + guess
    }
  }
}

const distance = (one: number, other: number): number =>
  ((one >> 16) - (other >> 16)) ** 2 + (((one >> 8) & 255) - ((other >> 8) & 255)) ** 2 + ((one & 255) - (other & 255)) ** 2

/** The most frequent colors that are not nearly the same: so that one small green tick outlives a thousand grays. */
function choosePalette(byUse: readonly number[]): readonly number[] {
  const chosen: number[] = []
  for (const color of byUse) {
    if (chosen.length === MOST_COLORS) break
    if (chosen.every((other) => distance(other, color) >= SAME_TO_THE_EYE)) chosen.push(color)
  }
  return chosen
}

const nearest = (palette: readonly number[], color: number): number =>
  palette.reduce((best, candidate, index) => (distance(candidate, color) < distance(palette[best] ?? 0, color) ? index : best), 0)

/**
 * The same picture with at most 256 colors: a screen of flat areas and gray letters loses nothing that is seen,
 * and two thirds of its size.
 * @param png 8-bit RGB or RGBA without interlacing, as Chromium writes it
 */
export function withPalette(png: Buffer): Buffer {
  const chunks = [...chunksOf(png)]
  const header = chunks[0]?.data ?? Buffer.alloc(13)
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)]
  const channels = CHANNELS[header[9] ?? 0]
  if (channels === undefined || header[8] !== 8 || header[12] !== 0) throw new Error('Only 8-bit RGB pictures without interlacing can be made smaller')
  const lines = inflateSync(Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data)))
  unfilter(lines, width * channels, channels)

  const pixels = new Uint32Array(width * height)
  const uses = new Map<number, number>()
  for (let index = 0; index < pixels.length; index++) {
    const at = Math.floor(index / width) * (width * channels + 1) + 1 + (index % width) * channels
    const color = lines.readUIntBE(at, 3)
    pixels[index] = color
    uses.set(color, (uses.get(color) ?? 0) + 1)
  }
  const byUse = [...uses].toSorted(([, one], [, other]) => other - one).map(([color]) => color)
  const palette = choosePalette(byUse)
  const places = new Map(byUse.map((color) => [color, nearest(palette, color)]))

  const indexed = Buffer.alloc(height * (width + 1))
  pixels.forEach((color, index) => {
    indexed[Math.floor(index / width) * (width + 1) + 1 + (index % width)] = places.get(color) ?? 0
  })
  const newHeader = Buffer.from(header)
  newHeader[9] = 3
  const colors = Buffer.alloc(palette.length * 3)
  palette.forEach((color, index) => colors.writeUIntBE(color, index * 3, 3))
  return Buffer.concat([SIGNATURE, chunk('IHDR', newHeader), chunk('PLTE', colors), chunk('IDAT', deflateSync(indexed, { level: 9 })), chunk('IEND', Buffer.alloc(0))])
}
