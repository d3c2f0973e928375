import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { madeWave } from '../../../../tests/support/madeSound.ts'
import { ownCertificate } from '../../../hub/server/certificate.ts'
import { LARGEST_VOICEMAIL } from '../../../shared/domain/recordings/voicemails.ts'
import { fetchFrom } from './fetchFrom.ts'

const SOUND = madeWave()
const asked: string[] = []
let server: Server
let folder: string
let host: string
const before = getCACertificates('default')

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'baton-sound-host-'))
  const { cert, key } = await ownCertificate(folder, [])
  setDefaultCACertificates([...before, cert])
  server = createServer({ cert, key }, (request, response) => {
    asked.push(request.url ?? '')
    if (request.url === '/away') return response.writeHead(302, { location: '/1.wav' }).end()
    if (request.url === '/private') return response.writeHead(403).end()
    if (request.url === '/endless') {
      const more = (): boolean => response.write(Buffer.alloc(1024 * 1024))
      response.on('drain', more)
      return more()
    }
    return response.end(SOUND)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  host = `localhost:${(server.address() as AddressInfo).port}`
})

afterAll(async () => {
  setDefaultCACertificates(before)
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  rmSync(folder, { recursive: true, force: true })
})

const from = (path: string, hosts: readonly string[] = [host]): Promise<Uint8Array> => fetchFrom(`https://${host}${path}`, hosts, new AbortController().signal)

it('fetches a voicemail from a host that the office has named', async () => {
  expect(Buffer.from(await from('/1.wav')).equals(Buffer.from(SOUND))).toBe(true)
})

it('asks no other host, follows nobody on, and says of what is not given out that it is not', async () => {
  const before = asked.length
  await expect(from('/1.wav', ['pbx.example.com', 'localhost'])).rejects.toThrow('not among those')
  await expect(fetchFrom('http://127.0.0.1:1/1.wav', ['127.0.0.1:1'], new AbortController().signal)).rejects.toThrow('not among those')
  expect(asked.length).toBe(before)
  await expect(from('/away')).rejects.toThrow()
  expect(asked.at(-1)).toBe('/away')
  await expect(from('/private')).rejects.toThrow('not given out')
})

it('knows a host by whatever it was typed as', async () => {
  const typed = host.replace('localhost', 'LocalHost')
  expect(Buffer.from(await from('/1.wav', [typed])).equals(Buffer.from(SOUND))).toBe(true)
  // Nobody listens at the port of https here, and that is all that is wrong.
  for (const named of ['localhost', 'localhost:443']) {
    for (const asked of ['localhost', 'localhost:443']) await expect(fetchFrom(`https://${asked}/1.wav`, [named], new AbortController().signal)).rejects.not.toThrow('not among those')
  }
})

it('stops where it is longer than anybody speaks', async () => {
  await expect(from('/endless')).rejects.toThrow('too large')
  expect(LARGEST_VOICEMAIL).toBeLessThan(20 * 1024 * 1024)
})
