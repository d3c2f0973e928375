import { type Figure, figure } from '../figure.ts'
import { docOf } from './pouch.ts'
import type { Child } from './processes/child.ts'
import { AREA, PEER, type Scene } from './scene.ts'

const COMMANDS = 1000
const TARGET_SECONDS = 8
const TIMES_THE_PEER = 2
/** Commands that the hub acknowledges at a time. */
const PUSHED_AT_ONCE = 100

interface Drained {
  readonly milliseconds: number
  readonly rows: readonly (readonly object[])[]
}

const perSecond = (milliseconds: number): number => (COMMANDS / milliseconds) * 1000

async function pouchDrain({ pouch }: Scene, rows: readonly (readonly object[])[]): Promise<number | null> {
  if (!pouch) return null
  const commands = rows.map((changed, command) => changed.map((row, index) => docOf(`drain-${command}-${index}`, row)))
  const batch = Math.round((commands.flat().length / COMMANDS) * PUSHED_AT_ONCE)
  const client = pouch.client()
  const { milliseconds } = await client.ask<{ milliseconds: number }>('drain', { url: pouch.url, folder: pouch.folder('drain'), commands, batch })
  await client.stop()
  return perSecond(milliseconds)
}

/** What was done offline goes up: from the cable being back to the hub's last word. */
export async function benchDrain(scene: Scene, desk: Child): Promise<readonly Figure[]> {
  const { milliseconds, rows } = await desk.ask<Drained>('drain', { from: 400, daysAhead: 200, count: COMMANDS })
  const peer = await pouchDrain(scene, rows)
  const beside = peer === null ? {} : { peer: PEER, peerValue: peer }
  const rate = perSecond(milliseconds)
  return [
    figure(AREA, `drain of ${COMMANDS} offline commands (${rows.flat().length} rows)`, milliseconds / 1000, 's', { target: TARGET_SECONDS, n: COMMANDS }),
    figure(AREA, `drain of ${COMMANDS} offline commands`, rate, 'commands/s', { n: COMMANDS, ...beside }),
    ...(peer === null ? [] : [figure(AREA, `drain of ${COMMANDS} offline commands, times the peer\u2019s rate`, rate / peer, 'x', { least: TIMES_THE_PEER, n: COMMANDS })]),
  ]
}
