import { all, getMany } from '../../../shared/domain/kernel/load.ts'
import { type JobType, jobTypeTable } from '../../../shared/domain/jobs/tables.ts'
import { businessUnitTable } from '../../../shared/domain/people/tables.ts'
import { scriptTable, scriptVersionTable, specialTable } from '../../../shared/domain/scripts/tables.ts'
import { derivedId } from '../../../shared/base/id.ts'
import type { Store } from '../../store/store.ts'
import { JOB_TYPES, UNITS } from '../sample/catalogue.ts'
import type { ReferenceIds, Step } from '../sample/startingData.ts'

interface Names {
  readonly unit: ReadonlyMap<string, string>
  readonly jobType: ReadonlyMap<string, JobType>
}

function namesOf({ engine }: Store): Names {
  return {
    unit: new Map(engine.run(all(businessUnitTable)).map(({ id, name }) => [id, name])),
    jobType: new Map(engine.run(all(jobTypeTable)).map((jobType) => [jobType.id, jobType])),
  }
}

const unitNamed = (name: string | undefined) => UNITS.find((unit) => unit.name === name)

/**
 * The room’s unit and job type of the same names; undefined where it has none, null where none is meant. A company may have
 * moved a job type to another unit than the one it comes with: that one the room does not have.
 */
function inRoom(ids: ReferenceIds, names: Names, bound: { readonly businessUnitId: string | null; readonly jobTypeId: string | null }) {
  const unit = bound.businessUnitId === null ? null : unitNamed(names.unit.get(bound.businessUnitId))
  const named = bound.jobTypeId === null ? null : names.jobType.get(bound.jobTypeId)
  const type = named === null ? null : JOB_TYPES.find(({ name, unit: key }) => name === named?.name && key === unitNamed(names.unit.get(named.businessUnitId))?.key)
  if (unit === undefined || type === undefined || (unit && type && type.unit !== unit.key)) return undefined
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
