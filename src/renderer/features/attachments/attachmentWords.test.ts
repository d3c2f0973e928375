import { expect, it } from 'vitest'
import { placeWords, sizeWords, waitingSentence } from './attachmentWords.ts'

it('says sizes as people do', () => {
  expect([0, 900, 2048, 860_000, 3_565_158, 52_428_800].map(sizeWords)).toEqual(['0 B', '900 B', '2 KB', '840 KB', '3.4 MB', '50 MB'])
})

it('says where a file is only where that is not here', () => {
  expect(placeWords({ place: 'here', deviceName: 'Front desk 2' })).toBe('')
  expect(placeWords({ place: 'onItsWay', deviceName: 'Front desk 2' })).toBe('Still on its way from Front desk 2')
  expect(placeWords({ place: 'onItsWay', deviceName: '' })).toBe('Still on its way')
})

it('says what waits, and that it is safe where the line is down', () => {
  expect(waitingSentence({ files: 0, bytes: 0, sent: 0, problem: null }, true)).toBeNull()
  expect(waitingSentence({ files: 2, bytes: 3_565_158, sent: 1_048_576, problem: null }, true)).toBe('2 attachments (3.4 MB, 1 MB of it sent) are going to the hub, behind the changes.')
  expect(waitingSentence({ files: 1, bytes: 2048, sent: 0, problem: null }, false)).toBe('1 attachment (2 KB) waits for the hub. The files are safe here.')
})
