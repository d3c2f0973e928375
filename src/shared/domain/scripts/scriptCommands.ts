import { z } from 'zod'
import { canonicalJson } from '../../base/canonicalJson.ts'
import { insert, update } from '../kernel/changes.ts'
import { accept, defineIntention } from '../kernel/command.ts'
import { idInput, lineInput, optionalLine } from '../kernel/inputs.ts'
import { all, get, getIf, type Loading } from '../kernel/load.ts'
import { refuse, type Refused } from '../kernel/refusal.ts'
import { jobTypeTable, type JobType } from '../jobs/tables.ts'
import { businessUnitTable } from '../people/tables.ts'
import { scriptProblem } from './check.ts'
import { contentInput, SCRIPT_PURPOSE_NAMES, SCRIPT_PURPOSES } from './content.ts'
import { type Binding, sameBinding } from './fitting.ts'
import { type Script, scriptTable, scriptVersionTable } from './tables.ts'

interface Bound {
  readonly businessUnitId: string | null
  readonly jobTypeId: string | null
}

function* loadBinding(input: Bound): Loading<{ readonly unitKnown: boolean; readonly jobType: JobType | undefined }> {
  return {
    unitKnown: input.businessUnitId === null || (yield* get(businessUnitTable, input.businessUnitId)) !== undefined,
    jobType: yield* getIf(jobTypeTable, input.jobTypeId),
  }
}

/** Two scripts for the same calls: nobody could say which of them is read out. */
function takenBinding(binding: Binding, id: string, scripts: readonly Script[]): Refused | undefined {
  const other = scripts.find((script) => script.id !== id && script.state !== 'retired' && sameBinding(script, binding))
  return other && refuse('script.sameCalls', `\u201c${other.name}\u201d is for the same calls. Change that one, or bind this one to another unit or job type.`, { field: 'jobTypeId', subject: { kind: 'script', id: other.id } })
}

export const saveScript = defineIntention({
  name: 'script.save',
  version: 1,
  summary: 'Write a script or change what is written; calls go on with the version that is published.',
  permission: 'settings.edit',
  input: z.strictObject({
    scriptId: idInput,
    name: lineInput('The name', 60),
    purpose: z.enum(SCRIPT_PURPOSES, 'Choose what the script is for.'),
    businessUnitId: idInput.nullable(),
    jobTypeId: idInput.nullable(),
    content: contentInput,
  }),
  *load(input) {
    return { scripts: yield* all(scriptTable), ...(yield* loadBinding(input)) }
  },
  decide(input, { scripts, unitKnown, jobType }) {
    const { scriptId, ...values } = input
    const existing = scripts.find(({ id }) => id === scriptId)
    if (existing?.state === 'retired') return refuse('script.retired', `\u201c${existing.name}\u201d is retired. Write a new script.`, { subject: { kind: 'script', id: existing.id } })
    if (!unitKnown) return refuse('script.unknownUnit', 'Choose a business unit, or every unit.', { field: 'businessUnitId' })
    if (input.jobTypeId !== null && !jobType) return refuse('script.unknownType', 'Choose a job type, or every job type.', { field: 'jobTypeId' })
    if (jobType && input.businessUnitId !== null && jobType.businessUnitId !== input.businessUnitId) {
      return refuse('script.wrongUnit', `\u201c${jobType.name}\u201d belongs to another unit. Choose its unit, or every unit.`, { field: 'jobTypeId' })
    }
    const taken = takenBinding(input, scriptId, scripts)
    if (taken) return taken
    return accept(existing ? update(scriptTable, existing, values) : insert(scriptTable, { id: scriptId, ...values, state: 'draft', versionId: null, versionNumber: 0 }))
  },
})

export const publishScript = defineIntention({
  name: 'script.publish',
  version: 1,
  summary: 'Have calls that begin from now on say what is written; calls that are live go on as they began.',
  permission: 'settings.edit',
  input: z.strictObject({ scriptId: idInput, versionId: idInput, note: optionalLine('What is new', 200) }),
  *load(input) {
    const scripts = yield* all(scriptTable)
    const script = scripts.find(({ id }) => id === input.scriptId)
    return { scripts, script, version: yield* get(scriptVersionTable, input.versionId), current: yield* getIf(scriptVersionTable, script?.versionId) }
  },
  decide(input, { scripts, script, version, current }, context) {
    if (!script) return refuse('script.unknown', 'This script is not there. Look at the list again.', { field: 'scriptId' })
    if (version) return refuse('script.published', `This is published already, as version ${version.number}.`, { subject: { kind: 'script', id: script.id } })
    if (script.state === 'retired') return refuse('script.retired', `\u201c${script.name}\u201d is retired. Write a new script.`, { subject: { kind: 'script', id: script.id } })
    const taken = takenBinding(script, script.id, scripts)
    if (taken) return taken
    const wrong = scriptProblem(script.purpose, script.content)
    if (wrong) return refuse('script.notReady', wrong.message, { field: wrong.field, subject: { kind: 'script', id: script.id } })
    const { name, purpose, businessUnitId, jobTypeId, content } = script
    if (current && sameBinding(current, script) && current.name === name && canonicalJson(current.content) === canonicalJson(content)) {
      return refuse('script.unchanged', `Nothing has changed since version ${current.number}.`, { subject: { kind: 'script', id: script.id } })
    }
    const number = script.versionNumber + 1
    return accept(
      insert(scriptVersionTable, { id: input.versionId, scriptId: script.id, number, name, purpose, businessUnitId, jobTypeId, content, note: input.note, publishedAt: context.at, publishedBy: context.actorId }),
      update(scriptTable, script, { state: 'published', versionId: input.versionId, versionNumber: number }),
    )
  },
})

export const retireScript = defineIntention({
  name: 'script.retire',
  version: 1,
  summary: 'Take a script out of use; what was booked with it keeps its words.',
  permission: 'settings.edit',
  input: z.strictObject({ scriptId: idInput }),
  *load(input) {
    return yield* get(scriptTable, input.scriptId)
  },
  decide(_input, script) {
    if (!script) return refuse('script.unknown', 'This script is not there. Look at the list again.', { field: 'scriptId' })
    if (script.state === 'retired') return refuse('script.retired', `\u201c${script.name}\u201d is retired already. ${SCRIPT_PURPOSE_NAMES[script.purpose]} goes on with the next that fits.`, { subject: { kind: 'script', id: script.id } })
    return accept(update(scriptTable, script, { state: 'retired', versionId: null }))
  },
})
