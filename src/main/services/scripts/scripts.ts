import { canonicalJson } from '../../../shared/base/canonicalJson.ts'
import { compareText } from '../../../shared/base/text.ts'
import type { BookingScripts, ScriptSettings, scriptsMethods } from '../../../shared/contract/methods/scripts.ts'
import { all, get, getMany, range } from '../../../shared/domain/kernel/load.ts'
import { userTable } from '../../../shared/domain/people/tables.ts'
import type { ScriptContent } from '../../../shared/domain/scripts/content.ts'
import { sameBinding } from '../../../shared/domain/scripts/fitting.ts'
import { namesPrice } from '../../../shared/domain/scripts/merge.ts'
import { type Script, scriptTable, scriptVersionTable, type ScriptVersion, type Special, specialTable } from '../../../shared/domain/scripts/tables.ts'
import type { Asked, Implementation } from '../../core/service.ts'
import { answersOf, manualForReading, manualsForReading, manualSettings, readersOf } from './manuals.ts'

type Content = ScriptSettings['content']

/** A copy that the answer may own. */
function contentOf({ steps, questions, required }: ScriptContent): Content {
  return {
    steps: steps.map((step) => ({ ...step, words: [...step.words] })),
    questions: questions.map((question) => ({ ...question, options: [...question.options] })),
    required: [...required],
  }
}

const specialOf = ({ id, name, kind, words, fromDay, toDay, businessUnitId }: Special): BookingScripts['specials'][number] => ({ id, name, kind, words, fromDay, toDay, businessUnitId })

function publishedScripts({ store: { engine } }: Asked): BookingScripts['scripts'] {
  const ids = engine.run(all(scriptTable)).flatMap(({ state, versionId }) => (state === 'published' && versionId !== null ? [versionId] : []))
  return engine.run(getMany(scriptVersionTable, ids)).map(({ id, scriptId, name, number, purpose, businessUnitId, jobTypeId, content }) => ({ versionId: id, scriptId, name, number, purpose, businessUnitId, jobTypeId, content: contentOf(content) }))
}

function sameWords(script: Script, version: ScriptVersion | undefined): boolean {
  return version !== undefined && sameBinding(script, version) && script.name === version.name && canonicalJson(script.content) === canonicalJson(version.content)
}

function scriptSettings({ store: { engine } }: Asked): ScriptSettings[] {
  return engine
    .run(all(scriptTable))
    .toSorted((left, right) => compareText(left.name.toLowerCase(), right.name.toLowerCase()))
    .map((script) => {
      const { id, name, purpose, businessUnitId, jobTypeId, state, versionNumber } = script
      const version = script.versionId === null ? undefined : engine.run(get(scriptVersionTable, script.versionId))
      return { id, name, purpose, businessUnitId, jobTypeId, content: contentOf(script.content), state, versionNumber, unpublished: state !== 'retired' && !sameWords(script, version) }
    })
}

function history(scriptId: string, { store: { engine } }: Asked) {
  const names = new Map(engine.run(all(userTable)).map(({ id, name }) => [id, name]))
  return engine
    .run(range(scriptVersionTable, 'byScript', [scriptId]))
    .toSorted((left, right) => right.number - left.number)
    .map(({ id, number, name, note, publishedAt, publishedBy, content }) => ({ versionId: id, number, name, note, publishedAt, publishedBy: names.get(publishedBy) ?? 'Somebody', content: contentOf(content) }))
}

export const scriptsService: Implementation<typeof scriptsMethods> = {
  'booking.scripts': (_input, asked) => {
    const mayQuote = asked.session.may('price.see')
    const specials = asked.store.engine.run(all(specialTable)).filter(({ active, words }) => active && (mayQuote || !namesPrice(words)))
    return { scripts: publishedScripts(asked), specials: specials.map(specialOf) }
  },
  'scripts.list': (_input, asked) => ({
    scripts: scriptSettings(asked),
    specials: asked.store.engine
      .run(all(specialTable))
      .toSorted((left, right) => compareText(right.toDay, left.toDay))
      .map((special) => ({ ...specialOf(special), active: special.active })),
  }),
  'scripts.history': ({ scriptId }, asked) => ({ versions: history(scriptId, asked) }),
  'manuals.list': (_input, asked) => ({ manuals: manualsForReading(asked) }),
  'manuals.get': ({ manualId }, asked) => manualForReading(manualId, asked),
  'manuals.answers': (_input, asked) => ({ sections: answersOf(asked) }),
  'manuals.settings': (_input, asked) => ({ manuals: manualSettings(asked) }),
  'manuals.readers': ({ manualId }, asked) => readersOf(manualId, asked),
}
