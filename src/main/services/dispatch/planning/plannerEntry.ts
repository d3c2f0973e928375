import { parentPort } from 'node:worker_threads'
import { WindowDays } from './offeredWindows.ts'
import { answerPlanning, type PlanningQuestion } from './questions.ts'
import type { FromPlanner } from './plannerThread.ts'

/** The thread in which days are planned: one question after the other. Kept between them is only what was learned of the days ahead. */
const port = parentPort
if (!port) throw new Error('The planner runs in a thread of its own')

const days = new WindowDays()

port.on('message', ({ number, question }: { readonly number: number; readonly question: PlanningQuestion }) => {
  let told: FromPlanner
  try {
    told = { number, answer: answerPlanning(question, () => performance.now(), days) }
  } catch (error) {
    told = { number, failure: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
  port.postMessage(told)
})
