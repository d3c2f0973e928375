import type { z } from 'zod'
import type { ContractError } from '../../shared/contract/frames.ts'
import type { EventName, EventPayload } from '../../shared/contract/events.ts'
import type { Method } from '../../shared/contract/method.ts'
import type { Refusal } from '../../shared/domain/kernel/refusal.ts'
import type { Permission } from '../../shared/domain/people/permissions.ts'
import type { LiveCalls } from '../phone/liveCalls.ts'
import type { PhoneAccount } from '../phone/account.ts'
import type { OutageWatch } from '../phone/outageWatch.ts'
import type { PhonePort } from '../phone/port.ts'
import type { RecordingDesk } from '../phone/recording/recordingDesk.ts'
import type { TapeKeeper } from '../phone/recording/tapeKeeper.ts'
import type { VoicemailKeeper } from '../phone/voicemail/voicemailKeeper.ts'
import type { Store } from '../store/store.ts'
import type { HubPort } from '../sync/port.ts'
import type { LeadMailbox } from '../services/leads/imap/leadMailbox.ts'
import type { WindowsPort } from '../services/dispatch/planning/windowsPort.ts'
import type { PlannerThread } from '../services/dispatch/planning/plannerThread.ts'
import type { SchedulesPort } from '../services/schedules/port.ts'
import type { Mailbox } from '../services/mail/mailbox.ts'
import type { PracticePort } from '../services/practice/port.ts'
import type { BackgroundLane } from './backgroundLane.ts'
import type { Log } from './log.ts'
import type { CommandOutcome, CommandRequest } from './runner.ts'
import type { Shell } from './shell.ts'

/** What services share: the store to read, the runner to record, the world to touch. */
export interface Services {
  readonly store: Store
  readonly shell: Shell
  readonly phone: PhonePort
  /** How this workstation reaches a telephone system, and how its line is. */
  readonly phoneAccount: PhoneAccount
  /** What rings and what is up now. */
  readonly liveCalls: LiveCalls
  /** Which calls are recorded now, and which are paused. */
  readonly recordings: RecordingDesk
  /** What is recorded, until it is a recording. */
  readonly tapes: TapeKeeper
  /** What callers said to the machine, until it is kept. */
  readonly voicemails: VoicemailKeeper
  /** The day sheets that this workstation keeps for an outage. */
  readonly schedules: SchedulesPort
  /** Whether this workstation has a telephone now. */
  readonly outage: OutageWatch
  /** The hub, or that there is none. */
  readonly hub: HubPort
  /** The company's outgoing mail, as far as this workstation can send it. */
  readonly mailbox: Mailbox
  /** The mailbox whose emails become leads, as far as this workstation can watch it. */
  readonly leadMailbox: LeadMailbox
  /** Looks at once after what is to be done in the world. */
  readonly lookAtEffects: () => void
  /** Practising: the way into a room from the office, or the exercise where this is a room. */
  readonly practice: PracticePort
  readonly log: Log
  readonly version: string
  readonly desktop: boolean
  /** The folder that holds the store, for backups beside it. */
  readonly directory: string
  /** Epoch milliseconds. */
  readonly now: () => number
  /** Where work is done that nobody waits for, a few milliseconds at a time. */
  readonly background: BackgroundLane
  /** Where days are planned, beside the store. */
  readonly planner: PlannerThread
  /** Keeps the planner in step with the days that windows are asked of. */
  readonly windowBook: WindowsPort
  /** Runs one command and tells the pages. */
  readonly run: (request: CommandRequest) => CommandOutcome
  /** Runs a chunk in one transaction. */
  readonly runGroup: (requests: readonly CommandRequest[]) => readonly CommandOutcome[]
  /** Runs commands that belong together, all or none; the first refusal takes everything back. */
  readonly runTogether: (requests: readonly CommandRequest[]) => Refusal | null
  readonly emit: <N extends EventName>(name: N, payload: EventPayload<N>) => void
}

/** Who sits at the page that asks. */
export interface Session {
  readonly clientId: string
  userId: string | null
  may(permission: Permission): boolean
}

export interface Asked extends Services {
  readonly session: Session
  /** The one window that asks, of those that the session may have; another one after each reload and each lost connection. */
  readonly pageId: string
  /** The signed-in person; a method with a permission always has one. */
  readonly actorId: string
}

/** An expected failure of a query or an action, answered as a coded error. */
export class ServiceError extends Error {
  readonly error: ContractError

  constructor(code: string, message: string, more: Omit<ContractError, 'code' | 'message'> = {}) {
    super(message)
    this.name = 'ServiceError'
    this.error = { code, message, ...more }
  }
}

type Named<Methods extends readonly Method[], Name extends string> = Extract<Methods[number], { readonly name: Name }>

/** One function for each method of a contract file, typed by its input and output. */
export type Implementation<Methods extends readonly Method[]> = {
  readonly [Name in Methods[number]['name']]: (
    input: z.output<Named<Methods, Name>['input']>,
    asked: Asked,
  ) => z.input<Named<Methods, Name>['output']> | Promise<z.input<Named<Methods, Name>['output']>>
}

export type Handler = (input: unknown, asked: Asked) => unknown

/** Runs a command for a service that needs it done; a refusal becomes the service's own error. */
export function mustRun(services: Services, request: CommandRequest): Extract<CommandOutcome, { kind: 'accepted' | 'repeated' | 'parked' }> {
  const outcome = services.run(request)
  if (outcome.kind === 'refused') {
    const { code, message, ...more } = outcome.refusal
    throw new ServiceError(code, message, more)
  }
  return outcome
}
