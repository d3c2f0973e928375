import { describe, expect, it } from 'vitest'
import { noteTable } from '../../shared/domain/customers/tables.ts'
import type { AnyRow } from '../../shared/domain/kernel/table.ts'
import type { Effect } from '../../shared/sync/footprint.ts'
import type { FeedEntry } from '../../shared/sync/protocol.ts'
import { KnownEffects } from './knownEffects.ts'
import { planRebase, stillApart } from './rebasePlan.ts'

const note = (id: string, body = ''): AnyRow => ({ id, body, version: 1 }) as unknown as AnyRow
const wrote = (id: string, body = '', reads: readonly string[] = []): Effect => ({
  reads: reads.map((read) => ({ kind: 'get', table: noteTable, id: read })),
  changes: [{ table: noteTable, id, before: null, after: note(id, body) }],
})
const pending = (...seqs: readonly number[]) => seqs.map((seq) => ({ seq, id: `c${seq}`, awaited: false }))
const entry = (commandId: string, ...rows: readonly AnyRow[]): FeedEntry => ({
  seq: 1,
  commandId,
  name: 'note.add',
  at: 0,
  actorId: '',
  deviceId: '',
  wsSeq: 1,
  outcome: 'accepted',
  rows: rows.map((row) => [noteTable.name, row.id, row]),
})
const known = (effects: readonly (readonly [number, Effect])[]): KnownEffects => {
  const all = new KnownEffects()
  for (const [seq, effect] of effects) all.set(seq, effect)
  return all
}
const nothingHere = () => null
const seqs = (heads: readonly { readonly seq: number }[]): readonly number[] => heads.map(({ seq }) => seq)

describe('what arriving rows mean for pending commands', () => {
  it('leaves those in place that neither read nor wrote them', () => {
    const plan = planRebase(pending(1, 2), [entry('x', note('a'))], known([[1, wrote('b', '', ['a'])], [2, wrote('c')]]), nothingHere)
    expect(seqs(plan.again)).toEqual([1])
    expect(seqs(plan.left)).toEqual([2])
  })

  it('takes back in turn what builds on what is taken back', () => {
    const effects = known([[1, wrote('b', '', ['a'])], [2, wrote('c', '', ['b'])], [3, wrote('d')]])
    expect(seqs(planRebase(pending(1, 2, 3), [entry('x', note('a'))], effects, nothingHere).again)).toEqual([1, 2])
  })

  it('knows its own command that came back as it was run, and one that came back otherwise', () => {
    const effects = known([[1, wrote('a', 'said')], [2, wrote('b', '', ['a'])]])
    const same = planRebase(pending(1, 2), [entry('c1', note('a', 'said'))], effects, nothingHere)
    expect([...same.settled]).toEqual(['c1'])
    expect(same.again).toEqual([])
    const other = planRebase(pending(1, 2), [entry('c1', note('a', 'not said'))], effects, nothingHere)
    expect(other.settled.size).toBe(0)
    expect(seqs(other.again)).toEqual([1, 2])
  })

  it('takes its own command back that stands after somebody else\u2019s on the same row', () => {
    const plan = planRebase(pending(1), [entry('x', note('a', 'theirs')), entry('c1', note('a', 'said'))], known([[1, wrote('a', 'said')]]), nothingHere)
    expect(plan.settled.size).toBe(0)
    expect(seqs(plan.again)).toEqual([1])
  })

  it('takes back whatever it does not know, and all that was run on top of it', () => {
    expect(seqs(planRebase(pending(1, 2), [entry('x', note('z'))], known([[2, wrote('b')]]), nothingHere).again)).toEqual([1, 2])
  })
})

describe('a command run again', () => {
  it('must not read what a later one wrote that was left in place, nor write what that one read', () => {
    const apart = (earlier: Effect, now: Effect, ...later: readonly Effect[]): boolean =>
      stillApart([{ seq: 1, now }], pending(...later.map((_, index) => index + 2)), known([[1, earlier], ...later.map((effect, index) => [index + 2, effect] as const)]))
    const nothing: Effect = { reads: [], changes: [] }
    expect(apart(nothing, wrote('a', '', ['q']), wrote('q'))).toBe(false)
    expect(apart(nothing, wrote('a'), wrote('q', '', ['a']))).toBe(false)
    expect(apart(wrote('a'), nothing, wrote('q', '', ['a']))).toBe(false)
    expect(apart(wrote('a'), wrote('a'), wrote('q'))).toBe(true)
    expect(apart(wrote('a'), wrote('a'), wrote('q'), wrote('r', '', ['a']))).toBe(false)
  })

  it('may read what those wrote that were run before it', () => {
    const effects = known([[1, wrote('q')], [2, wrote('a', '', ['q'])]])
    expect(stillApart([{ seq: 2, now: wrote('a', '', ['q']) }], pending(1), effects)).toBe(true)
    expect(stillApart([{ seq: 2, now: wrote('a', '', ['q']) }, { seq: 4, now: wrote('b') }], pending(1, 3), known([[1, wrote('q')], [2, wrote('a')], [3, wrote('c', '', ['a'])], [4, wrote('b')]]))).toBe(false)
  })

  it('keeps nothing in place behind its own command that came back and whose effect it does not know', () => {
    const plan = planRebase(pending(1, 2, 3), [entry('c1', note('a', 'other')), entry('c2', note('b'))], known([[2, wrote('b')], [3, wrote('c')]]), nothingHere)
    expect(plan.settled.size).toBe(0)
    expect(seqs(plan.again)).toEqual([1, 2, 3])
  })
})
