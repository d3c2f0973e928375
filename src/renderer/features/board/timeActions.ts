import { newId } from '../../../shared/base/id.ts'
import type { Instant } from '../../../shared/base/time.ts'
import type { KeptTimeRow, TimeBlock } from '../../../shared/contract/methods/dispatch.ts'
import { TIME_KIND_NAMES, type TimeKind } from '../../../shared/domain/dispatch/timeKinds.ts'
import { api } from '../../api/api.ts'
import { asContractError } from '../../api/errors.ts'
import type { CommandAnswer } from '../../api/types.ts'
import type { ActingPerson, BoardPlan } from './boardActions.ts'
import { carryOutOther } from './boardActs.ts'

/** Acts on kept time, with their undo: lunch, training, a meeting, time off. */

/** Time of a technician's to be kept free of visits, resolved to instants; several are a series. */
export interface KeptTime {
  readonly technicianId: string
  readonly technicianName: string
  readonly kind: TimeKind
  readonly spans: readonly { readonly startsAt: Instant; readonly endsAt: Instant; /** Of the row to be made, where somebody counts on it. */ readonly id?: string }[]
  readonly note: string
}

/** A row of kept time in one of its versions. */
interface RowVersion {
  readonly id: string
  readonly version: number
}

/** What came to stand as a former version did, by this page's own undoing: a newer version, or a new row where the old one was removed. */
const later = new Map<string, RowVersion>()
const keyOf = ({ id, version }: RowVersion): string => `${id} ${version}`

/** Where that version of a row stands now, as far as this page's own acts know. */
function standing(row: RowVersion): RowVersion {
  let found = row
  // Ends: what comes to stand is always new.
  for (let next = later.get(keyOf(found)); next !== undefined; next = later.get(keyOf(found))) found = next
  return found
}

function stands(row: RowVersion, as: RowVersion): void {
  later.set(keyOf(standing(as)), row)
}

/** The newest version that this page's own acts left of a row: they count before the board has shown them. */
const newest = new Map<string, number>()

/** The version that the person has seen, or has made: whoever changed the time since is not overridden. Undefined where it is not known. */
function seenVersion({ id, version }: { readonly id: string; readonly version?: number | undefined }): number | undefined {
  const known = newest.get(id)
  return version === undefined ? known : Math.max(version, known ?? 0)
}

/** Sends an act on a row, and forgets what was known of it where somebody else was there first: it is looked at anew. */
async function asSeen(id: string, act: () => Promise<CommandAnswer>, whenMovedOn: (() => void) | undefined): Promise<CommandAnswer> {
  try {
    return await act()
  } catch (thrown) {
    if (asContractError(thrown).code === 'dispatch.timeMovedOn') {
      newest.delete(id)
      whenMovedOn?.()
    }
    throw thrown
  }
}

/** Which version an act left. Nothing is listed where nothing was changed, and where the answer came to a second sending. */
async function leftVersion(id: string, before: number, { changed }: CommandAnswer): Promise<number> {
  const left = changed.length > 0 ? before + 1 : ((await keptAs(id))?.version ?? before)
  newest.set(id, left)
  return left
}

/** What is asked beside an act on kept time. */
export interface TimeOptions {
  /** Also after an overbooking that was accepted only then. */
  readonly whenDone?: () => void
  /** Somebody else has changed the time since it was seen. */
  readonly whenMovedOn?: () => void
  readonly overbookAccepted?: boolean
}

async function telling(whenDone: (() => void) | undefined, act: Promise<boolean>): Promise<boolean> {
  const done = await act
  if (done) whenDone?.()
  return done
}

/** Keeps a technician's time for lunch, training, a meeting or time off. */
export function keepTime(time: KeptTime, person: ActingPerson, options: TimeOptions = {}): Promise<boolean> {
  const { technicianId, technicianName, kind, note } = time
  const act = carryOutOther(
    `${TIME_KIND_NAMES[kind]} kept for ${technicianName}${time.spans.length > 1 ? `, ${time.spans.length} times` : ''}`,
    async () => {
      const kept = time.spans.map(({ id }): RowVersion => ({ id: id ?? newId(), version: 1 }))
      const keep = async (ids: readonly string[]): Promise<void> => {
        const spans = time.spans.map(({ startsAt, endsAt }, index) => ({ id: ids[index] ?? newId(), startsAt, endsAt }))
        for (const { id } of spans) newest.set(id, 1)
        await api.command('technicianTime.add', { technicianId, kind, spans, note, seriesId: spans.length > 1 ? newId() : null, overbookAccepted: options.overbookAccepted ?? false })
      }
      await keep(kept.map(({ id }) => id))
      let removed: readonly RowVersion[] = []
      return {
        undo: async () => {
          removed = kept.map(standing)
          await remove(removed, true)
        },
        redo: async () => {
          const again = removed.map(() => newId())
          await keep(again)
          removed.forEach((was, index) => stands({ id: again[index] ?? was.id, version: 1 }, was))
        },
      }
    },
    person.mayOverbook ? () => void keepTime(time, person, { ...options, overbookAccepted: true }) : null,
  )
  return telling(options.whenDone, act)
}

/** Removes rows, those of the same version together; refused where somebody changed one meanwhile, and where one's own is meant and it is another's. */
async function remove(rows: readonly RowVersion[], undoing = false): Promise<void> {
  for (const version of new Set(rows.map((row) => row.version))) {
    await api.command('technicianTime.remove', { ids: rows.flatMap((row) => (row.version === version ? [row.id] : [])), expectedVersion: version, ...(undoing ? { undoing } : {}) })
  }
}

/** How time is kept before an act on it; undefined where it is gone, and the act will say so. */
async function keptAs(id: string): Promise<KeptTimeRow | undefined> {
  return (await api.query('board.standing', { appointmentIds: [], timeIds: [id] })).times[0]
}

function valuesOf({ version: _version, ...values }: KeptTimeRow): Omit<KeptTimeRow, 'version'> {
  return values
}

/** A block of somebody's as the board shows it; one that comes from the rule of the week has no row to change. */
export interface OwnedBlock extends TimeBlock {
  readonly technicianId: string
  readonly technicianName: string
}

/** Where kept time goes, and what becomes of what it is for. */
export interface TimeChange extends BoardPlan {
  /** Of the row that the lunch of the week gets for that day. */
  readonly rowId?: string
  readonly kind?: TimeKind
  readonly note?: string
}

/** Moves or changes kept time. The lunch of the week is moved for that day alone, and stays with its technician. */
export function moveTime(block: OwnedBlock, change: TimeChange, words: string, person: ActingPerson, options: TimeOptions = {}): Promise<boolean> {
  const { id, technicianId, technicianName } = block
  const { kind = block.kind, note = block.note } = change
  if (id === null) return keepTime({ technicianId, technicianName, kind, spans: [{ startsAt: change.startsAt, endsAt: change.endsAt, ...(change.rowId === undefined ? {} : { id: change.rowId }) }], note }, person, options)
  const after = { kind, note, technicianId: change.technicianId, startsAt: change.startsAt, endsAt: change.endsAt }
  const act = carryOutOther(
    words,
    async () => {
      const before = await keptAs(id)
      const seen = seenVersion({ id, version: block.version }) ?? before?.version
      const send = (row: { readonly id: string; readonly version?: number | undefined }) =>
        asSeen(row.id, () => api.command('technicianTime.change', { ...after, overbookAccepted: options.overbookAccepted ?? false, id: row.id, ...(row.version === undefined ? {} : { expectedVersion: row.version }) }), options.whenMovedOn)
      const answer = await send({ id, version: seen })
      if (!before) return null
      const left: RowVersion = { id, version: await leftVersion(id, before.version, answer) }
      // Nothing was changed: there is nothing to take back.
      if (left.version === before.version) return null
      return {
        undo: async () => {
          const now = standing(left)
          await api.command('technicianTime.putBack', { time: { ...valuesOf(before), id: now.id, expectedVersion: now.version } })
          newest.set(now.id, now.version + 1)
          stands({ id: now.id, version: now.version + 1 }, before)
        },
        redo: async () => {
          const now = standing(before)
          await send(now)
          newest.set(now.id, now.version + 1)
          stands({ id: now.id, version: now.version + 1 }, left)
        },
      }
    },
    person.mayOverbook ? () => void moveTime(block, change, words, person, { ...options, overbookAccepted: true }) : null,
  )
  return telling(options.whenDone, act)
}

/** Gives kept time back. The lunch of the week is a rule and can only be moved. */
export function giveTimeBack(block: OwnedBlock & { readonly id: string }): Promise<boolean> {
  return carryOutOther(
    `${TIME_KIND_NAMES[block.kind]} of ${block.technicianName} is given back`,
    async () => {
      const before = await keptAs(block.id)
      const version = seenVersion(block) ?? before?.version
      await asSeen(block.id, () => api.command('technicianTime.remove', { ids: [block.id], ...(version === undefined ? {} : { expectedVersion: version }) }), undefined)
      if (!before) return null
      let removed: RowVersion = before
      return {
        undo: async () => {
          const id = newId()
          await api.command('technicianTime.putBack', { time: { ...valuesOf(before), id, expectedVersion: null } })
          newest.set(id, 1)
          stands({ id, version: 1 }, removed)
        },
        redo: async () => {
          removed = standing(before)
          await remove([removed], true)
        },
      }
    },
    null,
  )
}
