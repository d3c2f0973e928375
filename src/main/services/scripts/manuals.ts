import { compareText } from '../../../shared/base/text.ts'
import type { ManualRow, ManualSettings } from '../../../shared/contract/methods/scripts.ts'
import { all, get, range } from '../../../shared/domain/kernel/load.ts'
import { userTable } from '../../../shared/domain/people/tables.ts'
import { COMMON_QUESTIONS } from '../../../shared/domain/scripts/commonQuestions.ts'
import { receiptId } from '../../../shared/domain/scripts/reading.ts'
import { type Section, sectionsOf } from '../../../shared/domain/scripts/sections.ts'
import { type Manual, manualTable, type ManualVersion, manualVersionTable, type ReadReceipt, readReceiptTable } from '../../../shared/domain/scripts/tables.ts'
import type { Asked } from '../../core/service.ts'
import { promisedFor } from '../promises/dueTime.ts'

const RANK: Readonly<Record<ManualRow['mine'], number>> = { due: 0, none: 1, read: 1 }

function publishedVersion(manual: Manual, { store: { engine } }: Asked): ManualVersion | undefined {
  return manual.state === 'published' && manual.versionId !== null ? engine.run(get(manualVersionTable, manual.versionId)) : undefined
}

const dueAtOf = ({ id, dueAt }: ReadReceipt, asked: Asked): number => promisedFor(asked, 'read_receipt', id) ?? dueAt

function rowOf(manual: Manual, version: ManualVersion, asked: Asked): ManualRow {
  const { store: { engine }, actorId } = asked
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
    dueAt: receipt && mine === 'due' ? dueAtOf(receipt, asked) : null,
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

/** The common questions as they are shipped, until somebody writes the office's own from them. */
function shippedSettings(manuals: readonly Manual[]): ManualSettings[] {
  const { id, name, body, roles } = COMMON_QUESTIONS
  return manuals.some((manual) => manual.id === id) ? [] : [{ id, name, body, roles: [...roles], state: 'shipped', versionNumber: 0, unpublished: false, read: 0, due: 0 }]
}

export function manualSettings(asked: Asked): ManualSettings[] {
  const { engine } = asked.store
  const manuals = engine.run(all(manualTable))
  const written = manuals
    .toSorted((left, right) => compareText(left.name.toLowerCase(), right.name.toLowerCase()))
    .map((manual): ManualSettings => {
      const { id, name, body, roles, state, versionId, versionNumber } = manual
      const count = (receiptState: 'due' | 'read'): number => (versionId === null ? 0 : engine.run(range(readReceiptTable, 'byVersion', [versionId, receiptState])).length)
      return { id, name, body, roles: [...roles], state, versionNumber, unpublished: state !== 'retired' && !sameText(manual, publishedVersion(manual, asked)), read: count('read'), due: count('due') }
    })
  return [...written, ...shippedSettings(manuals)]
}

interface ManualSection extends Section {
  readonly key: string
  readonly manualName: string
}

const sectionsIn = (manualId: string, manualName: string, body: string): ManualSection[] => sectionsOf(body).map((section, place) => ({ ...section, key: `${manualId}/${place}`, manualName }))

/**
 * The sections of everything that is published, the common questions first. As shipped they answer until the office publishes
 * or retires its own.
 */
export function answersOf(asked: Asked): ManualSection[] {
  const manuals = asked.store.engine.run(all(manualTable))
  const own = manuals.find(({ id }) => id === COMMON_QUESTIONS.id)
  const published = manuals
    .flatMap((manual) => {
      const version = publishedVersion(manual, asked)
      return version ? [version] : []
    })
    .toSorted((left, right) => Number(right.manualId === COMMON_QUESTIONS.id) - Number(left.manualId === COMMON_QUESTIONS.id) || compareText(left.name.toLowerCase(), right.name.toLowerCase()))
  const shipped = own === undefined || own.state === 'draft' ? sectionsIn(COMMON_QUESTIONS.id, `${COMMON_QUESTIONS.name}, as shipped`, COMMON_QUESTIONS.body) : []
  return [...shipped, ...published.flatMap(({ manualId, name, body }) => sectionsIn(manualId, name, body))]
}

/** Who has not read it comes first. */
export function readersOf(manualId: string, asked: Asked) {
  const { store: { engine } } = asked
  const names = new Map(engine.run(all(userTable)).map(({ id, name }) => [id, name]))
  const versionId = engine.run(get(manualTable, manualId))?.versionId ?? null
  const receipts = versionId === null ? [] : engine.run(range(readReceiptTable, 'byVersion', [versionId]))
  return {
    readers: receipts
      .flatMap((receipt) => {
        const { userId, state, readAt } = receipt
        return state === 'dropped' ? [] : [{ userId, name: names.get(userId) ?? 'Somebody', state, dueAt: dueAtOf(receipt, asked), readAt }]
      })
      .toSorted((left, right) => compareText(left.state, right.state) || compareText(left.name, right.name)),
    versions: engine
      .run(range(manualVersionTable, 'byManual', [manualId]))
      .toSorted((left, right) => right.number - left.number)
      .map(({ id, number, name, note, publishedAt, publishedBy }) => ({ versionId: id, number, name, note, publishedAt, publishedBy: names.get(publishedBy) ?? 'Somebody' })),
  }
}
