import type { Services } from '../../../src/main/core/service.ts'
import { verify } from '../../../src/main/cli/verify.ts'
import { CLEARANCES } from '../../../src/shared/domain/kernel/table.ts'
import { TABLES } from '../../../src/shared/domain/tables.ts'
import { checksumOf } from '../../../src/shared/sync/checksum.ts'
import { seededRandom } from '../../simulation/random.ts'
import type { DeskQuestion, DeskQuestions, DeskReply, DeskRequest } from './deskTalk.ts'
import { CLERK, nextCommand, OWNER, setUpOffice, type Wish } from './officeWork.ts'

type Answers = { readonly [Q in DeskQuestion]: (input: DeskQuestions[Q]['input']) => DeskQuestions[Q]['output'] | Promise<DeskQuestions[Q]['output']> }

const turn = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Answers the driver and works when it is told to. */
export function serveDriver(services: Services, now: () => number): void {
  const { store, hub } = services
  let working: Promise<void> = Promise.resolve()
  let resting = true
  let sent = 0

  const tell = (line: string): void => void process.stdout.write(`${line}\n`)

  /** Runs a command, and says so once it is committed. */
  const run = ({ name, input, actorId }: Wish): { readonly saved: string | null; readonly sentence: string | null } => {
    const outcome = services.run({ name, input, actorId })
    if (outcome.kind === 'refused') return { saved: null, sentence: outcome.refusal.message }
    tell(`saved ${outcome.commandId} ${name}`)
    return { saved: outcome.commandId, sentence: null }
  }

  const sayWhatIsSent = (): void => {
    const upTo = store.sync.firstUnsent() - 1
    if (upTo !== sent) tell(`sent ${(sent = upTo)}`)
  }

  const work = async (seed: number, most: number, paceMs: number): Promise<void> => {
    const random = seededRandom(seed)
    while (!resting) {
      sayWhatIsSent()
      if (hub.state().waiting < most) run(nextCommand(store, random, now()))
      await turn(paceMs)
    }
  }

  const answers: Answers = {
    setUp: () => {
      setUpOffice(({ name, input, actorId }) => services.run({ name, input, actorId }))
      return null
    },
    enrol: ({ code, name }) => hub.enrol(code, name),
    invite: async () => (await hub.invite(OWNER, CLEARANCES)).code,
    revoke: async ({ deviceId }) => {
      await hub.revoke(OWNER, deviceId)
      return null
    },
    work: ({ seed, most, paceMs }) => {
      resting = false
      working = work(seed, most, paceMs)
      return null
    },
    doSome: ({ seed, count }) => {
      const random = seededRandom(seed)
      for (let done = 0; done < count; done++) run(nextCommand(store, random, now()))
      return null
    },
    run: ({ name, input, actor }) => run({ name, input, actorId: actor === 'owner' ? OWNER : CLERK }),
    mailPassword: async ({ password }) => {
      await services.mailbox.savePassword(password)
      services.lookAtEffects()
      return null
    },
    rest: async () => {
      resting = true
      await working
      return null
    },
    state: () => {
      const cursor = store.sync.state()?.cursor ?? 0
      return { ...hub.state(), cursor, epoch: store.sync.state()?.epoch ?? '', pending: store.sync.pending(cursor).length }
    },
    report: () => {
      const state = store.sync.state()
      const cursor = state?.cursor ?? 0
      return {
        deviceId: store.deviceId,
        epoch: state?.epoch ?? '',
        cursor,
        unsent: store.journal.waiting(),
        pending: store.sync.pending(cursor).length,
        checksums: Object.fromEntries(TABLES.map((table) => [table.name, checksumOf(store.engine.answer({ kind: 'all', table }))])),
        problems: verify(services).map(({ check, problem }) => `${check}: ${problem}`),
      }
    },
    rows: ({ table: name }) => {
      const table = TABLES.find((known) => known.name === name)
      return table ? store.engine.answer({ kind: 'all', table }) : []
    },
  }

  const answer = async ({ n, ask, input }: DeskRequest): Promise<DeskReply> => {
    try {
      return { n, output: await answers[ask](input as never) }
    } catch (error) {
      return { n, error: error instanceof Error ? error.message : String(error) }
    }
  }

  process.on('message', (request) => {
    void answer(request as DeskRequest).then((reply) => {
      if (process.connected) process.send?.(reply)
    })
  })
}
