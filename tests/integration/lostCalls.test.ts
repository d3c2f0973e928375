import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { CallPhase, PhoneCall } from '../../src/main/phone/port.ts'
import { callIdOf } from '../../src/shared/domain/calls/facts.ts'
import { type Call, callTable } from '../../src/shared/domain/calls/tables.ts'
import { get } from '../../src/shared/domain/kernel/load.ts'
import { type Desk, LinkedOffice } from '../support/linkedOffice.ts'

const RING = 'sip:group'
const OFFERED_AT = Date.UTC(2026, 6, 14, 15, 20)

let office: LinkedOffice
let folder: string
let front: Desk
let back: Desk
let ownerId: string

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'baton-lost-calls-'))
  office = new LinkedOffice()
  front = await office.founder(join(folder, 'front'))
  back = await office.joiner(join(folder, 'back'))
  ownerId = (await front.page.ask<{ people: readonly { userId: string }[] }>('session.state')).people[0]?.userId ?? ''
  await office.settled(front, back)
})

afterEach(async () => {
  await office.close()
  rmSync(folder, { recursive: true, force: true })
})

function say({ office: { phone } }: Desk, phase: CallPhase): void {
  const identity = { externalId: RING, direction: 'in', lineName: 'HVAC', lineNumber: '+15550142000', fromNumber: '+15550142210', offeredAt: OFFERED_AT, practice: false } as const
  phone.say({ kind: 'call', call: { ...identity, ...phase } as PhoneCall })
}

const talks = (): CallPhase => ({ state: 'active', ringMs: 4_000, answeredAt: OFFERED_AT + 4_000, talkMs: 0, agentId: ownerId })
const recordAt = ({ services: { store } }: Desk): Call | undefined => store.engine.run(get(callTable, callIdOf(store.companyId, RING)))

/** Baton is closed in the middle of it and opened again; its telephone says that nothing is up there. */
async function startsAgain(desk: Desk, name: string): Promise<Desk> {
  await desk.close()
  const again = office.desk(join(folder, name))
  await office.online(again)
  again.office.phone.say({ kind: 'reported' })
  return again
}

it('a workstation that starts again ends what rang at itself, and not what rings at another', async () => {
  for (const desk of [front, back]) say(desk, { state: 'offered', ringMs: 100 })
  await office.settled(front, back)
  back = await startsAgain(back, 'back')
  await office.settled(front, back)
  for (const desk of [front, back]) expect(recordAt(desk)).toMatchObject({ state: 'ringing', outcome: null, followUp: 'none' })
  say(front, talks())
  await office.settled(front, back)
  for (const desk of [front, back]) expect(recordAt(desk)).toMatchObject({ state: 'live', agentId: ownerId })
})

it('a talk goes on where another workstation of the ring starts again, and has broken off where its own does', async () => {
  for (const desk of [front, back]) say(desk, { state: 'offered', ringMs: 100 })
  say(front, talks())
  await office.settled(front, back)
  back = await startsAgain(back, 'back')
  await office.settled(front, back)
  for (const desk of [front, back]) expect(recordAt(desk)).toMatchObject({ state: 'live', endedAt: null })
  front = await startsAgain(front, 'front')
  await office.settled(front, back)
  for (const desk of [front, back]) expect(recordAt(desk)).toMatchObject({ state: 'ended', endCause: 'lost', outcome: 'unbooked', followUp: 'owed' })
})
