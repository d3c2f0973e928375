import { canonicalJson } from '../../../src/shared/base/canonicalJson.ts'
import { addDays, DAY, HOUR } from '../../../src/shared/base/time.ts'
import { wallTimeOf } from '../../../src/shared/base/zone.ts'
import { jobTypeTable } from '../../../src/shared/domain/jobs/tables.ts'
import { ROLES } from '../../../src/shared/domain/people/permissions.ts'
import { businessUnitTable, userTable } from '../../../src/shared/domain/people/tables.ts'
import { REQUIRABLE_FIELDS, SCRIPT_PURPOSES, type ScriptPurpose } from '../../../src/shared/domain/scripts/content.ts'
import { scriptProblem } from '../../../src/shared/domain/scripts/check.ts'
import { shippedScript } from '../../../src/shared/domain/scripts/shipped.ts'
import { type Manual, manualTable, manualVersionTable, readReceiptTable, type Script, scriptTable, scriptVersionTable, SPECIAL_KINDS, specialTable } from '../../../src/shared/domain/scripts/tables.ts'
import type { Generator, World } from '../world.ts'

/** One in seven proposals must be refused. */
const WRONG = 0.15

/** The shipped words with a greeting of the company's own; now and then words that nobody may publish. */
function someContent({ random }: World, purpose: ScriptPurpose): Readonly<Record<string, unknown>> {
  const { steps } = shippedScript(purpose).content
  const greeting = random.chance(WRONG) ? random.pick(['\u201cThat is {prise}.\u201d', '\u201cIt costs $89.\u201d', '']) : `\u201c{company}, this is {agent}, line ${random.below(500)}.\u201d`
  return {
    steps: steps.map((step) => (step.key === 'customer' ? { ...step, words: [greeting] } : step)),
    questions: random.chance(0.5) ? [{ key: random.id(), step: 'problem', label: 'When did it start?', kind: 'choice', options: random.chance(WRONG) ? ['Today'] : ['Today', 'Before'], required: random.chance(0.5) }] : [],
    required: random.chance(0.3) ? [random.pick(REQUIRABLE_FIELDS)] : [],
  }
}

const saveScript: Generator = {
  command: 'script.save',
  propose: (world) => {
    const { random, rows } = world
    const known = random.chance(0.7) ? random.pick(rows(scriptTable).filter(({ state }) => state !== 'retired')) : undefined
    const purpose = known?.purpose ?? random.pick(SCRIPT_PURPOSES) ?? 'booking'
    const jobType = random.chance(0.5) ? random.pick(rows(jobTypeTable)) : undefined
    const unitId = jobType?.businessUnitId ?? random.pick(rows(businessUnitTable))?.id ?? null
    const bound = known ?? { businessUnitId: random.chance(0.5) ? unitId : null, jobTypeId: random.chance(WRONG / 3) ? random.id() : (jobType?.id ?? null) }
    return {
      input: { scriptId: known?.id ?? random.id(), name: `Script ${random.below(100)}`, purpose, businessUnitId: bound.businessUnitId, jobTypeId: bound.jobTypeId, content: someContent(world, purpose) },
    }
  },
}

const publishScript: Generator = {
  command: 'script.publish',
  propose: ({ random, rows }) => {
    const versions = rows(scriptVersionTable)
    // Mostly one whose words are new and sayable.
    const ready = (script: Script): boolean =>
      script.state !== 'retired' && scriptProblem(script.purpose, script.content) === undefined && !versions.some(({ id, content }) => id === script.versionId && canonicalJson(content) === canonicalJson(script.content))
    const wrong = random.chance(WRONG)
    const script = random.pick(rows(scriptTable).filter((candidate) => ready(candidate) !== wrong))
    return script && { input: { scriptId: script.id, versionId: random.id(), note: random.chance(0.5) ? 'A warmer greeting.' : '' } }
  },
}

const retireScript: Generator = {
  command: 'script.retire',
  propose: ({ random, rows }) => {
    const script = random.chance(0.3) ? random.pick(rows(scriptTable).filter(({ state }) => (state === 'retired') === random.chance(WRONG))) : undefined
    return script && { input: { scriptId: script.id } }
  },
}

const saveSpecial: Generator = {
  command: 'special.save',
  propose: ({ random, rows, at, zone }) => {
    const known = random.chance(0.4) ? random.pick(rows(specialTable)) : undefined
    const fromDay = addDays(wallTimeOf(at, zone).day, random.below(30) - 15)
    return {
      input: {
        id: known?.id ?? random.id(),
        name: `Special ${random.below(50)}`,
        kind: random.pick(SPECIAL_KINDS),
        words: random.pick(['Furnace tune-ups are on special this month.', 'Club members go first.', 'Tune-ups are $89 this week.']),
        fromDay,
        toDay: addDays(fromDay, random.chance(WRONG) ? -1 : random.below(40)),
        businessUnitId: random.chance(0.3) ? (random.pick(rows(businessUnitTable))?.id ?? null) : null,
        active: random.chance(0.9),
      },
    }
  },
}

const saveManual: Generator = {
  command: 'manual.save',
  propose: ({ random, rows }) => {
    const known = random.chance(0.7) ? random.pick(rows(manualTable).filter(({ state }) => state !== 'retired')) : undefined
    const body = random.chance(WRONG / 2) ? '' : `Answer within three rings. ${random.below(1000)}`
    return { input: { manualId: known?.id ?? random.id(), name: known?.name ?? 'CSR manual', body, roles: random.chance(WRONG / 2) ? [] : [...new Set([random.pick(ROLES) ?? 'owner', 'inboundCsr' as const])] } }
  },
}

const publishManual: Generator = {
  command: 'manual.publish',
  propose: ({ random, rows, at }) => {
    const versions = rows(manualVersionTable)
    const ready = (manual: Manual): boolean => manual.state !== 'retired' && manual.body !== '' && !versions.some(({ id, body }) => id === manual.versionId && body === manual.body)
    const wrong = random.chance(WRONG / 2)
    const manual = random.pick(rows(manualTable).filter((candidate) => ready(candidate) !== wrong))
    return manual && { input: { manualId: manual.id, versionId: random.id(), note: '', readByAt: at + (random.chance(WRONG / 2) ? -HOUR : DAY + random.below(10) * DAY) } }
  },
}

const retireManual: Generator = {
  command: 'manual.retire',
  propose: ({ random, rows }) => {
    const manual = random.chance(0.2) ? random.pick(rows(manualTable).filter(({ state }) => (state === 'retired') === random.chance(WRONG))) : undefined
    return manual && { input: { manualId: manual.id } }
  },
}

const acknowledge: Generator = {
  command: 'manual.acknowledge',
  propose: ({ random, rows }) => {
    if (random.chance(WRONG / 3)) return { input: { versionId: random.id() } }
    const due = random.chance(0.8) ? random.pick(rows(readReceiptTable).filter(({ state }) => state === 'due')) : undefined
    if (due) return { actorId: due.userId, input: { versionId: due.versionId } }
    const version = random.pick(rows(manualVersionTable))
    const reader = random.pick(rows(userTable).filter(({ presence }) => presence !== 'left'))
    return version && reader && { actorId: reader.id, input: { versionId: version.id } }
  },
}

export const scriptsGenerators: readonly Generator[] = [saveScript, publishScript, retireScript, saveSpecial, saveManual, publishManual, retireManual, acknowledge]
