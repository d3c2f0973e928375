import { parentPort } from 'node:worker_threads'
import { answerPlanning, type PlanningQuestion } from './questions.ts'
import type { FromPlanner } from './plannerThread.ts'

/** The thread in which days are planned: one question after the other, nothing kept between them. */
const port = parentPort
if (!port) throw new Error('The planner runs in a thread of its own')

port.on('message', ({ number, question }: { readonly number: number; readonly question: PlanningQuestion }) => {
  let told: FromPlanner
  try {
    told = { number, answer: answerPlanning(question, () => performance.now()) }
  } catch (error) {
    told = { number, failure: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
  port.postMessage(told)
})
