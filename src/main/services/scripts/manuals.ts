import { compareText } from '../../../shared/base/text.ts'
import type { ManualRow, ManualSettings } from '../../../shared/contract/methods/scripts.ts'
import { all, get, range } from '../../../shared/domain/kernel/load.ts'
import { userTable } from '../../../shared/domain/people/tables.ts'
import { receiptId } from '../../../shared/domain/scripts/reading.ts'
import { type Manual, manualTable, type ManualVersion, manualVersionTable, readReceiptTable } from '../../../shared/domain/scripts/tables.ts'
import type { Asked } from '../../core/service.ts'

const RANK: Readonly<Record<ManualRow['mine'], number>> = { due: 0, none: 1, read: 1 }

function publishedVersion(manual: Manual, { store: { engine } }: Asked): ManualVersion | undefined {
  return manual.state === 'published' && manual.versionId !== null ? engine.run(get(manualVersionTable, manual.versionId)) : undefined
}

function rowOf(manual: Manual, version: ManualVersion, { store: { engine }, actorId }: Asked): ManualRow {
  const receipt = engine.run(get(readReceiptTable, receiptId(version.id, actorId)))
  const by = engine.run(get(userTable, version.publishedBy))
  const mine = receipt === undefined || receipt.state === 'dropped' ? 'none' : receipt.state
  return {
    manualId: manual.id,
    name: version.name,
    versionId: version.id,
    number: version.number,
    note: version.note,
    publishedAt: version.publishedAt,
    publishedBy: by?.name ?? 'Somebody',
    mine,
    dueAt: mine === 'due' ? (receipt?.dueAt ?? null) : null,
    readAt: receipt?.readAt ?? null,
  }
}

/** What I owe comes first, by when it is due; then by name. */
export function manualsForReading(asked: Asked): ManualRow[] {
  return asked.store.engine
    .run(all(manualTable))
    .flatMap((manual) => {
      const version = publishedVersion(manual, asked)
      return version ? [rowOf(manual, version, asked)] : []
    })
    .toSorted((left, right) => RANK[left.mine] - RANK[right.mine] || (left.dueAt ?? 0) - (right.dueAt ?? 0) || compareText(left.name, right.name))
}

export function manualForReading(manualId: string, asked: Asked): (ManualRow & { body: string }) | null {
  const manual = asked.store.engine.run(get(manualTable, manualId))
  const version = manual && publishedVersion(manual, asked)
  return version ? { ...rowOf(manual, version, asked), body: version.body } : null
}

function sameText(manual: Manual, version: ManualVersion | undefined): boolean {
  return version !== undefined && version.name === manual.name && version.body === manual.body && version.roles.join() === manual.roles.join()
}

export function manualSettings(asked: Asked): ManualSettings[] {
  const { engine } = asked.store
  return engine
    .run(all(manualTable))
    .toSorted((left, right) => compareText(left.name.toLowerCase(), right.name.toLowerCase()))
    .map((manual) => {
      const { id, name, body, roles, state, versionId, versionNumber } = manual
      const count = (receiptState: 'due' | 'read'): number => (versionId === null ? 0 : engine.run(range(readReceiptTable, 'byVersion', [versionId, receiptState])).length)
      return { id, name, body, roles: [...roles], state, versionNumber, unpublished: state !== 'retired' && !sameText(manual, publishedVersion(manual, asked)), read: count('read'), due: count('due') }
    })
}

/** Who has not read it comes first. */
export function readersOf(manualId: string, { store: { engine } }: Asked) {
  const names = new Map(engine.run(all(userTable)).map(({ id, name }) => [id, name]))
  const versionId = engine.run(get(manualTable, manualId))?.versionId ?? null
  const receipts = versionId === null ? [] : engine.run(range(readReceiptTable, 'byVersion', [versionId]))
  return {
    readers: receipts
      .flatMap(({ userId, state, dueAt, readAt }) => (state === 'dropped' ? [] : [{ userId, name: names.get(userId) ?? 'Somebody', state, dueAt, readAt }]))
      .toSorted((left, right) => compareText(left.state, right.state) || compareText(left.name, right.name)),
    versions: engine
      .run(range(manualVersionTable, 'byManual', [manualId]))
      .toSorted((left, right) => right.number - left.number)
      .map(({ id, number, name, note, publishedAt, publishedBy }) => ({ versionId: id, number, name, note, publishedAt, publishedBy: names.get(publishedBy) ?? 'Somebody' })),
  }
}
