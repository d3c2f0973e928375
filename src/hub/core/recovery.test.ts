import { beforeEach, describe, expect, it } from 'vitest'
import { derivedId } from '../../shared/base/id.ts'
import { TABLES } from '../../shared/domain/tables.ts'
import type { PushedCommand } from '../../shared/sync/protocol.ts'
import { commandHash } from '../../shared/sync/pushed.ts'
import { playSequence } from '../../../tests/simulation/sequences.ts'
import { Tally } from '../../../tests/simulation/tally.ts'
import { Hub } from './hub.ts'
import { MemoryHubStore } from './memoryHubStore.ts'
import { RECOVERY_MS } from './recovery.ts'

/**
 * A hub works, is lost, and comes back as it was some commands earlier. Three workstations took turns; each has its own
 * commands and the places they had.
 */

const { log, companyId } = playSequence(88, 90, new Tally())
const DEVICES = ['front', 'back', 'dispatch'].map((label) => derivedId('recovering', label))
const BACKUP_AT = 70

let now = 0

interface Sent {
  readonly deviceId: string
  readonly command: PushedCommand
}

/** What each workstation did, in the order in which the hub took it. */
function worked(): readonly Sent[] {
  const last = new Map<string, number>()
  return log.map((envelope, index) => {
    const deviceId = DEVICES[(index * 7) % DEVICES.length] ?? ''
    const wsSeq = (last.get(deviceId) ?? 0) + 1
    last.set(deviceId, wsSeq)
    const { id, name, version, at, actorId, operationId, numbers, input } = envelope
    const body = { id, name, version, at, actorId, operationId, numbers: { ...numbers } as Record<string, string>, input: JSON.parse(JSON.stringify(input)) as unknown }
    return { deviceId, command: { ...body, wsSeq, hash: commandHash(body), awaited: false, formerSeq: null } }
  })
}

async function hubAfter(sent: readonly Sent[]) {
  const store = new MemoryHubStore()
  store.found(companyId, 'first', DEVICES.map((id) => ({ id, name: '', clearances: new Set(), prefix: '', lastWsSeq: 0, revokedAt: null, recoveredEpoch: 'first' })))
  const hub = new Hub(store, { now: () => now })
  for (const { deviceId, command } of sent) await hub.push(companyId, deviceId, [command])
  return { store, hub }
}

const rowsOf = (store: MemoryHubStore) => Object.fromEntries(TABLES.map((table) => [table.name, store.rowsOf(companyId, table)]))

/** What a workstation gives back: all of its commands above the place up to which the epochs agree. */
function givenBack(sent: readonly Sent[], deviceId: string): readonly PushedCommand[] {
  return sent.flatMap(({ deviceId: from, command }, index) => (from === deviceId && index + 1 > BACKUP_AT ? [{ ...command, formerSeq: index + 1 }] : []))
}

async function restored(sent: readonly Sent[]) {
  const back = await hubAfter(sent.slice(0, BACKUP_AT))
  await back.store.change(companyId, (transaction) => transaction.recover({ epoch: 'second', epochSeq: BACKUP_AT, recoveringUntil: now + RECOVERY_MS }))
  return back
}

const company = async (store: MemoryHubStore) => (await store.feed(companyId, 0, 0)).company

describe('a restored hub', () => {
  const sent = worked()

  beforeEach(() => {
    now = 1_000_000
  })

  it('ends with the very rows and places it had, in whatever order workstations come back', async () => {
    const before = await hubAfter(sent)
    for (const order of [DEVICES, DEVICES.toReversed(), [DEVICES[1], DEVICES[0], DEVICES[2]]]) {
      const { store, hub } = await restored(sent)
      for (const deviceId of order as string[]) {
        const commands = givenBack(sent, deviceId)
        for (let at = 0; at < commands.length; at += 4) {
          expect(await hub.push(companyId, deviceId, commands.slice(at, at + 4))).toMatchObject({ kind: 'staged' })
          // A page whose answer was lost comes twice.
          if (at === 4) expect(await hub.push(companyId, deviceId, commands.slice(at, at + 4))).toMatchObject({ kind: 'staged' })
        }
        expect(await hub.recovered(companyId, deviceId, 'second')).toBe(true)
      }
      expect(rowsOf(store)).toEqual(rowsOf(before.store))
      expect((await store.feed(companyId, 0, 1000)).entries).toEqual((await before.store.feed(companyId, 0, 1000)).entries)
      expect(await company(store)).toMatchObject({ epoch: 'second', recoveringUntil: null })
    }
  })

  it('takes nothing new before it has what it forgot', async () => {
    const { hub } = await restored(sent)
    const [front = ''] = DEVICES
    const [next] = givenBack(sent, front)
    if (!next) throw new Error('Nothing to give back')
    expect(await hub.push(companyId, front, [{ ...next, formerSeq: null }])).toEqual({ kind: 'recovering' })
    const known = sent.find(({ deviceId }) => deviceId === front)
    if (!known) throw new Error('Nothing known')
    // What it knows from the backup is acknowledged again, with the word it had.
    expect(await hub.push(companyId, front, [{ ...known.command, formerSeq: 1 }, next])).toMatchObject({ kind: 'staged', acknowledged: [{ id: known.command.id }] })
    expect(await hub.push(companyId, front, [{ ...known.command, at: 5, formerSeq: 1 }])).toMatchObject({ kind: 'cloned' })
    expect(await hub.recovered(companyId, front, 'another epoch')).toBe(false)
  })

  it('goes on when the time is over without a workstation that never came, and takes it in when it comes after all', async () => {
    const { store, hub } = await restored(sent)
    const [late = '', ...inTime] = DEVICES
    for (const deviceId of inTime) {
      await hub.push(companyId, deviceId, givenBack(sent, deviceId))
      await hub.recovered(companyId, deviceId, 'second')
    }
    expect((await company(store)).recoveringUntil).not.toBeNull()
    now += RECOVERY_MS - 1
    await hub.recover(companyId)
    expect((await company(store)).recoveringUntil).not.toBeNull()
    now += 1
    await hub.recover(companyId)
    expect(await company(store)).toMatchObject({ recoveringUntil: null, seq: sent.length - givenBack(sent, late).length })
    const answer = await hub.push(companyId, late, givenBack(sent, late))
    expect(answer).toMatchObject({ kind: 'done' })
    const { entries } = await store.feed(companyId, 0, 1000)
    expect(new Set(entries.map(({ commandId }) => commandId))).toEqual(new Set(sent.map(({ command }) => command.id)))
    expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, index) => index + 1))
  })

  it('does not wait for a workstation that was revoked', async () => {
    const { store, hub } = await restored(sent)
    const [gone = '', ...others] = DEVICES
    const device = await store.device(companyId, gone)
    if (device) store.saveDevice(companyId, { ...device, revokedAt: 1 })
    expect(await hub.push(companyId, gone, givenBack(sent, gone))).toEqual({ kind: 'revoked' })
    for (const deviceId of others) {
      await hub.push(companyId, deviceId, givenBack(sent, deviceId))
      await hub.recovered(companyId, deviceId, 'second')
    }
    expect((await company(store)).recoveringUntil).toBeNull()
  })

  it('sees by a workstation that is ahead that its database was put back by hand', async () => {
    const { store, hub } = await hubAfter(sent.slice(0, BACKUP_AT))
    const [front = '', back = ''] = DEVICES
    expect(await hub.pull(companyId, front, 'first', sent.length)).toEqual({ kind: 'resync', reason: 'ahead' })
    const begun = await company(store)
    expect(begun).toMatchObject({ seq: BACKUP_AT, epochSeq: BACKUP_AT, recoveringUntil: now + RECOVERY_MS })
    expect(begun.epoch).not.toBe('first')
    // The next one hears of the new epoch and begins none of its own.
    expect(await hub.pull(companyId, back, 'first', sent.length)).toEqual({ kind: 'resync', reason: 'epoch' })
    expect((await company(store)).epoch).toBe(begun.epoch)
  })
})
