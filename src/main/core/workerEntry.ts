import { parentPort, workerData } from 'node:worker_threads'
import { assertNever } from '../../shared/base/assertNever.ts'
import type { Delivery } from '../../shared/contract/bridge.ts'
import type { PhoneEvent, PhonePort } from '../phone/port.ts'
import type { SecretBox } from '../sync/deviceKey.ts'
import { createBackend } from './backend.ts'
import { errorDetails, openLog } from './log.ts'
import type { Shell } from './shell.ts'
import { type HostedTransport, hostedTransport } from './transport.ts'
import type { FromWorker, ToWorker, WorkerSettings } from './workerMessages.ts'

/** The store's worker: it holds the backend and speaks with the main thread, where the windows and the telephone are. */

const port = parentPort
if (!port) throw new Error('The store runs in a worker thread only')

const settings = workerData as WorkerSettings
const log = openLog(settings.dataDir, 'store')
const say = (message: FromWorker): void => port.postMessage(message)

interface Waiting {
  readonly resolve: (delivery: Delivery) => void
  readonly reject: (error: Error) => void
}

const offers = new Map<number, Waiting>()
let lastOffer = 0

const shell: Shell = {
  offerFile(file) {
    return new Promise((resolve, reject) => {
      const call = ++lastOffer
      offers.set(call, { resolve, reject })
      say({ kind: 'offer', call, file })
    })
  },
  notify: (note) => say({ kind: 'notify', ...note }),
  // In a browser the page opens its windows itself: nobody on the main thread could.
  ...(settings.desktop ? { showWindow: (request) => say({ kind: 'window', request }) } : {}),
}

interface Kept {
  readonly resolve: (text: string | null) => void
  readonly reject: (error: Error) => void
}

const secrets = new Map<number, Kept>()
let lastSecret = 0

function keep(action: 'seal' | 'open', text: string): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const call = ++lastSecret
    secrets.set(call, { resolve, reject })
    say({ kind: 'keep', call, action, text })
  })
}

const keychain: SecretBox = {
  seal: (text) => keep('seal', text),
  async open(sealed) {
    const text = await keep('open', sealed)
    if (text === null) throw new Error('There is no keychain here that could open this')
    return text
  },
}

const phoneListeners = new Set<(event: PhoneEvent) => void>()

const phone: PhonePort = {
  send: (command) => say({ kind: 'phone', command }),
  listen(listener) {
    phoneListeners.add(listener)
    return () => void phoneListeners.delete(listener)
  },
  close: () => phoneListeners.clear(),
}

const backend = createBackend({ directory: settings.dataDir, alone: true, version: settings.version, desktop: settings.desktop, shell, phone, log, secrets: keychain })
const pages = new Map<number, HostedTransport>()

function open(connection: number): void {
  const page = hostedTransport(
    (frame) => say({ kind: 'frame', connection, frame: JSON.stringify(frame) }),
    () => {
      pages.delete(connection)
      say({ kind: 'close', connection })
    },
  )
  pages.set(connection, page)
  backend.connect(page)
}

/** Text that is no JSON goes on as it is: the router refuses it as it refuses any frame it can't read. */
function decode(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

async function stop(): Promise<void> {
  try {
    await backend.close()
  } catch (error) {
    log.error('backend.close', errorDetails(error))
  }
  say({ kind: 'stopped' })
}

port.on('message', (message: ToWorker) => {
  switch (message.kind) {
    case 'open':
      return open(message.connection)
    case 'frame':
      return pages.get(message.connection)?.arrive(decode(message.frame))
    case 'close': {
      const page = pages.get(message.connection)
      pages.delete(message.connection)
      return page?.gone()
    }
    case 'phone':
      for (const listener of phoneListeners) listener(message.event)
      return
    case 'offered': {
      const waiting = offers.get(message.call)
      offers.delete(message.call)
      return message.delivery ? waiting?.resolve(message.delivery) : waiting?.reject(new Error(message.failure))
    }
    case 'kept': {
      const waiting = secrets.get(message.call)
      secrets.delete(message.call)
      return message.failure === '' ? waiting?.resolve(message.text) : waiting?.reject(new Error(message.failure))
    }
    case 'stop':
      return void stop()
    default:
      return assertNever(message, 'message to the worker')
  }
})

say({ kind: 'ready', startupError: backend.startupError })
