import { formatMoney } from '../../../shared/base/money.ts'
import type { Attention } from '../../../shared/contract/methods/hub.ts'
import { refusedChangeTable, type RefusedChange } from '../../../shared/domain/attention/tables.ts'
import { get } from '../../../shared/domain/kernel/load.ts'
import type { Asked } from '../../core/service.ts'
import { firstPhones } from '../customers/phones.ts'
import { choicesFor } from './choices.ts'
import type { Opens } from './given.ts'
import { deedOf } from './describe.ts'
import { inputOf } from './givenInput.ts'
import { lookFor, type Look, momentWords } from './look.ts'
import { fallenWith, settlingOf } from './settling.ts'
import { shownSentence } from './shownSentence.ts'
import { standingNow } from './standing.ts'

const NUMBER_NAMES: Readonly<Record<string, string>> = { job: 'Job', invoice: 'Invoice', batch: 'Batch', customer: 'Customer' }

/** Numbers stay used, so that nobody looks for the one that is missing; what stands has its own. */
function numberLines(change: RefusedChange): readonly string[] {
  if (change.kind === 'flagged') return []
  return Object.entries(change.numbers).map(([kind, number]) => `${NUMBER_NAMES[kind] ?? kind} number ${number} was taken for it and stays used`)
}

function moneyLines(change: RefusedChange): readonly string[] {
  return change.amountCents === null ? [] : [`${formatMoney(change.amountCents)} was taken and is kept here until this is settled`]
}

function visitVersionOf(change: RefusedChange, look: Look): number | null {
  const input = inputOf(change)
  if (typeof input !== 'object' || input === null || !('appointmentId' in input) || typeof input.appointmentId !== 'string') return null
  return look.visit(input.appointmentId)?.version ?? null
}

/** What came in under another number than it was given. */
function documentOf({ kind, subjectKind, subjectId }: RefusedChange): Opens | null {
  return kind === 'flagged' && subjectKind !== null && subjectId !== null ? { kind: subjectKind, id: subjectId, day: null } : null
}

const WHY_STANDS = 'It stands: it happened, and the records say so.'

/** Answers `attention.get`: what was done, what stands instead, and what can be done about it. */
export function readAttention(id: string, asked: Asked): Attention | null {
  const { engine } = asked.store
  const change = engine.run(get(refusedChangeTable, id))
  if (!change) return null
  const look = lookFor(asked)
  const deed = deedOf(change, look)
  const standing = standingNow(change, asked, look)
  const fallen = engine.run(fallenWith(id))
  const settling = settlingOf(asked, id)
  const who = look.person(change.actorId)
  const cause: Opens | null = change.causeId === null ? null : { kind: 'refused_change', id: change.causeId, day: null }
  const theirs = cause ?? documentOf(change) ?? standing.opens
  return {
    id,
    promiseId: settling?.promise.id ?? null,
    state: change.state,
    kind: change.kind,
    ours: { title: deed.title, lines: [`${who === '' ? 'Somebody who is not here' : who}, ${momentWords(change.at, look)}`, ...deed.lines, ...numberLines(change)], opens: deed.opens },
    theirs: { title: shownSentence(change.message, look.pricesShown), lines: [...(change.kind === 'flagged' ? [WHY_STANDS] : []), ...standing.lines, ...moneyLines(change)], opens: theirs },
    fallen: fallen.map((other) => deedOf(other, look).title),
    amountCents: change.amountCents,
    phone: change.customerId === null ? null : (firstPhones(asked.store, [change.customerId]).get(change.customerId) ?? null),
    choices: choicesFor({
      change,
      settling,
      fallen: fallen.length,
      visitVersion: visitVersionOf(change, look),
      opens: (theirs ?? deed.opens)?.kind ?? null,
      may: (permission) => asked.session.may(permission),
    }),
  }
}
