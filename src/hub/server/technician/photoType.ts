import { crc32 } from 'node:zlib'

/** What a photo is, read from the photo: what its sender calls it counts for nothing. */

export type PhotoType = 'image/jpeg' | 'image/png' | 'image/webp'

export const PHOTO_ENDING: Readonly<Record<PhotoType, string>> = { 'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp' }

/** No camera’s picture is wider or higher; one that says so is meant to fill a memory. */
const MOST_PIXELS = 20_000

/** Nor is there more of it than the largest cameras give: drawn, each pixel takes four bytes of whoever looks. */
const MOST_AREA = 64 * 1024 * 1024

const inBounds = (width: number, height: number): boolean => width > 0 && height > 0 && width <= MOST_PIXELS && height <= MOST_PIXELS && width * height <= MOST_AREA

const PNG_BEGIN = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/** Every part with its checksum, the first the header, the last the end, and nothing behind it. */
function isPng(bytes: Buffer): boolean {
  if (!bytes.subarray(0, 8).equals(PNG_BEGIN)) return false
  for (let at = 8, parts = 0; at + 12 <= bytes.length; parts++) {
    const length = bytes.readUInt32BE(at)
    const [name, end] = [bytes.toString('latin1', at + 4, at + 8), at + 12 + length]
    if (end > bytes.length || crc32(bytes.subarray(at + 4, end - 4)) !== bytes.readUInt32BE(end - 4)) return false
    if (parts === 0 && (name !== 'IHDR' || length !== 13 || !inBounds(bytes.readUInt32BE(at + 8), bytes.readUInt32BE(at + 12)))) return false
    if (name === 'IEND') return end === bytes.length && parts > 1
    at = end
  }
  return false
}

const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc

/** Segment by segment to the picture itself, with a size before it and the end of image at the end. */
function isJpeg(bytes: Buffer): boolean {
  if (bytes.length < 100 || bytes.readUInt16BE(0) !== 0xffd8) return false
  let sized = false
  for (let at = 2; at + 4 <= bytes.length; ) {
    if (bytes[at] !== 0xff) return false
    const marker = bytes[at + 1] ?? 0
    if (marker === 0xff) {
      at += 1
      continue
    }
    const length = bytes.readUInt16BE(at + 2)
    if (length < 2 || at + 2 + length > bytes.length) return false
    if (isFrame(marker)) {
      if (length < 8 || !inBounds(bytes.readUInt16BE(at + 7), bytes.readUInt16BE(at + 5))) return false
      sized = true
    }
    // From here on it is the picture. Cameras put a little behind its end.
    if (marker === 0xda) return sized && bytes.lastIndexOf(Buffer.from([0xff, 0xd9])) > at
    at += 2 + length
  }
  return false
}

/**
 * The size that the first part of a WebP says: lossy and lossless of the picture (RFC 6386 section 9.1, RFC 9649 section 3.4), and
 * extended of the canvas (RFC 9649 section 2.7), which no picture in it exceeds.
 */
function webpSize(bytes: Buffer): readonly [width: number, height: number] | undefined {
  switch (bytes.toString('latin1', 12, 16)) {
    case 'VP8 ':
      return bytes.readUIntBE(23, 3) === 0x9d012a ? [bytes.readUInt16LE(26) & 0x3fff, bytes.readUInt16LE(28) & 0x3fff] : undefined
    case 'VP8L': {
      const sizes = bytes.readUInt32LE(21)
      return bytes[20] === 0x2f ? [(sizes & 0x3fff) + 1, ((sizes >>> 14) & 0x3fff) + 1] : undefined
    }
    case 'VP8X':
      return [bytes.readUIntLE(24, 3) + 1, bytes.readUIntLE(27, 3) + 1]
    default:
      return undefined
  }
}

function isWebp(bytes: Buffer): boolean {
  if (bytes.length < 30 || bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WEBP') return false
  const size = bytes.readUInt32LE(4) + 8
  const drawn = webpSize(bytes)
  return (size === bytes.length || size + 1 === bytes.length) && drawn !== undefined && inBounds(...drawn)
}

/** Undefined for whatever is no photo that every page can draw. */
export function photoTypeOf(bytes: Buffer): PhotoType | undefined {
  if (isJpeg(bytes)) return 'image/jpeg'
  if (isPng(bytes)) return 'image/png'
  return isWebp(bytes) ? 'image/webp' : undefined
}
