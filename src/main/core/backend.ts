import type { EventName } from '../../shared/contract/events.ts'
import { PROTOCOL_VERSION, type ContractError } from '../../shared/contract/frames.ts'
import { callTable } from '../../shared/domain/calls/tables.ts'
import { userTable } from '../../shared/domain/people/tables.ts'
import { PhoneAccount } from '../phone/account.ts'
import { phoneExtensionTable, workStatusTable } from '../../shared/domain/phone/tables.ts'
import { LiveCalls } from '../phone/liveCalls.ts'
import { OutageWatch } from '../phone/outageWatch.ts'
import { hearPhone, learnLines, ringAnew, tellCall } from '../phone/phoneService.ts'
import type { PhonePort } from '../phone/port.ts'
import { abilitiesFor } from '../phone/liveDetails.ts'
import { recordingRule } from '../phone/recording/recordingRule.ts'
import { RecordingDesk } from '../phone/recording/recordingDesk.ts'
import { sweepHourly } from '../phone/recording/retentionSweep.ts'
import { TapeKeeper } from '../phone/recording/tapeKeeper.ts'
import { VoicemailKeeper } from '../phone/voicemail/voicemailKeeper.ts'
import { watchColleagues } from '../phone/watchColleagues.ts'
import { backFromHome, endWrapUps, wrapUpsOver } from '../phone/statusWatch.ts'
import { LeadMailbox } from '../services/leads/imap/leadMailbox.ts'
import { watchLeads } from '../services/leads/imap/watchLeads.ts'
import { startEffects } from '../services/mail/startEffects.ts'
import { Mailbox } from '../services/mail/mailbox.ts'
import type { EffectRunner } from '../effects/effectRunner.ts'
import { tidyAttachments } from '../services/attachments/tidy.ts'
import { WindowBook } from '../services/dispatch/planning/windowBook.ts'
import { PlannerThread } from '../services/dispatch/planning/plannerThread.ts'
import { bringClocks } from '../services/dispatch/clocks.ts'
import { sweepDrafts } from '../services/drafts/drafts.ts'
import { discardUploads } from '../services/intake/intake.ts'
import { bringQueues } from '../services/promises/adopt.ts'
import type { PracticePort } from '../services/practice/port.ts'
import { collectHandlers } from '../services/registry.ts'
import { bringLeads } from '../services/search/bringLeads.ts'
import { ScheduleKeeper } from '../services/schedules/scheduleKeeper.ts'
import { watchDay } from '../services/watch/watchDay.ts'
import { verifyPin } from '../services/session/session.ts'
import { Checkpointer, startCheckpointThread } from '../store/checkpointer.ts'
import { lockFolder } from '../store/folderLock.ts'
import { NewerStoreError } from '../store/migrate.ts'
import { openStore, type Store, StoreUnavailableError } from '../store/store.ts'
import type { SecretBox } from '../sync/deviceKey.ts'
import { connectOverHttp } from '../sync/httpConnection.ts'
import type { ConnectTo } from '../sync/hubConnection.ts'
import { systemTimers, type Timers } from '../sync/timers.ts'
import { WorkstationHub } from '../sync/workstationHub.ts'
import { BackgroundLane } from './backgroundLane.ts'
import { createDoor, type Serve } from './door.ts'
import { errorDetails, type Log } from './log.ts'
import { PracticeRooms } from './practiceRooms.ts'
import { Router, type ServedPage } from './router.ts'
import { CommandRunner } from './runner.ts'
import type { Services } from './service.ts'
import { Sessions } from './sessions.ts'
import type { Shell } from './shell.ts'
import type { Transport } from './transport.ts'

/** What the host gives the backend; everything else it makes itself. */
export interface BackendPorts {
  /** The data folder, or `:memory:` in tests. */
  readonly directory: string
  /** Refuse a folder that another Baton has open, and keep others out. Hosts set it; reading a store needs it not. */
  readonly alone?: boolean
  readonly version: string
  readonly desktop: boolean
  readonly shell: Shell
  readonly phone: PhonePort
  readonly log: Log
  readonly now?: () => number
  /** The keychain, where the host has one. */
  readonly secrets?: SecretBox
  /** How a hub is reached, and the link's clock and chance; tests bring their own. */
  readonly connect?: ConnectTo
  readonly timers?: Timers
  /** Does what is to be done in the world; only a Baton that has the folder to itself may. As `alone` unless it is said. */
  readonly performs?: boolean
  /** Set where this is a practice room of another backend, not an office. */
  readonly room?: Extract<PracticePort, { readonly kind: 'room' }>
  /** Also check every answer against the contract; on in tests. */
  readonly checkOutputs?: boolean
}

export interface Backend {
  /**
   * Serves one page until its transport closes.
   * @param trustedAs signed in from the start, without a PIN: for the command line, whose user owns the data folder
   */
  connect(transport: Transport, trustedAs?: string): void
  /** Why the backend could not start, for the host to print; null where it did. */
  readonly startupError: ContractError | null
  /** For hosts that work without a page: the command line. */
  readonly services: Services | null
  close(): Promise<void>
}

/** A backend that could not start still answers, so that a page can say why instead of waiting. */
function unavailable(error: ContractError, version: string): Backend {
  return {
    startupError: error,
    services: null,
    connect(transport) {
      transport.onFrame((frame) => {
        const id = typeof frame === 'object' && frame !== null && 'id' in frame && typeof frame.id === 'number' ? frame.id : null
        if (id === null) transport.send({ t: 'hello', protocol: PROTOCOL_VERSION, version, startupError: error })
        else transport.send({ t: 'err', id, error })
      })
    },
    close: () => Promise.resolve(),
  }
}

/** What names customers; a page that is locked or that nobody has signed in at does not hear it. */
const NEEDS_SIGN_IN: ReadonlySet<EventName> = new Set(['phone', 'phoneLine'])

interface Opened {
  readonly store: Store
  readonly unlock: () => void
}

function open(ports: BackendPorts): Opened | ContractError {
  let unlock: () => void = () => undefined
  try {
    if (ports.alone === true) unlock = lockFolder(ports.directory)
    return { store: openStore(ports.directory), unlock }
  } catch (error) {
    unlock()
    ports.log.error('store.open', errorDetails(error))
    if (error instanceof NewerStoreError) return { code: 'store.newer', message: error.message }
    if (error instanceof StoreUnavailableError) return { code: 'store.unavailable', message: error.message }
    return { code: 'store.unavailable', message: 'The data can\u2019t be opened. Nothing was changed. The log says more.' }
  }
}

/** After so many changed rows (an import, a busy week) SQLite looks again at how its tables are filled. */
const ROWS_BETWEEN_STATISTICS = 5000

/** A room stands alone: nothing in it reaches a hub, a keychain or the world. */
function roomPorts({ version, desktop, shell, log, now, checkOutputs }: BackendPorts, own: Pick<BackendPorts, 'phone' | 'room'>): BackendPorts {
  return {
    directory: ':memory:',
    alone: false,
    performs: false,
    version,
    desktop,
    shell,
    log,
    connect: () => {
      throw new Error('A practice room has no hub')
    },
    ...(now ? { now } : {}),
    ...(checkOutputs === undefined ? {} : { checkOutputs }),
    ...own,
  }
}

/** Composes store, runner, services and router. It runs in the store's worker in both hosts, and directly in tests. */
export function createBackend(ports: BackendPorts): Backend {
  const opened = open(ports)
  if ('code' in opened) return unavailable(opened, ports.version)
  const { store, unlock } = opened
  const { log } = ports
  const now = ports.now ?? Date.now
  // Only where this Baton has the folder to itself, and stays: the command line comes and goes.
  const checkpointer = ports.alone === true && ports.directory !== ':memory:' ? new Checkpointer({ store, start: startCheckpointThread, failed: (reason) => log.error('checkpoints.stopped', { reason }) }) : null
  const runner = new CommandRunner(store, log, now)
  const sessions = new Sessions(
    store,
    (clientId, userId) => {
      hub.signedIn(clientId, userId)
      backFromHome(services, userId)
    },
    // The windows of one person are one session: a lock in one is a lock in all.
    (clientId) => {
      for (const [transport, page] of pages) if (page.clientId() === clientId) transport.send({ t: 'evt', name: 'session', payload: {} })
    },
  )
  const pages = new Map<Transport, ServedPage>()

  let effects: EffectRunner | null = null
  let watch: ReturnType<typeof watchLeads> | null = null

  const emit: Services['emit'] = (name, payload) => {
    for (const [transport, page] of pages) {
      if (!NEEDS_SIGN_IN.has(name) || page.signedIn()) transport.send({ t: 'evt', name, payload })
    }
  }

  const timers = ports.timers ?? systemTimers(now)
  const background = new BackgroundLane(timers)
  const hub = new WorkstationHub({
    store,
    runner,
    log,
    timers,
    lane: background,
    connect: ports.connect ?? connectOverHttp,
    secrets: ports.secrets ?? null,
    directory: ports.directory,
    version: ports.version,
    emit: (name, payload) => {
      emit(name, payload)
      if (name === 'hub') watch?.hubChanged()
      if (name === 'hub' && effects?.hubChanged() === true) emit('changed', { tables: ['effect'], by: '' })
    },
    signOutAll: () => sessions.signOutAll(),
    elapsed: () => performance.now(),
  })

  const mailbox = new Mailbox({ store, directory: ports.directory, secrets: ports.secrets ?? null, now })
  const liveCalls = new LiveCalls()
  const recordings = new RecordingDesk({
    phone: ports.phone,
    liveCalls,
    now,
    ruleOf: (call) => recordingRule({ store }, call),
    canRecord: (call) => abilitiesFor(liveCalls.line, call.practice).includes('record'),
  })
  const schedules = new ScheduleKeeper({ store, directory: ports.directory, background, log, now, tell: () => emit('changed', { tables: ['day_sheets'], by: '' }) })
  const planner = new PlannerThread()
  const services: Services = {
    hub,
    mailbox,
    leadMailbox: new LeadMailbox({ store, directory: ports.directory, secrets: ports.secrets ?? null }),
    lookAtEffects: () => effects?.kick(),
    practice: ports.room ?? { kind: 'office', begin: (trainee, callerKey) => rooms.begin(trainee, callerKey) },
    store,
    shell: ports.shell,
    phone: ports.phone,
    phoneAccount: new PhoneAccount({ phone: ports.phone, directory: ports.directory, secrets: ports.secrets ?? null, log, now, tell: (line) => emit('phoneLine', line) }),
    liveCalls,
    recordings,
    tapes: new TapeKeeper(recordings, ports.directory),
    voicemails: new VoicemailKeeper(),
    schedules,
    outage: new OutageWatch(),
    log,
    version: ports.version,
    desktop: ports.desktop,
    directory: ports.directory,
    now,
    background,
    planner,
    windowBook: new WindowBook({ store, planner, background, log, now }),
    run: (request) => runner.run(request),
    runGroup: (requests) => runner.runGroup(requests),
    runTogether: (requests) => runner.runTogether(requests),
    emit,
  }

  const rooms = new PracticeRooms({ open: (own) => createBackend(roomPorts(ports, own)), office: () => services })

  let changedRows = 0
  // What was put off until the present work is done may come after the end.
  let closed = false
  store.refreshStatistics()
  void tidyAttachments(store, log, now())

  runner.onCommit(({ changes, actorIds }) => {
    if (changes.length === 0) return
    changedRows += changes.length
    schedules.touched()
    services.windowBook.touched(changes)
    if (changedRows >= ROWS_BETWEEN_STATISTICS) {
      changedRows = 0
      store.refreshStatistics()
    }
    services.emit('changed', { tables: [...new Set(changes.map((change) => change.table.name))], by: actorIds[0] ?? '' })
    const over = wrapUpsOver(services, changes)
    if (over.length > 0) timers.soon(() => !closed && endWrapUps(services, over))
    const called = changes.flatMap(({ table, id }) => (table.name === callTable.name ? [id] : []))
    if (called.length > 0) learnLines(services, called)
    if (changes.some((change) => change.table.name === workStatusTable.name)) ringAnew(services, null)
    if (changes.some((change) => change.table.name === phoneExtensionTable.name)) watchColleagues(services)
    if (changes.some((change) => change.table.name === userTable.name)) {
      const leavers = sessions.dropLeavers()
      for (const clientId of leavers) hub.gone(clientId)
      if (leavers.length > 0) services.emit('locked', { reason: 'left' })
    }
  })

  const router = new Router({
    services,
    sessions,
    handlers: collectHandlers(),
    approve: ({ userId, pin }) => verifyPin(services, userId, pin).id,
    checkOutputs: ports.checkOutputs ?? false,
  })

  // Only where this Baton has the folder to itself: the command line reads beside a running one.
  if (ports.alone === true) {
    bringQueues(services)
    bringClocks(services)
    bringLeads(services)
    sweepDrafts(services)
    services.tapes.keepLeft(services)
  }
  const stopSweeping = ports.alone === true ? sweepHourly(services, timers) : () => undefined
  const stopWatching = ports.alone === true ? watchDay(services, timers) : () => undefined
  const stopKeeping = ports.alone === true ? schedules.start(timers) : () => undefined
  const stopHearing = hearPhone(services)
  if (ports.alone === true) void services.phoneAccount.start()
  effects = ports.performs ?? ports.alone === true ? startEffects({ services, runner, timers }) : null
  watch = ports.performs ?? ports.alone === true ? watchLeads({ services, timers }, runner) : null

  const serve: Serve = (transport, trustedAs) => {
    const page = router.serve(transport, trustedAs)
    transport.onClose(() => {
      pages.delete(transport)
      for (const callId of recordings.pageGone(page.pageId)) tellCall(services, callId)
      const clientId = page.clientId()
      // A page that was loaded anew is back before its old line has closed.
      const isBack = [...pages.values()].some((other) => other.clientId() === clientId)
      if (clientId !== null && !isBack) hub.gone(clientId)
    })
    pages.set(transport, page)
  }

  return {
    startupError: null,
    services,
    connect: ports.room ? serve : createDoor({ office: serve, room: (ticket) => rooms.get(ticket), version: ports.version }),
    async close() {
      closed = true
      stopHearing()
      stopSweeping()
      stopWatching()
      stopKeeping()
      // What comes in from now on comes again: only then is what came before waited for.
      watch?.close()
      await services.tapes.close()
      await services.voicemails.settled()
      rooms.close()
      // Uploads are the office’s: a room that closes has none.
      if (!ports.room) discardUploads()
      effects?.close()
      hub.close()
      for (const transport of pages.keys()) transport.close()
      services.windowBook.close()
      await services.planner.close()
      await checkpointer?.close()
      store.close()
      unlock()
    },
  }
}
