import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newId } from '../../shared/base/id.ts'
import { TABLES } from '../../shared/domain/tables.ts'
import type { FeedEntry, Page } from '../../shared/sync/protocol.ts'
import { CommandRunner } from '../core/runner.ts'
import { openStore, type Store } from '../store/store.ts'
import { cutPage, weightOf } from './feedSlice.ts'
import { Replica } from './replica.ts'

const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined }
const [COMPANY, DEVICE, OWNER] = [newId(), newId(), newId()]
const PEOPLE = Array.from({ length: 5 }, () => newId())
const AT = Date.UTC(2026, 6, 14, 13)

/** Adds a person, whom another workstation may have added too, or renames one who may not be there. */
interface Deed {
  readonly kind: 'add' | 'note'
  readonly person: number
}

function cut(page: Page, sizes: readonly number[]): readonly Page[] {
  const slices: Page[] = []
  for (let rest: Page | null = page; rest; ) {
    const parts = cutPage(rest, sizes[slices.length % sizes.length] ?? 1)
    slices.push(parts.slice)
    rest = parts.rest
  }
  return slices
}

interface Desk {
  readonly store: Store
  readonly runner: CommandRunner
}

function desk(deviceId: string): Desk {
  const store = openStore(':memory:', { companyId: COMPANY, deviceId })
  const runner = new CommandRunner(store, SILENT)
  runner.run({ name: 'company.create', actorId: OWNER, at: AT, commandId: COMPANY, input: { name: 'Copper Ridge', zone: 'America/Chicago', phase: 'rehearsal', ownerId: OWNER, ownerName: 'Rosa Quill' } })
  store.sync.saveState({ epoch: 'one', cursor: 0, schema: 1, hub: {}, snapshot: null })
  store.sync.containedUpTo(Number.MAX_SAFE_INTEGER)
  return { store, runner }
}

function doAt({ runner }: Desk, deeds: readonly (Deed & { readonly id: string })[], by: string): readonly FeedEntry[] {
  const entries: FeedEntry[] = []
  for (const { kind, person, id } of deeds) {
    const input =
      kind === 'add'
        ? { id: PEOPLE[person], name: `${by} ${person}`, roles: ['dispatcher'] }
        : { noteId: id, subjectKind: 'user', subjectId: PEOPLE[person], body: by, pinned: false }
    const outcome = runner.run({ name: kind === 'add' ? 'user.add' : 'note.add', actorId: OWNER, at: AT, commandId: id, input })
    if (outcome.kind !== 'accepted') continue
    const seq = entries.length + 1
    entries.push({ seq, commandId: id, name: 'user.add', at: AT, actorId: OWNER, deviceId: by, wsSeq: seq, outcome: 'accepted', rows: outcome.changes.map(({ table, id: rowId, after }) => [table.name, rowId, after]) })
  }
  return JSON.parse(JSON.stringify(entries)) as readonly FeedEntry[]
}

/** Everything that taking in a page can change. */
function imageOf({ sync, engine }: Store): unknown {
  const pending = sync.pending(sync.state()?.cursor ?? 0)
  return {
    rows: TABLES.map((table) => engine.answer({ kind: 'all', table })),
    cursor: sync.state()?.cursor,
    pending,
    undo: pending.map(({ seq }) => sync.undoImages(seq)),
  }
}

const deeds = fc.array(fc.record({ kind: fc.constantFrom('add' as const, 'note' as const), person: fc.nat(PEOPLE.length - 1) }), { minLength: 1, maxLength: 6 })
const named = (list: readonly Deed[]): readonly (Deed & { readonly id: string })[] => list.map((deed) => ({ ...deed, id: newId() }))

describe('a page in slices', () => {
  it('is the page, without a hole and without an entry twice, and no slice weighs more than asked for but a single entry', () => {
    const entry = fc.nat(6).map((rows) => rows)
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1, maxLength: 20 }), fc.array(fc.integer({ min: 1, max: 15 }), { minLength: 1 }), fc.nat(3), (rowCounts, sizes, later) => {
        const entries = rowCounts.map((count, index) => ({ seq: index + 1, rows: Array.from({ length: count }, (_, row) => ['note', String(row), null]) }) as unknown as FeedEntry)
        const page = { after: 0, upTo: entries.length + later, entries }
        const slices = cut(page, sizes)
        expect(slices.flatMap((slice) => slice.entries)).toEqual(entries)
        expect(slices.map(({ after }) => after)).toEqual([0, ...slices.slice(0, -1).map(({ upTo }) => upTo)])
        expect(slices.at(-1)?.upTo).toBe(page.upTo)
        for (const [index, slice] of slices.entries()) expect(slice.entries.length === 1 || weightOf(slice.entries) <= (sizes[index % sizes.length] ?? 1)).toBe(true)
      }),
    )
  })

  it('leaves the store as the whole page does, also where Baton is started anew between two of them', () => {
    fc.assert(
      fc.property(deeds, deeds, fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 1, maxLength: 4 }), fc.array(fc.boolean(), { minLength: 1, maxLength: 4 }), (mine, theirs, sizes, restarts) => {
        const [other, whole, sliced] = [desk(newId()), desk(DEVICE), desk(DEVICE)]
        const entries = doAt(other, named(theirs), 'there')
        const own = named(mine)
        const replicas = [whole, sliced].map((at) => {
          const replica = new Replica(at.store, SILENT)
          at.runner.follow((seq, effect) => replica.ran(seq, effect))
          doAt(at, own, 'here')
          return replica
        })
        const page = { after: 0, upTo: entries.length, entries }
        replicas[0]?.apply(page)
        let replica = replicas[1]
        for (const [index, slice] of cut(page, sizes).entries()) {
          if (restarts[index % restarts.length] === true) replica = new Replica(sliced.store, SILENT)
          replica?.apply(slice)
        }
        expect(imageOf(sliced.store)).toEqual(imageOf(whole.store))
        for (const { store } of [other, whole, sliced]) store.close()
      }),
      { numRuns: 25 },
    )
  })
})
