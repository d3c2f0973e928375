import { z } from 'zod'
import { insert, update, type Change } from '../kernel/changes.ts'
import { accept, defineIntention, type Command, type DecisionContext } from '../kernel/command.ts'
import { idInput, lineInput, optionalLine } from '../kernel/inputs.ts'
import { get, type Loading } from '../kernel/load.ts'
import { isRefused, refuse, type Refused } from '../kernel/refusal.ts'
import { loadVisit, refuseSettled, refuseUnknownVisit, type Visit } from '../dispatch/visit.ts'
import { type ChecklistItem, type HandoffFacts, mayTick, type ItemStanding } from './checklist.ts'
import { type HandOff, loadHandOff } from './handOff.ts'
import { type HandoffTick, handoffTickId, handoffTickTable } from './tables.ts'

interface LoadedItem {
  readonly visit: Visit | undefined
  readonly handOff: HandOff | null
  readonly tick: HandoffTick | undefined
}

const itemInput = { appointmentId: idInput, item: lineInput('The item', 40) } as const

function* loadItem(appointmentId: string, item: string): Loading<LoadedItem> {
  const visit = yield* loadVisit(appointmentId)
  return { visit, handOff: visit ? yield* loadHandOff(visit) : null, tick: yield* get(handoffTickTable, handoffTickId(appointmentId, item)) }
}

interface OpenItem {
  readonly handOff: HandOff
  readonly standing: ItemStanding
}

/** The item of a visit that is still to be handed on, or why it is none. */
function openItem({ visit, handOff }: LoadedItem, key: string): OpenItem | Refused {
  if (!visit || !handOff) return refuseUnknownVisit()
  const refused = refuseSettled(visit)
  if (refused) return refused
  const { state } = visit.appointment
  if (state === 'done' || state === 'canceled') return refuse('handoff.over', 'This visit is over, so its hand-off stays as it was.')
  const standing = handOff.items.find(({ item }) => item.key === key)
  return standing ? { handOff, standing } : refuse('handoff.unknownItem', 'This item is not on the checklist any more. Look at it again.', { field: 'item' })
}

/** Why a person may not answer for an item, if they may not. */
function refusedTick(item: ChecklistItem, facts: HandoffFacts, said: string): Refused | undefined {
  if (item.answer.kind === 'record') return refuse('handoff.notTicked', `\u201c${item.label}\u201d is answered by the record itself. Put in what is missing, and it is answered.`, { field: 'item' })
  if (!mayTick(item, facts)) return refuse('handoff.untrue', `\u201c${item.label}\u201d is not so: the record lacks it. Put it in first.`, { field: 'item' })
  if (item.answer.kind === 'person' && item.answer.words && said === '') return refuse('handoff.words', `Say it in a few words: \u201c${item.label}\u201d.`, { field: 'said' })
  return undefined
}

function tickValues(appointmentId: string, item: ChecklistItem, said: string, context: DecisionContext) {
  return { appointmentId, item: item.key, label: item.label, said, tickedBy: context.actorId, tickedAt: context.at, takenBackBy: null, takenBackAt: null }
}

/** What whoever books has made sure of while the caller was there; what is not on the list, or not so, is left out. */
export function bookedTicks(appointmentId: string, said: readonly { readonly item: string; readonly said: string }[], items: readonly ChecklistItem[], facts: HandoffFacts, context: DecisionContext): readonly Change[] {
  const given = new Map(said.map((entry) => [entry.item, entry.said]))
  return items.flatMap((item) => {
    const words = given.get(item.key)
    if (words === undefined || refusedTick(item, facts, words)) return []
    return [insert(handoffTickTable, { id: handoffTickId(appointmentId, item.key), ...tickValues(appointmentId, item, words, context) })]
  })
}

const tick = defineIntention({
  name: 'handoff.tick',
  version: 1,
  summary: 'Answer for one item of a visit\u2019s hand-off checklist.',
  permission: 'job.book',
  input: z.strictObject({ ...itemInput, said: optionalLine('What was said', 200) }),
  *load(input) {
    return yield* loadItem(input.appointmentId, input.item)
  },
  decide(input, loaded, context) {
    const open = openItem(loaded, input.item)
    if (isRefused(open)) return open
    const { item, tick: standing } = open.standing
    const refused = refusedTick(item, open.handOff.facts, input.said)
    if (refused) return refused
    if (standing !== null && standing.said === input.said) return refuse('handoff.ticked', `\u201c${item.label}\u201d is ticked already.`, { field: 'item' })
    const values = tickValues(input.appointmentId, item, input.said, context)
    return accept(loaded.tick ? update(handoffTickTable, loaded.tick, values) : insert(handoffTickTable, { id: handoffTickId(input.appointmentId, item.key), ...values }))
  },
})

const takeBack = defineIntention({
  name: 'handoff.takeBack',
  version: 1,
  summary: 'Take back the tick on an item of a visit\u2019s hand-off checklist.',
  permission: 'job.book',
  input: z.strictObject(itemInput),
  *load(input) {
    return yield* loadItem(input.appointmentId, input.item)
  },
  decide(input, loaded, context) {
    const open = openItem(loaded, input.item)
    if (isRefused(open)) return open
    if (!loaded.tick || loaded.tick.takenBackAt !== null) return refuse('handoff.notTicked', `\u201c${open.standing.item.label}\u201d is not ticked.`, { field: 'item' })
    return accept(update(handoffTickTable, loaded.tick, { takenBackBy: context.actorId, takenBackAt: context.at }))
  },
})

export const handoffCommands = [tick, takeBack] as const satisfies readonly Command[]
