import { describe, expect, it } from 'vitest'
import { madePicture } from '../../../../tests/support/madePicture.ts'
import { photoTypeOf } from './photoType.ts'

/** A baseline JPEG as far as its segments go: a header, a frame with a size, a scan, an end. */
function jpeg({ width = 640, height = 480, frame = 0xc0, end = [0xff, 0xd9] }: { readonly width?: number; readonly height?: number; readonly frame?: number; readonly end?: readonly number[] } = {}): Buffer {
  const size = Buffer.from([0xff, frame, 0x00, 0x11, 8, height >> 8, height & 255, width >> 8, width & 255, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1])
  const app = Buffer.concat([Buffer.from([0xff, 0xe0, 0x00, 0x10]), Buffer.from('JFIF\0'), Buffer.alloc(9)])
  return Buffer.concat([Buffer.from([0xff, 0xd8]), app, size, Buffer.from([0xff, 0xda, 0x00, 0x0c]), Buffer.alloc(200, 0x33), Buffer.from([...end])])
}

/** The head of a WebP with its size, and nothing to draw. */
function webp(kind: string, { width = 640, height = 480, extra = 0 }: { readonly width?: number; readonly height?: number; readonly extra?: number } = {}): Buffer {
  const part = Buffer.alloc(40)
  if (kind === 'VP8 ') {
    part.writeUIntBE(0x9d012a, 7, 3)
    part.writeUInt16LE(width, 10)
    part.writeUInt16LE(height, 12)
  } else if (kind === 'VP8L') {
    part[4] = 0x2f
    part.writeUInt32LE((width - 1) | ((height - 1) << 14), 5)
  } else {
    part.writeUIntLE(width - 1, 8, 3)
    part.writeUIntLE(height - 1, 11, 3)
  }
  const body = Buffer.concat([Buffer.from(`WEBP${kind}`), part])
  const head = Buffer.alloc(8)
  head.write('RIFF')
  head.writeUInt32LE(body.length, 4)
  return Buffer.concat([head, body, Buffer.alloc(extra)])
}

describe('a photo', () => {
  it('is known by what it is', () => {
    expect([madePicture(30, 20), jpeg(), jpeg({ frame: 0xc2 }), webp('VP8 '), webp('VP8L'), webp('VP8X', { extra: 1 }), jpeg({ width: 9_248, height: 6_936 }), webp('VP8L', { width: 8_192, height: 8_192 })].map(photoTypeOf)).toEqual(['image/png', 'image/jpeg', 'image/jpeg', 'image/webp', 'image/webp', 'image/webp', 'image/jpeg', 'image/webp'])
  })

  it('is none where it is cut off, empty, too large to draw, or something else behind a right beginning', () => {
    const png = madePicture(30, 20)
    const none = [
      png.subarray(0, -12),
      Buffer.concat([png, png]),
      madePicture(0, 4),
      jpeg({ width: 0 }),
      jpeg({ width: 60_000 }),
      jpeg({ end: [] }),
      jpeg({ frame: 0xc4 }),
      jpeg().subarray(0, 30),
      webp('ANIM'),
      webp('VP8 ', { extra: 50 }),
      // Small files that would take a gigabyte of whoever looks at them.
      jpeg({ width: 19_000, height: 19_000 }),
      webp('VP8 ', { width: 16_000, height: 16_000 }),
      webp('VP8L', { width: 16_384, height: 16_384 }),
      webp('VP8X', { width: 16_000_000, height: 2 }),
      webp('VP8X', { width: 12_000, height: 12_000 }),
      webp('VP8 ', { width: 0 }),
      Buffer.from(webp('VP8 ')).fill(0, 23, 26),
      Buffer.from(webp('VP8L')).fill(0, 20, 21),
      Buffer.from('RIFF'),
      Buffer.from('%PDF-1.7'),
      Buffer.from('<html><script>alert(1)</script></html>'.repeat(9)),
      Buffer.alloc(0),
    ]
    expect(none.map(photoTypeOf)).toEqual(none.map(() => undefined))
  })
})
