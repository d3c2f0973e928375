import { compareText } from '../../base/text.ts'
import type { PublishedScript, ScriptNeed } from './published.ts'
import { shippedScript } from './shipped.ts'

export type Binding = Pick<PublishedScript, 'purpose' | 'businessUnitId' | 'jobTypeId'>

export function fits(binding: Binding, need: ScriptNeed): boolean {
  return (
    binding.purpose === need.purpose &&
    (binding.businessUnitId === null || binding.businessUnitId === need.businessUnitId) &&
    (binding.jobTypeId === null || binding.jobTypeId === need.jobTypeId)
  )
}

/** A job type says more than the unit it belongs to. */
export function specificity({ businessUnitId, jobTypeId }: Pick<Binding, 'businessUnitId' | 'jobTypeId'>): number {
  return (jobTypeId === null ? 0 : 2) + (businessUnitId === null ? 0 : 1)
}

/** Two scripts that would fit the same calls equally well. */
export function sameBinding(one: Binding, other: Binding): boolean {
  return one.purpose === other.purpose && one.businessUnitId === other.businessUnitId && one.jobTypeId === other.jobTypeId
}

/**
 * The script of a call: of those that fit, the one bound most closely; where none does, the one Baton ships with, so that
 * no call is without words. Two of the same binding can stand side by side for a moment (published on two workstations that
 * did not hear of each other): every workstation then takes the same one.
 */
export function fittingScript(published: readonly PublishedScript[], need: ScriptNeed): PublishedScript {
  const [best] = published
    .filter((script) => fits(script, need))
    .toSorted((left, right) => specificity(right) - specificity(left) || compareText(left.scriptId, right.scriptId) || right.number - left.number || compareText(left.versionId, right.versionId))
  return best ?? shippedScript(need.purpose)
}
