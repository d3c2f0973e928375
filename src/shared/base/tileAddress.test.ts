import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tileAddressProblem, tileOrigin, tileUrl } from './tileAddress.ts'

const GOOD = 'https://tiles.example.com/street/{z}/{x}/{y}.png?style=plain'

describe('the address of map pictures', () => {
  it('names one server and each part of a place once', () => {
    expect(tileOrigin(GOOD)).toBe('https://tiles.example.com')
    expect(tileOrigin('http://127.0.0.1:8080/{z}/{x}/{y}.png')).toBe('http://127.0.0.1:8080')
    for (const bad of [
      '',
      'tiles',
      'https://tiles.example.com/{z}/{x}.png',
      'https://tiles.example.com/{z}/{x}/{y}/{y}.png',
      'http://tiles.example.com/{z}/{x}/{y}.png',
      'https://{x}.example.com/{z}/{y}.png',
      'https://me:secret@tiles.example.com/{z}/{x}/{y}.png',
      'javascript:alert({z},{x},{y})',
      'data:image/png,{z}{x}{y}',
    ])
      expect([bad, tileAddressProblem(bad) === null, tileOrigin(bad)]).toEqual([bad, false, null])
  })

  it('never names more than a server, whatever is typed: the page\u2019s policy is made of it', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (host, path) => {
        const origin = tileOrigin(`https://${host}/${path}/{z}/{x}/{y}`)
        if (origin !== null) expect(origin).toMatch(/^https:\/\/[^\s;,'"*/]+$/)
      }),
    )
  })

  it('counts round the world', () => {
    expect(tileUrl(GOOD, 3, 2, 5)).toBe('https://tiles.example.com/street/3/2/5.png?style=plain')
    expect(tileUrl('https://t/{z}/{x}/{y}', 3, -1, 0)).toBe('https://t/3/7/0')
    expect(tileUrl('https://t/{z}/{x}/{y}', 3, 8, 0)).toBe('https://t/3/0/0')
  })
})
