import { randomBytes } from 'node:crypto'
import { newId } from '../../shared/base/id.ts'
import { SYSTEM_ACTOR } from '../../shared/domain/people/permissions.ts'
import { MAX_FINDINGS, MAX_SECONDS } from '../../shared/domain/practice/commands.ts'
import { practiceCaller } from '../../shared/domain/practice/callers.ts'
import type { Performance } from '../../shared/domain/practice/parts.ts'
import { scorePractice } from '../../shared/domain/practice/score.ts'
import { companyOf } from '../services/company.ts'
import { PracticeLine } from '../phone/practiceLine.ts'
import type { PhonePort } from '../phone/port.ts'
import { buildPracticeCompany } from '../services/practice/build.ts'
import { Exercise, type Trainee } from '../services/practice/exercise.ts'
import type { PracticePort } from '../services/practice/port.ts'
import { companyWords } from '../services/practice/script.ts'
import { referenceIds } from '../services/sample/startingData.ts'
import { mustRun, ServiceError, type Services } from './service.ts'
import type { Transport } from './transport.ts'

type RoomPort = Extract<PracticePort, { readonly kind: 'room' }>

/** The backend of a room, as far as it is used from outside. */
interface RoomBackend {
  connect(transport: Transport, trustedAs?: string): void
  readonly services: Services | null
  close(): Promise<void>
}

/** A practice room: a backend of its own over a store in memory. */
export interface Room {
  readonly ticket: string
  readonly trainee: Trainee
  readonly backend: RoomBackend
  /** Lets the caller ring, once. */
  ring(): void
}

interface OpenRoom extends Room {
  readonly phone: PhonePort
}

interface PracticeRoomsParts {
  /** Opens a backend over an empty store in memory, with this telephone and no way to a hub. */
  readonly open: (own: { readonly phone: PhonePort; readonly room: RoomPort }) => RoomBackend
  readonly office: () => Services
}

/** More people than this do not practice at one workstation; the one that began first has been forgotten by its page. */
const MOST_ROOMS = 4

/** A result keeps what fits; what somebody wrote may be longer. */
const cut = (text: string): string => text.slice(0, 480)

/**
 * The practice rooms of a workstation. What is done in one is done in its own store: no journal, outbox, search index or
 * report of the company ever hears of it. Only `practice.finish` crosses, as a fact of the office.
 */
export class PracticeRooms {
  readonly #parts: PracticeRoomsParts
  readonly #rooms = new Map<string, OpenRoom>()

  constructor(parts: PracticeRoomsParts) {
    this.#parts = parts
  }

  /** The room of a ticket; undefined where it is closed, or Baton was started anew. */
  get(ticket: string): Room | undefined {
    return this.#rooms.get(ticket)
  }

  async begin(trainee: Trainee, callerKey: string): Promise<string> {
    const caller = practiceCaller(callerKey)
    if (!caller) throw new ServiceError('practice.unknownCaller', 'There is no such caller. Choose one from the list.', { field: 'callerKey' })
    const office = this.#parts.office()
    const { name, zone, lockAfterMinutes } = companyOf(office)
    // Who begins anew is done with the room of before.
    for (const room of this.#rooms.values()) if (room.trainee.userId === trainee.userId) this.#close(room.ticket)
    const ticket = randomBytes(24).toString('hex')
    const exercise = new Exercise({ caller, trainee, resultId: newId(office.now()) })
    const phone = new PracticeLine()
    const port: RoomPort = {
      kind: 'room',
      exercise,
      keep: (performance) => this.#keep(exercise, performance),
      // After the answer has gone out.
      leave: () => void setImmediate(() => this.#close(ticket)),
    }
    const backend = this.#parts.open({ phone, room: port })
    const { services } = backend
    if (!services) throw new ServiceError('practice.failed', 'The practice company could not be opened. Nothing was changed; the log says more.')
    try {
      await buildPracticeCompany(services, { companyName: name, zone, lockAfterMinutes, trainee, words: companyWords(office.store, referenceIds(services.store.companyId)) })
    } catch (error) {
      await backend.close()
      throw error
    }
    const ring = (): void => {
      if (exercise.rung) return
      exercise.rung = true
      phone.send({ kind: 'practiceRing', ring: { externalId: exercise.externalId, lineName: caller.lineName, lineNumber: '', fromNumber: caller.fromNumber, hangsUpAfterMs: null } })
    }
    this.#rooms.set(ticket, { ticket, trainee, backend, phone, ring })
    const [oldest] = this.#rooms.keys()
    if (this.#rooms.size > MOST_ROOMS && oldest !== undefined) this.#close(oldest)
    return ticket
  }

  #keep(exercise: Exercise, performance: Performance): string {
    const office = this.#parts.office()
    const { caller, trainee, resultId } = exercise
    const score = scorePractice(caller, performance)
    mustRun(office, {
      name: 'practice.finish',
      actorId: SYSTEM_ACTOR,
      input: {
        resultId,
        userId: trainee.userId,
        callerKey: caller.key,
        callerVersion: caller.version,
        points: score.points,
        seconds: Math.min(MAX_SECONDS, performance.seconds),
        finishedAt: office.now(),
        findings: score.findings.slice(0, MAX_FINDINGS).map((finding) => ({ ...finding, yours: cut(finding.yours), better: cut(finding.better) })),
      },
    })
    return resultId
  }

  #close(ticket: string): void {
    const room = this.#rooms.get(ticket)
    if (!room) return
    this.#rooms.delete(ticket)
    room.phone.close()
    void room.backend.close()
  }

  close(): void {
    for (const ticket of [...this.#rooms.keys()]) this.#close(ticket)
  }
}
