import { all, getMany } from '../../../shared/domain/kernel/load.ts'
import { jobTypeTable } from '../../../shared/domain/jobs/tables.ts'
import { businessUnitTable } from '../../../shared/domain/people/tables.ts'
import { scriptTable, scriptVersionTable, specialTable } from '../../../shared/domain/scripts/tables.ts'
import { derivedId } from '../../../shared/base/id.ts'
import type { Store } from '../../store/store.ts'
import { JOB_TYPES, UNITS } from '../sample/catalogue.ts'
import type { ReferenceIds, Step } from '../sample/startingData.ts'

interface Names {
  readonly unit: ReadonlyMap<string, string>
  readonly jobType: ReadonlyMap<string, string>
}

function namesOf({ engine }: Store): Names {
  return {
    unit: new Map(engine.run(all(businessUnitTable)).map(({ id, name }) => [id, name])),
    jobType: new Map(engine.run(all(jobTypeTable)).map(({ id, name }) => [id, name])),
  }
}

/** The room\u2019s unit or job type of the same name; undefined where it has none, null where none is meant. */
function inRoom(ids: ReferenceIds, names: Names, bound: { readonly businessUnitId: string | null; readonly jobTypeId: string | null }) {
  const unit = bound.businessUnitId === null ? null : UNITS.find(({ name }) => name === names.unit.get(bound.businessUnitId ?? ''))
  const type = bound.jobTypeId === null ? null : JOB_TYPES.find(({ name }) => name === names.jobType.get(bound.jobTypeId ?? ''))
  if (unit === undefined || type === undefined) return undefined
  return { businessUnitId: unit && ids.unit(unit.key), jobTypeId: type && ids.jobType(type) }
}

/**
 * What the company says on its calls, for the practice company: every published script and special that speaks of all
 * calls, or of a unit or job type that the practice company has too.
 */
export function companyWords(office: Store, ids: ReferenceIds): readonly Step[] {
  const names = namesOf(office)
  const { engine } = office
  const published = engine.run(all(scriptTable)).flatMap(({ state, versionId }) => (state === 'published' && versionId !== null ? [versionId] : []))
  const scripts = engine.run(getMany(scriptVersionTable, published)).flatMap(({ scriptId, name, purpose, content, ...bound }): readonly Step[] => {
    const binding = inRoom(ids, names, bound)
    if (!binding) return []
    return [
      { name: 'script.save', input: { scriptId, name, purpose, content, ...binding } },
      { name: 'script.publish', input: { scriptId, versionId: derivedId('practice-version', scriptId), note: '' } },
    ]
  })
  const specials = engine.run(all(specialTable)).flatMap(({ id, name, kind, words, fromDay, toDay, active, businessUnitId }): readonly Step[] => {
    const binding = inRoom(ids, names, { businessUnitId, jobTypeId: null })
    return binding && active ? [{ name: 'special.save', input: { id, name, kind, words, fromDay, toDay, active, businessUnitId: binding.businessUnitId } }] : []
  })
  return [...scripts, ...specials]
}
