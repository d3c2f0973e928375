import type { SuggestedTechnician } from '../../../../shared/contract/methods/assistant.ts'
import type { BoardVisit } from '../../../../shared/contract/methods/dispatch.ts'
import { type Suggestion, tryPlan } from '../boardLayout.ts'

/** Somebody who could take a visit, as the board sees it and as the assistant does, who knows the drives. */
export interface AssistedSuggestion extends Suggestion {
  /** What speaks for them. */
  readonly why: readonly string[]
  /** What the assistant has against them; null where it was not asked or did not answer. */
  readonly whyNot: string | null
}

/**
 * Puts technicians in the assistant's order, with the time it found and its reasons. Whoever it does not know keeps what the
 * board itself has found, behind the others.
 */
export function withAssistant(visit: BoardVisit, suggestions: readonly Suggestion[], found: readonly SuggestedTechnician[]): readonly AssistedSuggestion[] {
  const order = new Map(found.map((technician, index) => [technician.id, { technician, index }]))
  return suggestions
    .map((suggestion): AssistedSuggestion => {
      const technician = order.get(suggestion.row.technician.id)?.technician
      if (!technician) return { ...suggestion, why: [], whyNot: null }
      const { startsAt, why, whyNot } = technician
      if (startsAt === null) return { ...suggestion, why, whyNot }
      return { ...suggestion, startsAt, trial: tryPlan(visit, suggestion.row, startsAt), why, whyNot }
    })
    .toSorted((left, right) => (order.get(left.row.technician.id)?.index ?? Infinity) - (order.get(right.row.technician.id)?.index ?? Infinity) || 0)
}
