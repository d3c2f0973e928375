import { expect } from 'vitest'
import { Tally } from '../tally.ts'
import { COMMANDS_A_SEED, playSeed, replayLine } from './play.ts'
import { rarelyAccepted, sharesTable } from './shares.ts'

/** Plays seeds until the hub has given its word on so many commands, and holds every one of them to what must be true. */
export async function playRange(firstSeed: number, commands: number): Promise<void> {
  const [origin, atHub] = [new Tally(), new Tally()]
  let [done, couldNotStand, seeds, restores] = [0, 0, 0, 0]
  const started = performance.now()
  while (done < commands) {
    const played = await playSeed({ seed: firstSeed + seeds, commands: COMMANDS_A_SEED })
    expect(played.problems, replayLine(played.seed)).toEqual([])
    done += played.commands
    couldNotStand += played.couldNotStand
    seeds += 1
    restores += played.restores
    origin.addAll(played.origin)
    atHub.addAll(played.atHub)
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(`${done} commands over ${seeds} seeds from ${firstSeed} in ${seconds} s; ${couldNotStand} could not stand or were flagged, ${restores} restores of the hub\n${sharesTable(origin, atHub)}`)
  expect(seeds).toBeGreaterThanOrEqual(50)
  expect(rarelyAccepted(origin, atHub), 'kinds of which fewer than a tenth are accepted').toEqual([])
}
