import { existsSync } from 'node:fs'
import { expect, it } from 'vitest'
import { newId } from '../../../shared/base/id.ts'
import { Uploads } from './uploads.ts'

const part = (uploadId: string, more: object = {}) => ({ uploadId, fileName: '../clients.csv', part: 0, last: true, bytes: Buffer.from('First name\n'), ...more })

it('leaves no file of customers behind when it closes', () => {
  const uploads = new Uploads()
  const [first, second] = [newId(), newId()]
  uploads.receive(part(first), 'rosa')
  uploads.receive(part(second), 'rosa')
  const paths = [uploads.whole(first, 'rosa').path, uploads.whole(second, 'rosa').path]
  expect(paths.map((path) => existsSync(path))).toEqual([true, true])
  uploads.discardAll()
  expect(paths.map((path) => existsSync(path))).toEqual([false, false])
})

it('hands a file only to the person who sent it', () => {
  const uploads = new Uploads()
  const id = newId()
  uploads.receive(part(id), 'rosa')
  expect(() => uploads.whole(id, 'kim')).toThrow('This file is not here any more')
  uploads.discardAll()
})

it('gives up a file whose parts come out of order', () => {
  const uploads = new Uploads()
  const id = newId()
  uploads.receive(part(id, { last: false }), 'rosa')
  expect(() => uploads.receive(part(id, { part: 2 }), 'rosa')).toThrow('did not arrive whole')
  expect(() => uploads.whole(id, 'rosa')).toThrow('not here any more')
})
