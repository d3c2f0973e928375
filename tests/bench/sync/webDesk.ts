import { randomUUID } from 'node:crypto'
import { startWorker } from '../../../src/main/core/startWorker.ts'
import { hostWorker } from '../../../src/main/core/workerHost.ts'
import type { PhoneEvent } from '../../../src/main/phone/port.ts'
import type { ServerFrame } from '../../../src/shared/contract/frames.ts'
import { newId } from '../../../src/shared/base/id.ts'

type Heard = (name: string, payload: unknown) => void

interface Question {
  readonly resolve: (answer: never) => void
  readonly reject: (error: Error) => void
}

/** A page's frames to and from the backend in its worker. */
export interface DeskPage {
  ask<Answer>(method: string, input: unknown, commandId?: string): Promise<Answer>
}

/** A workstation as a host runs it: the store in its own thread, the telephone and a page beside it. */
export interface WebDesk {
  page(heard?: Heard): DeskPage
  /** The telephone says something. */
  ring(event: PhoneEvent): void
  close(): Promise<void>
}

export async function startWebDesk(dataDir: string): Promise<WebDesk> {
  let tell: (event: PhoneEvent) => void = () => undefined
  const host = hostWorker(startWorker({ dataDir, version: 'bench', desktop: false }), {
    shell: { offerFile: () => Promise.resolve({ kind: 'canceled' }), notify: () => undefined },
    phone: {
      send: () => undefined,
      listen(listener) {
        tell = listener
        return () => undefined
      },
      close: () => undefined,
    },
    log: { info: () => undefined, warn: () => undefined, error: (event, details) => console.error(event, details) },
  })
  const failure = await host.ready
  if (failure) throw new Error(failure.message)
  return {
    page: (heard = () => undefined) => openPage(host, heard),
    ring: (event) => tell(event),
    close: () => host.close(),
  }
}

function openPage(host: ReturnType<typeof hostWorker>, heard: Heard): DeskPage {
  const questions = new Map<number, Question>()
  let last = 0
  const hear = (frame: ServerFrame): void => {
    if (frame.t === 'evt') return heard(frame.name, frame.payload)
    if (frame.t === 'hello') return
    const question = questions.get(frame.id)
    questions.delete(frame.id)
    if (frame.t === 'ok') question?.resolve(frame.result as never)
    else question?.reject(new Error(`${frame.error.code}: ${frame.error.message}`))
  }
  const connection = host.connect({ send: (frame) => hear(JSON.parse(frame) as ServerFrame), close: () => undefined })
  connection.arrive(JSON.stringify({ t: 'hello', protocol: 1, clientId: randomUUID() }))
  return {
    ask: (method, input, commandId = newId()) =>
      new Promise((resolve, reject) => {
        last += 1
        questions.set(last, { resolve, reject })
        connection.arrive(JSON.stringify({ t: 'req', id: last, method, input, commandId }))
      }),
  }
}

/** A stranger's call, as a telephone line reports it. */
export function strangerRings(): PhoneEvent {
  const offeredAt = Date.now()
  return {
    kind: 'call',
    call: { externalId: `bench:${newId()}`, direction: 'in', lineName: 'Main', lineNumber: '+15125550100', fromNumber: '+15125550142', offeredAt, practice: false, state: 'offered', ringMs: 0 },
  }
}
