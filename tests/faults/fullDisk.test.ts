import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { postgresMissing } from '../support/postgres.ts'
import { FaultOffice } from './support/faultOffice.ts'
import { noteInput } from './support/officeWork.ts'
import { disksMissing, SmallDisk } from './support/smallDisk.ts'
import { until } from './support/until.ts'
import { verdictOn } from './support/verdict.ts'

const missing = disksMissing() ?? postgresMissing()

/** Long enough that a few hundred of them fill what SQLite had kept free. */
const longNote = () => ({ name: 'note.add', input: noteInput('All of it, as told. '.repeat(150)), actor: 'clerk' }) as const

async function allIsWell(office: FaultOffice): Promise<void> {
  await office.settled()
  const { problems, saved, refused } = await verdictOn(office)
  console.log(`${saved} commands saved, ${refused} refused at the hub and kept`)
  expect(problems).toEqual([])
}

describe.skipIf(missing !== undefined)(`a full disk${missing === undefined ? '' : ` (not tried: ${missing})`}`, () => {
  it('at a workstation while the others\u2019 work arrives: it says so, loses nothing, and goes on when there is room', async () => {
    const disk = new SmallDisk(12)
    const office = await FaultOffice.open()
    try {
      const founder = await office.founder()
      const joiner = await office.joiner({ directory: join(disk.path, 'desk'), haste: 10 })
      await joiner.ask('doSome', { seed: 1, count: 10 })
      await office.settled()
      disk.fill()
      let state = await joiner.ask('state', null)
      for (let note = 0; note < 400; note++) await founder.ask('run', longNote())
      await until(async () => /disk is full/.test((state = await joiner.ask('state', null)).problem ?? ''), () => `it says that its disk is full: ${JSON.stringify(state)}\n${joiner.printed.slice(-2000)}`)
      expect(state.problem).toMatch(/could not be saved: the disk is full.*asked for again/)
      // Nobody there is told that something is saved which is not.
      const before = joiner.saved.size
      const answers = []
      for (let note = 0; note < 30; note++) answers.push(await joiner.ask('run', longNote()).then(({ saved }) => saved !== null, () => false))
      expect(joiner.saved.size - before).toBe(answers.filter((isSaved) => isSaved).length)
      expect(answers).toContain(false)
      disk.makeRoom()
      await allIsWell(office)
    } finally {
      await office.close()
      disk.remove()
    }
  })

  it('at a workstation while the hub\u2019s word on its own work arrives: it says so, and does nothing twice', async () => {
    const disk = new SmallDisk(12)
    const office = await FaultOffice.open()
    try {
      await office.founder()
      const joiner = await office.joiner({ directory: join(disk.path, 'desk'), haste: 10 })
      await office.hub.kill()
      await joiner.ask('doSome', { seed: 3, count: 20 })
      // Started anew, its journal file has no room kept free.
      await joiner.stop()
      await joiner.start()
      disk.fill()
      await office.hub.start()
      let state = await joiner.ask('state', null)
      await until(async () => /disk is full/.test((state = await joiner.ask('state', null)).problem ?? ''), () => `it says that its disk is full: ${JSON.stringify(state)}\n${joiner.printed.slice(-2000)}`)
      expect(state.waiting).toBe(20)
      disk.makeRoom()
      await allIsWell(office)
    } finally {
      await office.close()
      disk.remove()
    }
  })

  it('at the hub: workstations go on, nothing is lost, and it catches up when there is room', async () => {
    const disk = new SmallDisk(220)
    const office = await FaultOffice.open({ data: join(disk.path, 'hub') })
    const { hub } = office
    try {
      const founder = await office.founder({ haste: 5 })
      const joiner = await office.joiner({ haste: 5 })
      await joiner.ask('doSome', { seed: 1, count: 10 })
      await office.settled()
      disk.fill()
      let state = await founder.ask('state', null)
      for (let full = false, notes = 0; !full; notes += 50) {
        if (notes > 20_000) throw new Error('The hub\u2019s disk was never full')
        for (let note = 0; note < 50; note++) await founder.ask('run', longNote())
        await until(
          async () => {
            state = await founder.ask('state', null)
            full = state.link === 'offline' || state.problem !== null || !hub.running
            return full || state.waiting === 0
          },
          () => `the hub takes it or says that it can\u2019t: ${JSON.stringify(state)}\n${hub.log}`,
        )
      }
      console.log(`the hub ${hub.running ? 'lives' : 'has ended'}; at the workstation: ${state.link}, ${state.waiting} waiting, ${state.problem}`)
      await until(async () => /database does not answer.*what is done is kept/.test((state = await founder.ask('state', null)).problem ?? '') || !hub.running, () => `somebody says why: ${JSON.stringify(state)}`)
      await joiner.ask('doSome', { seed: 2, count: 20 })
      disk.makeRoom()
      if (!hub.running) await hub.start()
      await allIsWell(office)
    } finally {
      await office.close()
      disk.remove()
    }
  })
})
