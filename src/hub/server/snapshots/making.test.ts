import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SnapshotPart } from '../../core/hubAdmin.ts'
import { SnapshotMaking } from './making.ts'
import { readManifest } from './manifest.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'baton-shelf-'))
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

const HEAD = { epoch: 'first', seq: 7, feedFloor: 0, epochSeq: 0, schema: 1, rows: 4 }

const partOf = (first: boolean, ...ids: readonly string[]): SnapshotPart => ({ table: 'customer', first, lines: ids.map((id) => JSON.stringify(['customer', id, { id }])) })

/** A reading that waits, behind its first two parts, for the test. */
function reading() {
  const gate = Promise.withResolvers<void>()
  async function* parts(): AsyncGenerator<SnapshotPart, void, void> {
    yield partOf(true, 'a', 'b')
    yield partOf(false, 'c')
    await gate.promise
    yield partOf(false, 'd')
  }
  const making = new SnapshotMaking({ companyId: 'company', held: '', folder, now: () => 5, open: () => Promise.resolve({ head: HEAD, parts: parts() }) })
  return { making, goOn: gate.resolve, breakOff: gate.reject }
}

const linesIn = (making: SnapshotMaking, n: number): string => gunzipSync(readFileSync(join(making.folder, `${n}.gz`))).toString('utf8')

describe('A snapshot that is being made', () => {
  it('is handed out chunk by chunk, and says on the disk how far it is', async () => {
    const { making, goOn } = reading()
    const begun = await making.beyond(0)
    expect(begun).toMatchObject({ id: making.id, complete: false, seq: 7, rows: 4, chunks: [{ n: 0, rows: 2, first: true }] })
    expect(await readManifest(making.folder)).toEqual(begun)
    expect(linesIn(making, 0)).toBe('["customer","a",{"id":"a"}]\n["customer","b",{"id":"b"}]\n')
    const more = making.beyond(1)
    goOn()
    expect((await more).chunks).toHaveLength(2)
    const whole = await making.whole
    expect(whole).toMatchObject({ complete: true, rows: 4, chunks: [{ rows: 2, first: true }, { rows: 2, first: false }] })
    expect(await making.beyond(99)).toBe(whole)
    expect(await readManifest(making.folder)).toEqual(whole)
  })

  it('leaves nothing behind where it can\u2019t be made, and tells those who wait', async () => {
    const { making, breakOff } = reading()
    await making.beyond(0)
    const more = making.beyond(1)
    breakOff(new Error('The database is away'))
    await expect(more).rejects.toThrow('The database is away')
    await expect(making.whole).rejects.toThrow('The database is away')
    expect(existsSync(making.folder)).toBe(false)
    expect(await readManifest(making.folder)).toBeUndefined()
  })
})
