import { Worker } from 'node:worker_threads'
import type { PlanningAnswer, PlanningAnswers, PlanningQuestion } from './questions.ts'

export type FromPlanner = { readonly number: number; readonly answer: PlanningAnswer } | { readonly number: number; readonly failure: string }

interface Waiting {
  readonly resolve: (answer: PlanningAnswer) => void
  readonly reject: (error: Error) => void
}

function startThread(): Worker {
  const built = import.meta.url.endsWith('.js')
  return new Worker(new URL(built ? './planner.js' : './plannerEntry.ts', import.meta.url), { name: 'baton-planner' })
}

/**
 * Plans in a thread of its own: a search lasts as long as its budget, and nobody's key, ring or answer may wait for it in the
 * store's thread. It is started by the first question and kept, because starting costs more than most answers.
 */
export class PlannerThread {
  readonly #start: () => Worker
  readonly #waiting = new Map<number, Waiting>()
  #thread: Worker | null = null
  #asked = 0
  #started = 0
  #closed = false

  constructor(start: () => Worker = startThread) {
    this.#start = start
  }

  /** Grows with every thread: what an earlier one had learned is gone with it. */
  get generation(): number {
    return this.#thread === null ? this.#started + 1 : this.#started
  }

  /** @throws where the planner fails, or is closed before it has answered */
  ask<Kind extends PlanningQuestion['kind']>(question: Extract<PlanningQuestion, { readonly kind: Kind }>): Promise<PlanningAnswers[Kind]> {
    if (this.#closed) return Promise.reject(new Error('The planner is closed'))
    const thread = (this.#thread ??= this.#begin())
    const number = (this.#asked += 1)
    return new Promise((resolve, reject) => {
      // The thread answers a question with an answer of its kind.
      this.#waiting.set(number, { resolve: (answer) => resolve(answer as PlanningAnswers[Kind]), reject })
      thread.postMessage({ number, question })
    })
  }

  async close(): Promise<void> {
    this.#closed = true
    const thread = this.#thread
    this.#lost(new Error('Baton is closing'))
    await thread?.terminate()
  }

  #begin(): Worker {
    const thread = this.#start()
    this.#started += 1
    // Nothing is lost with it: it does not keep the program up.
    thread.unref()
    thread.on('message', (told: FromPlanner) => {
      const waiting = this.#waiting.get(told.number)
      this.#waiting.delete(told.number)
      if ('failure' in told) waiting?.reject(new Error(told.failure))
      else waiting?.resolve(told.answer)
    })
    const gone = (error: Error): void => {
      if (this.#thread === thread) this.#lost(error)
    }
    thread.on('error', gone)
    thread.on('exit', (code) => gone(new Error(`The planner ended with code ${code}`)))
    return thread
  }

  /** The next question starts another. */
  #lost(error: Error): void {
    this.#thread = null
    const waiting = [...this.#waiting.values()]
    this.#waiting.clear()
    for (const { reject } of waiting) reject(error)
  }
}
