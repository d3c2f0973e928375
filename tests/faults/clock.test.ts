import { describe, expect, it } from 'vitest'
import { DAY } from '../../src/shared/base/time.ts'
import { postgresMissing } from '../support/postgres.ts'
import type { Desk } from './support/deskProcess.ts'
import { FaultOffice } from './support/faultOffice.ts'
import { verdictOn } from './support/verdict.ts'

const COMMANDS = 40

/** The first Sunday of November, two in the morning in Chicago becomes one: an hour happens twice. */
function nextAutumnChange(after: number): number {
  const year = new Date(after).getUTCFullYear()
  for (const candidate of [year, year + 1]) {
    const first = new Date(Date.UTC(candidate, 10, 1))
    const at = Date.UTC(candidate, 10, 1 + ((7 - first.getUTCDay()) % 7), 7)
    if (at > after) return at
  }
  throw new Error('The clocks are not changed any more')
}

async function workAtOnce(office: FaultOffice, desks: readonly Desk[]): Promise<void> {
  await Promise.all(desks.map((desk, index) => desk.ask('doSome', { seed: 7 + index, count: COMMANDS })))
}

describe('a clock that is wrong', () => {
  const cases = [
    { name: 'a day slow at one workstation and a day fast at another', shifts: [-DAY, DAY] },
    { name: 'in the hour that happens twice, and half an hour behind the others', shifts: [nextAutumnChange(Date.now()) - Date.now() - 1000, nextAutumnChange(Date.now()) - Date.now() - 1_800_000] },
  ]
  for (const { name, shifts } of cases) {
    it(name, async (context) => {
      context.skip(postgresMissing() !== undefined, postgresMissing())
      const office = await FaultOffice.open()
      try {
        await office.founder({ shift: shifts[0] ?? 0 })
        await office.joiner({ shift: shifts[1] ?? 0 })
        await office.joiner()
        await workAtOnce(office, office.desks)
        await office.hub.kill()
        await workAtOnce(office, office.desks)
        await office.hub.start()
        await office.settled()
        const { problems, saved, refused } = await verdictOn(office)
        console.log(`${saved} commands saved, ${refused} refused at the hub and kept`)
        expect(problems).toEqual([])
      } finally {
        await office.close()
      }
    })
  }
})
