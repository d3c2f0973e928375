import type { ExerciseState, exerciseMethods, PracticeResultRow } from '../../../shared/contract/methods/practice.ts'
import { getIf } from '../../../shared/domain/kernel/load.ts'
import { userTable } from '../../../shared/domain/people/tables.ts'
import type { PracticeResult } from '../../../shared/domain/practice/tables.ts'
import { type Asked, type Implementation, ServiceError } from '../../core/service.ts'
import { and, desc, eq, schema } from '../../store/schema.ts'
import type { PracticePort } from './port.ts'
import { exerciseCall, gather } from './gather.ts'

/** So many results are listed; older ones stay recorded. */
const MOST_RESULTS = 500

type Room = Extract<PracticePort, { readonly kind: 'room' }>

function roomOf({ practice }: Asked): Room {
  if (practice.kind !== 'room') throw new ServiceError('practice.noExercise', 'No exercise is under way at this page. Choose a caller in Practice.')
  return practice
}

function rowOf(result: PracticeResult, name: string): PracticeResultRow {
  const { id, userId, callerKey, callerVersion, fieldPoints, orderPoints, wordPoints, timePoints, total, seconds, finishedAt, findings } = result
  return {
    resultId: id,
    userId,
    name,
    callerKey,
    callerVersion,
    points: { fields: fieldPoints, order: orderPoints, words: wordPoints, time: timePoints },
    total,
    seconds,
    finishedAt,
    findings: findings.map((finding) => ({ ...finding })),
  }
}

function resultsOf(asked: Asked, whose: 'mine' | 'everyone'): PracticeResultRow[] {
  if (whose === 'everyone' && !asked.session.may('people.edit')) throw new ServiceError('people.notAllowed', 'Only who looks after the people of the office sees what everybody scored.')
  const { engine, db, companyId } = asked.store
  const { practiceResult } = schema
  return db
    .select()
    .from(practiceResult)
    .where(and(eq(practiceResult.companyId, companyId), whose === 'mine' ? eq(practiceResult.userId, asked.actorId) : undefined))
    .orderBy(desc(practiceResult.finishedAt), desc(practiceResult.id))
    .limit(MOST_RESULTS)
    .all()
    .map((result) => rowOf(result, engine.run(getIf(userTable, result.userId))?.name ?? 'Somebody'))
}

function stateOf(asked: Asked): ExerciseState | null {
  const { practice } = asked
  if (practice.kind !== 'room') return null
  const { exercise } = practice
  const call = exerciseCall(asked, exercise)
  if (call && call.answeredAt !== null) exercise.answered()
  return {
    callerKey: exercise.caller.key,
    call: call === undefined ? 'ringing' : call.state,
    turns: exercise.turns.map((turn) => ({ ...turn })),
    more: exercise.hasMore && call?.state === 'live',
    concluded: call !== undefined && call.state === 'ended' && call.outcome !== null && !call.outcomeByRule,
  }
}

/** The line goes dead as soon as the caller has said the words that break off. */
function hangUpWhereCutOff(asked: Asked, { exercise }: Room): void {
  if (exercise.cutOff) asked.phone.send({ kind: 'practiceCutOff', externalId: exercise.externalId })
}

function mustBeLive(asked: Asked, { exercise }: Room): void {
  const call = exerciseCall(asked, exercise)
  if (call?.state === 'live') return exercise.answered()
  throw new ServiceError('practice.notOnTheLine', call?.state === 'ended' ? 'The call is over, so nobody hears this.' : 'Answer the call first: F8.')
}

export const practiceService: Implementation<typeof exerciseMethods> = {
  'exercise.results': ({ whose }, asked) => ({ results: resultsOf(asked, whose) }),

  'exercise.begin': async ({ callerKey }, asked) => {
    if (asked.practice.kind !== 'office') throw new ServiceError('practice.underWay', 'An exercise is under way at this page. Finish or leave it first.')
    const talking = asked.liveCalls.all().some(({ call }) => 'agentId' in call && call.agentId === asked.actorId)
    if (talking) throw new ServiceError('practice.onACall', 'You are on a call. Practice when it is over.')
    const person = asked.store.engine.run(getIf(userTable, asked.actorId))
    return { ticket: await asked.practice.begin({ userId: asked.actorId, name: person?.name ?? 'Trainee' }, callerKey) }
  },

  'exercise.now': (_input, asked) => ({ exercise: stateOf(asked) }),

  'exercise.say': ({ step, words }, asked) => {
    const room = roomOf(asked)
    mustBeLive(asked, room)
    room.exercise.say(step, words)
    hangUpWhereCutOff(asked, room)
    return {}
  },

  'exercise.goOn': (_input, asked) => {
    const room = roomOf(asked)
    mustBeLive(asked, room)
    room.exercise.goOn()
    hangUpWhereCutOff(asked, room)
    return {}
  },

  'exercise.finish': (_input, asked) => {
    const room = roomOf(asked)
    const call = exerciseCall(asked, room.exercise)
    if (!call || call.answeredAt === null) throw new ServiceError('practice.notAnswered', 'The call was not answered, so there is nothing to score. Leave the exercise, or answer: F8.')
    if (call.state !== 'ended') throw new ServiceError('practice.stillTalking', 'You are still on the call. End it (Shift+F8), then look at your score.')
    return { resultId: room.keep(gather(asked, room.exercise, call)) }
  },

  'exercise.leave': (_input, asked) => {
    roomOf(asked).leave()
    return {}
  },
}
