import type { practiceLineMethods } from '../../../shared/contract/methods/practiceLine.ts'
import { type Implementation, ServiceError } from '../../core/service.ts'
import { ringPractice } from '../../phone/practiceCaller.ts'
import { fillCard, PRACTICE_SCRIPTS } from '../../phone/practiceScripts.ts'

/** The list of callers speaks of nobody yet: the customer is picked when the telephone rings. */
const SOMEBODY = { name: 'A customer', first: 'the customer', address: 'the house', other: 'somebody else' }

export const practiceLineService: Implementation<typeof practiceLineMethods> = {
  'practice.state': (_input, asked) => ({
    everyMinutes: asked.liveCalls.practiceEvery,
    scripts: PRACTICE_SCRIPTS.map(({ key, card }) => {
      const { title, goal } = fillCard(card, SOMEBODY)
      return { key, title, goal }
    }),
  }),
  'practice.ring': ({ script }, asked) => {
    if (asked.practice.kind === 'room') throw new ServiceError('practice.oneAtATime', 'One caller at a time in an exercise.')
    if (script !== undefined && !PRACTICE_SCRIPTS.some(({ key }) => key === script)) {
      throw new ServiceError('practice.unknownScript', 'The practice line has no such caller. Choose one from the list.', { field: 'script' })
    }
    return ringPractice(asked, script ?? null)
  },
  'practice.schedule': ({ everyMinutes }, asked) => {
    asked.liveCalls.practiceEvery = everyMinutes
    asked.phone.send({ kind: 'practiceSchedule', everyMinutes })
    return { everyMinutes }
  },
}
