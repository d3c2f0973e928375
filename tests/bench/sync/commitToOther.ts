import { SCHEMA } from '../../../src/hub/store/migrations/migrate.ts'
import { type Figure, figure, quantile } from '../figure.ts'
import { docOf } from './pouch.ts'
import type { Child } from './processes/child.ts'
import { AREA, type Done, PEER, type Scene, startListeners } from './scene.ts'

/** Connected workstations, of which two are real. */
const LEVELS = [
  { connected: 2, target: undefined },
  { connected: 50, target: 100 },
  { connected: 500, target: 300 },
] as const

/** Each of the two gives one command this often, so that there are 20 a second together. */
const EVERY_MS = 100
const COMMANDS = 100
/** What has not arrived after this long is taken to have needed it. */
const LOST_MS = 15_000

type Heard = readonly (readonly [id: string, at: number])[]

type Sent = readonly (readonly [id: string, at: number])[]

/** Milliseconds from one store to the other, for every command. */
async function waits(sent: Sent, other: Child): Promise<readonly number[]> {
  const missing = new Set(sent.map(([id]) => id))
  const arrived = new Map<string, number>()
  for (const until = performance.now() + LOST_MS; missing.size > 0 && performance.now() < until; ) {
    for (const [id, at] of await other.ask<Heard>('heard')) if (missing.delete(id)) arrived.set(id, at)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return sent.map(([id, at]) => (arrived.get(id) ?? at + LOST_MS) - at)
}

async function ours(desks: readonly [Child, Child], level: number): Promise<{ readonly took: readonly number[]; readonly commands: readonly Done[] }> {
  const [one, other] = desks
  for (const desk of desks) await desk.ask('heard')
  const commands = await Promise.all(desks.map((desk, index) => desk.ask<Done>('work', { from: index * 1000 + level * 60, daysAhead: 40 + level * 20 + index * 10, count: COMMANDS, every: EVERY_MS })))
  const [first = [], second = []] = commands.map((done) => done.map(({ commandId, at }): readonly [string, number] => [commandId, at]))
  const [there, back] = await Promise.all([waits(first, other), waits(second, one)])
  return { took: [...there, ...back], commands }
}

async function theirs(clients: readonly [Child, Child], folders: readonly [string, string], commands: readonly Done[]): Promise<readonly number[]> {
  const [one, other] = clients
  const docs = commands.map((done) => done.map(({ commandId, rows }) => rows.map((row, index) => docOf(`${commandId}-${index}`, row))))
  for (const client of clients) await client.ask('heard')
  const sent = await Promise.all(clients.map((client, index) => client.ask<Sent>('write', { folder: folders[index], commands: docs[index], every: EVERY_MS })))
  const arrived = await Promise.all([waits(sent[0] ?? [], other), waits(sent[1] ?? [], one)])
  return arrived.flat()
}

/** Two PouchDBs in step with the server; null where there is no PouchDB. */
async function pouchPair({ pouch }: Scene) {
  if (!pouch) return null
  const folders = [pouch.folder('live-1'), pouch.folder('live-2')] as const
  const clients = [pouch.client(), pouch.client()] as const
  for (const [index, client] of clients.entries()) await client.ask('attend', { url: pouch.url, folder: folders[index] })
  return { clients, folders, stop: () => Promise.all(clients.map((client) => client.stop())) }
}

/** From the commit in one workstation's store to the commit in the other's, both working, with ever more who listen. */
export async function benchCommitToOther(scene: Scene, desks: readonly [Child, Child]): Promise<readonly Figure[]> {
  const { hub, company, pouch } = scene
  const figures: Figure[] = []
  const peers = await hub.peers(company.companyId, LEVELS.at(-1)?.connected ?? 0)
  const pair = await pouchPair(scene)
  const [hubListeners, pouchListeners] = [startListeners(), startListeners()]
  for (const [level, { connected, target }] of LEVELS.entries()) {
    const place = await hub.admin.company(company.companyId)
    await hubListeners.ask('hub', { address: hub.address, peers: peers.slice(0, connected - 2), epoch: place?.epoch, cursor: place?.seq, schema: SCHEMA })
    const { took, commands } = await ours(desks, level)
    await hubListeners.ask('hangUp')
    await pouchListeners.ask('pouch', { url: pouch?.url ?? '', count: pouch ? connected - 2 : 0 })
    const beside = pair ? await theirs(pair.clients, pair.folders, commands) : []
    await pouchListeners.ask('hangUp')
    for (const [word, share] of [['p50', 0.5], ['p95', 0.95]] as const) {
      const peer = pair ? { peer: PEER, peerValue: quantile(beside, share) } : {}
      figures.push(figure(AREA, `commit to the other\u2019s store, ${connected} connected, ${word}`, quantile(took, share), 'ms', { n: took.length, ...peer, ...(target !== undefined && share > 0.5 ? { target } : {}) }))
    }
  }
  for (const child of [hubListeners, pouchListeners]) await child.stop()
  await pair?.stop()
  return figures
}
