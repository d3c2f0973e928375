import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'

/** A process that does work it is asked for over IPC: `{n, name, input}`, answered `{n, result}` or `{n, error}`. */
export interface Child {
  readonly pid: number
  ask<Answer>(name: string, input?: unknown): Promise<Answer>
  stop(): Promise<void>
}

interface Question {
  readonly resolve: (answer: never) => void
  readonly reject: (error: Error) => void
}

function hear(child: ChildProcess, questions: Map<number, Question>): void {
  child.on('message', (message) => {
    const { n, result, error } = message as { readonly n: number; readonly result?: unknown; readonly error?: string }
    const question = questions.get(n)
    questions.delete(n)
    if (error === undefined) question?.resolve(result as never)
    else question?.reject(new Error(error))
  })
  child.once('close', (code) => {
    for (const { reject } of questions.values()) reject(new Error(`The process ended with ${code}`))
    questions.clear()
  })
}

/** Starts a script as a process of its own, so that what it measures is not held up by the rest. */
export function startChild(script: string, words: readonly string[] = []): Child {
  const child = fork(script, words, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], serialization: 'advanced' })
  const questions = new Map<number, Question>()
  let last = 0
  hear(child, questions)
  const ended = once(child, 'close')
  return {
    pid: child.pid ?? 0,
    ask: (name, input) =>
      new Promise((resolve, reject) => {
        last += 1
        questions.set(last, { resolve, reject })
        child.send({ n: last, name, input })
      }),
    async stop() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
      await ended
    },
  }
}

type Work = Readonly<Record<string, (input: never) => unknown>>

/** The other end: does what it is asked for, until whoever started it is gone. */
export function serveParent(work: Work): void {
  process.on('message', (message) => {
    const { n, name, input } = message as { readonly n: number; readonly name: string; readonly input: never }
    void (async () => {
      try {
        process.send?.({ n, result: await work[name]?.(input) })
      } catch (error) {
        process.send?.({ n, error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
      }
    })()
  })
  process.on('disconnect', () => process.exit(0))
}
