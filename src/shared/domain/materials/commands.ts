import { z } from 'zod'
import { compareText } from '../../base/text.ts'
import type { Instant, IsoDay } from '../../base/time.ts'
import { type Change, insert, update } from '../kernel/changes.ts'
import { isNow, rowsSeenInput, stillAsSeen } from '../kernel/clockWord.ts'
import { accept, type Command, defineIntention } from '../kernel/command.ts'
import { dayInput, instantInput, optionalLine } from '../kernel/inputs.ts'
import { getMany, type Loading, range } from '../kernel/load.ts'
import { refuse } from '../kernel/refusal.ts'
import { queueId } from '../promises/queueParts.ts'
import { promiseTable } from '../promises/tables.ts'
import { type DayMaterials, loadMaterials, sameMaterials } from './content.ts'
import { type MaterialList, materialListId, materialListTable } from './tables.ts'

/** What a look at the lists is decided on. */
export interface ListsStanding {
  /** The day that is looked at. */
  readonly day: IsoDay
  /** The time has come at which its list is owed; before, only what was handed over early is looked at. */
  readonly isTime: boolean
  readonly materials: DayMaterials
  readonly list: MaterialList | undefined
  /** The lists of other days that are owed, however old. */
  readonly owed: readonly MaterialList[]
}

export function* loadLists(day: IsoDay, isTime: boolean): Loading<ListsStanding> {
  const open = yield* range(promiseTable, 'byQueue', [queueId('material-lists'), 'open'])
  const owed = yield* getMany(materialListTable, open.map(({ subjectId }) => subjectId))
  const [list] = yield* range(materialListTable, 'byDay', [day])
  return { day, isTime, materials: yield* loadMaterials(day), list, owed: owed.filter((other) => other.day !== day && other.state === 'owed') }
}

/** What the warehouse was given for visits at whose door nobody has been since: for the others it lies ready no more. */
const stillGiven = ({ content }: Pick<MaterialList, 'content'>, { begun }: DayMaterials): MaterialList['content'] => content.filter(({ appointmentId }) => !begun.has(appointmentId))

/** Owed while the warehouse has not what the day needs; none where it needs nothing any more. */
function stateOf(list: Pick<MaterialList, 'sentAt' | 'content'>, materials: DayMaterials): MaterialList['state'] {
  const given = stillGiven(list, materials)
  if (list.sentAt !== null && sameMaterials(given, materials.visits)) return 'sent'
  return materials.visits.length === 0 && (list.sentAt === null || given.length === 0) ? 'none' : 'owed'
}

/** When the first window begins; where a van is out already, who comes early makes it no later. */
function firstOf(list: Pick<MaterialList, 'firstAt' | 'content'>, { firstAt, begun, isBegun }: DayMaterials): Instant {
  return isBegun || list.content.some(({ appointmentId }) => begun.has(appointmentId)) ? list.firstAt : (firstAt ?? list.firstAt)
}

/** Once the first window has begun the van is out, and nothing is laid ready for it any more. */
const isOut = ({ firstAt }: Pick<MaterialList, 'firstAt'>, at: Instant): boolean => firstAt <= at

/** How the list of the day that is looked at changes. */
function ownChanges(companyId: string, { day, isTime, materials, list }: ListsStanding, at: Instant): readonly Change[] {
  if (!list) {
    if (!isTime || materials.firstAt === null || isOut({ firstAt: materials.firstAt }, at)) return []
    return [insert(materialListTable, { id: materialListId(companyId, day), day, state: 'owed', owedAt: at, firstAt: materials.firstAt, content: [], sentAt: null, sentBy: null, said: '' })]
  }
  if (isOut(list, at)) return list.state === 'owed' ? [update(materialListTable, list, { state: 'none' })] : []
  const state = stateOf(list, materials)
  const firstAt = firstOf(list, materials)
  if (state === list.state && firstAt === list.firstAt) return []
  return [update(materialListTable, list, { state, firstAt, ...(state === 'owed' && list.state !== 'owed' ? { owedAt: at } : {}) })]
}

/**
 * What the clock makes of the lists: the one of the day that is looked at is owed, has changed since or is not needed any more;
 * any that is still owed when its first window begins is settled, because the van is out.
 * @returns none where everything is as it was
 */
export function listChanges(companyId: string, standing: ListsStanding, at: Instant): readonly Change[] {
  const over = standing.owed.filter((other) => isOut(other, at)).map((other) => update(materialListTable, other, { state: 'none' }))
  return [...over, ...ownChanges(companyId, standing, at)]
}

const lookOver = defineIntention({
  name: 'materialList.lookOver',
  version: 1,
  summary: 'What the clock sees of the warehouse\u2019s material lists: one is owed, has changed since, or is not needed any more.',
  permission: 'dispatch.watch',
  input: z.strictObject({ day: dayInput, isTime: z.boolean(), at: instantInput, saw: rowsSeenInput }),
  *load(input) {
    return yield* loadLists(input.day, input.isTime)
  },
  decide(input, standing, context) {
    return isNow(input.at, context) ? accept(stillAsSeen(listChanges(context.companyId, standing, context.at), input.saw)) : accept()
  },
})

const hand = defineIntention({
  name: 'materialList.hand',
  version: 1,
  summary: 'Say that the warehouse has the material list of a day: what it was given is kept.',
  permission: 'visit.progress',
  input: z.strictObject({ day: dayInput, said: optionalLine('The note', 200) }),
  *load(input) {
    return yield* loadLists(input.day, true)
  },
  decide({ day, said }, { materials, list }, context) {
    if (materials.firstAt === null && !list) return refuse('materialList.empty', 'No visit of this day takes materials along, so there is nothing to hand over.', { field: 'day' })
    if (list && list.sentAt !== null && sameMaterials(stillGiven(list, materials), materials.visits)) return refuse('materialList.sent', 'The warehouse has this list already, and nothing has changed since.')
    // What was fetched already stays on it: should nobody have been there after all, it was given.
    const fetched = list?.content.filter(({ appointmentId }) => materials.begun.has(appointmentId)) ?? []
    const content = [...fetched, ...materials.visits].toSorted((left, right) => compareText(left.appointmentId, right.appointmentId))
    const values = { state: 'sent' as const, content, sentAt: context.at, sentBy: context.actorId, said }
    return accept(list ? update(materialListTable, list, values) : insert(materialListTable, { id: materialListId(context.companyId, day), day, owedAt: context.at, firstAt: materials.firstAt ?? context.at, ...values }))
  },
})

export const materialCommands = [lookOver, hand] as const satisfies readonly Command[]
