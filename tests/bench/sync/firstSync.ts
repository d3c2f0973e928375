import { type Figure, figure, quantile } from '../figure.ts'
import { docOf } from './pouch.ts'
import type { Child } from './processes/child.ts'
import { AREA, joinedDesk, PEER, type Scene } from './scene.ts'

/** The first one waits for the snapshot to be made: of three, the median would be the slower of the other two. */
const ROUNDS = 5
const TIMES_THE_PEER = 5

interface PouchSync {
  readonly milliseconds: number
  readonly rows: number
}

async function pouchRounds({ pouch, company }: Scene): Promise<() => Promise<number | null>> {
  if (!pouch) return () => Promise.resolve(null)
  const client = pouch.client()
  await client.ask('fill', { url: pouch.url, rows: company.rows.map(([table, id, row]) => docOf(`${table}/${id}`, row)) })
  let round = 0
  return async () => {
    round += 1
    const { milliseconds, rows } = await client.ask<PouchSync>('firstSync', { url: pouch.url, folder: pouch.folder(`first-${round}`) })
    return (rows / milliseconds) * 1000
  }
}

export interface FirstSync {
  readonly figures: readonly Figure[]
  /** Two workstations that have joined and stay. */
  readonly desks: readonly [Child, Child]
}

/** A new workstation takes the company in: ours from the code to a store that can be searched, PouchDB\u2019s the documents alone. */
export async function benchFirstSync(scene: Scene): Promise<FirstSync> {
  const pouch = await pouchRounds(scene)
  const [ours, theirs, desks]: [number[], number[], Child[]] = [[], [], []]
  let rows = 0
  for (let round = 0; round < ROUNDS; round++) {
    const { desk, joined } = await joinedDesk(scene, `first-${round}`)
    ours.push((joined.rows / joined.all) * 1000)
    ;({ rows } = joined)
    desks.push(desk)
    const rate = await pouch()
    if (rate !== null) theirs.push(rate)
  }
  for (const spare of desks.slice(2)) await spare.stop()
  const [one, other] = desks
  if (!one || !other) throw new Error('Two workstations are needed')
  const name = `first sync of ${rows} rows`
  const [median, first] = [quantile(ours, 0.5), ours[0] ?? 0]
  const beside = theirs.length === 0 ? {} : { peer: PEER, peerValue: quantile(theirs, 0.5) }
  return {
    desks: [one, other],
    figures: [
      figure(AREA, `${name}, the first, which the snapshot is made for`, first, 'rows/s', { n: 1, ...(theirs[0] === undefined ? {} : { peer: PEER, peerValue: theirs[0] }) }),
      figure(AREA, `${name}, median`, median, 'rows/s', { n: ROUNDS, ...beside }),
      ...(theirs.length === 0 ? [] : [figure(AREA, `${name}, times the peer\u2019s rate`, median / quantile(theirs, 0.5), 'x', { least: TIMES_THE_PEER, n: ROUNDS })]),
    ],
  }
}
