import { get } from 'node:http'
import { WebSocket } from 'ws'
import { MAX_MESSAGE_BYTES, SYNC_PROTOCOL } from '../../../../src/shared/sync/protocol.ts'
import type { EnrolledPeer } from '../hubUnderTest.ts'
import { serveParent } from './child.ts'

/** Workstations that only listen: they read what is streamed to them and keep nothing. */

const PING_MS = 20_000

let bytes = 0
const hangUps: (() => void)[] = []

function atHub(address: string, { token }: EnrolledPeer, epoch: string, cursor: number, schema: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${address.replace(/^http/, 'ws')}/v1/link`, { headers: { authorization: `Bearer ${token}` }, maxPayload: 8 * MAX_MESSAGE_BYTES, perMessageDeflate: false })
    const pinging = setInterval(() => socket.send('{"t":"ping"}'), PING_MS)
    socket.once('open', () => socket.send(JSON.stringify({ t: 'hello', protocol: SYNC_PROTOCOL, schema, version: 'bench', epoch, cursor })))
    socket.once('message', () => resolve())
    socket.on('message', (data: Buffer) => (bytes += data.length))
    socket.once('error', reject)
    socket.once('close', () => clearInterval(pinging))
    hangUps.push(() => socket.terminate())
  })
}

/** PouchDB's own feed as it is on the wire, so that a listener costs as little as one of ours. */
function atPouch(url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const asked = get(`${url}/_changes?feed=continuous&include_docs=true&since=now&heartbeat=10000`, { agent: false }, (response) => {
      response.on('data', (data: Buffer) => (bytes += data.length))
      response.on('error', () => undefined)
    })
    asked.once('socket', (socket) => socket.once('connect', () => resolve()))
    asked.once('error', reject)
    hangUps.push(() => asked.destroy())
  })
}

serveParent({
  async hub({ address, peers, epoch, cursor, schema }: { readonly address: string; readonly peers: readonly EnrolledPeer[]; readonly epoch: string; readonly cursor: number; readonly schema: number }) {
    for (const peer of peers) await atHub(address, peer, epoch, cursor, schema)
  },
  async pouch({ url, count }: { readonly url: string; readonly count: number }) {
    for (let index = 0; index < count; index++) await atPouch(url)
  },
  megabytesRead: () => bytes / 1e6,
  hangUp() {
    for (const end of hangUps.splice(0)) end()
    bytes = 0
  },
})
