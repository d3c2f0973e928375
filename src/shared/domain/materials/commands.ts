import { z } from 'zod'
import { addDays, type Instant, type IsoDay, MINUTE } from '../../base/time.ts'
import { type Change, insert, update } from '../kernel/changes.ts'
import { accept, type Command, defineIntention } from '../kernel/command.ts'
import { dayInput, instantInput, optionalLine } from '../kernel/inputs.ts'
import { type Loading, range } from '../kernel/load.ts'
import { refuse } from '../kernel/refusal.ts'
import { type DayMaterials, loadMaterials, sameMaterials } from './content.ts'
import { type MaterialList, materialListId, materialListTable } from './tables.ts'

/** A clock says something about now. */
const FRESH = 10 * MINUTE

/** Lists of days before this many are looked at no more. */
const LOOK_BACK_DAYS = 7

/** What a look at the lists is decided on. */
export interface ListsStanding {
  /** The day that is prepared now. */
  readonly day: IsoDay
  /** The time has come at which its list is owed; before, only what was handed over early is looked at. */
  readonly isTime: boolean
  readonly materials: DayMaterials
  /** Lists from a week before on, that of `day` among them. */
  readonly lists: readonly MaterialList[]
}

export function* loadLists(day: IsoDay, isTime: boolean): Loading<ListsStanding> {
  const since = addDays(day, -LOOK_BACK_DAYS)
  return {
    day,
    isTime,
    materials: yield* loadMaterials(day),
    lists: yield* range(materialListTable, 'byDay', [], { from: since }),
  }
}

/** Owed while the warehouse has not what the day needs; none where it needs nothing any more. */
function stateOf(list: Pick<MaterialList, 'sentAt' | 'content'>, { visits }: DayMaterials): MaterialList['state'] {
  if (list.sentAt !== null && sameMaterials(list.content, visits)) return 'sent'
  return visits.length === 0 && (list.sentAt === null || list.content.length === 0) ? 'none' : 'owed'
}

/**
 * What the clock makes of the lists: the prepared day’s is owed, has changed since or is not needed any more; one that is
 * still owed when its first window begins is settled, because the van is out.
 * @returns none where everything is as it was
 */
export function listChanges(companyId: string, { day, isTime, materials, lists }: ListsStanding, at: Instant): readonly Change[] {
  const list = lists.find((candidate) => candidate.day === day)
  const over = lists.filter((other) => other.day !== day && other.state === 'owed' && other.firstAt <= at).map((other) => update(materialListTable, other, { state: 'none' }))
  if (!list) {
    if (!isTime || materials.firstAt === null) return over
    return [...over, insert(materialListTable, { id: materialListId(companyId, day), day, state: 'owed', owedAt: at, firstAt: materials.firstAt, content: [], sentAt: null, sentBy: null, said: '' })]
  }
  const state = stateOf(list, materials)
  const firstAt = materials.firstAt ?? list.firstAt
  if (state === list.state && firstAt === list.firstAt) return over
  return [...over, update(materialListTable, list, { state, firstAt, ...(state === 'owed' && list.state !== 'owed' ? { owedAt: at } : {}) })]
}

const lookOver = defineIntention({
  name: 'materialList.lookOver',
  version: 1,
  summary: 'What the clock sees of the warehouse\u2019s material lists: one is owed, has changed since, or is not needed any more.',
  permission: 'dispatch.watch',
  input: z.strictObject({ day: dayInput, isTime: z.boolean(), at: instantInput }),
  *load(input) {
    return yield* loadLists(input.day, input.isTime)
  },
  decide(input, standing, context) {
    return Math.abs(input.at - context.at) <= FRESH ? accept(listChanges(context.companyId, standing, context.at)) : accept()
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
  decide({ day, said }, { materials, lists }, context) {
    const list = lists.find((candidate) => candidate.day === day)
    if (materials.firstAt === null && !list) return refuse('materialList.empty', 'No visit of this day takes materials along, so there is nothing to hand over.', { field: 'day' })
    if (list && list.sentAt !== null && sameMaterials(list.content, materials.visits)) return refuse('materialList.sent', 'The warehouse has this list already, and nothing has changed since.')
    const values = { state: 'sent' as const, content: materials.visits, sentAt: context.at, sentBy: context.actorId, said }
    return accept(list ? update(materialListTable, list, values) : insert(materialListTable, { id: materialListId(context.companyId, day), day, owedAt: context.at, firstAt: materials.firstAt ?? context.at, ...values }))
  },
})

export const materialCommands = [lookOver, hand] as const satisfies readonly Command[]
