import { homedir } from 'node:os'
import { fileURLToPath } from 'node:url'
import { openBuiltPage } from '../core/builtPage.ts'
import { parseFlags } from '../core/flags.ts'
import { mapPicturesOrigin } from '../core/mapPictures.ts'
import { errorDetails, openLog } from '../core/log.ts'
import { explainCrashes, nodeProblem } from '../core/processGuard.ts'
import { startWorker } from '../core/startWorker.ts'
import { VERSION } from '../core/version.ts'
import { hostWorker } from '../core/workerHost.ts'
import { openTelephone } from '../phone/telephone.ts'
import { createDownloads } from './downloads.ts'
import { startWebServer, type WebServer } from './server.ts'
import { usualPort } from './usualPort.ts'

/** The web host: the same backend as in Electron, for a browser on this machine. */

function leave(sentence: string): never {
  console.error(sentence)
  process.exit(1)
}

function explainListen(error: unknown, port: number | null): string {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'EADDRINUSE':
      return `Port ${port} is in use by another program. Choose another with --port, or leave --port out and Baton takes a free one.`
    case 'EACCES':
      return `This account may not use port ${port}. Choose one above 1023 with --port.`
    default:
      return `Baton can\u2019t listen on this machine\u2019s loopback address (${String(error)}).`
  }
}

const problem = nodeProblem()
if (problem !== null) leave(problem)
const parsed = parseFlags(process.argv.slice(2), { platform: process.platform, env: process.env, home: homedir(), cwd: process.cwd() })
if (!parsed.ok) leave(parsed.problem)
const { port, dataDir, sample } = parsed.flags

const log = openLog(dataDir, 'host')
explainCrashes(log)
const downloads = createDownloads()
const telephone = openTelephone(log)
const host = hostWorker(startWorker({ dataDir, version: VERSION, desktop: false }), {
  shell: {
    offerFile: (file) => Promise.resolve({ kind: 'link', url: downloads.offer(file), name: file.name }),
    // A tab draws attention to itself: the page hears the same event.
    notify: () => undefined,
  },
  phone: telephone.phone,
  log,
})

let server: WebServer
try {
  const page = openBuiltPage(fileURLToPath(new URL('../renderer', import.meta.url)))
  server = await startWebServer({ page, connect: host.connect, attachMedia: (wire, ifFree) => telephone.media.attach(wire, ifFree), downloads, mapPictures: () => mapPicturesOrigin(dataDir), log, port, usualPort: usualPort(dataDir), sample })
} catch (error) {
  log.error('web.start', errorDetails(error))
  await host.close()
  leave((error as NodeJS.ErrnoException).code === 'ENOENT' ? 'The built page is missing. Run npm start, which builds it.' : explainListen(error, port))
}

// Before the address is printed: whoever reads it may stop Baton at once.
let leaving = false
async function stop(): Promise<void> {
  if (leaving) return
  leaving = true
  await server.close()
  await host.close()
  log.info('host.stopped')
  process.exit(0)
}

process.on('SIGINT', () => void stop())
process.on('SIGTERM', () => void stop())
// The starter that this process belongs to is gone: nobody is left to stop it.
process.on('disconnect', () => void stop())

const startupError = await host.ready
if (startupError) console.error(`Baton started, but can\u2019t open its data: ${startupError.message}`)
console.log(`Baton is at ${server.address}`)
log.info('host.started', { version: VERSION, port: server.port, startupError: startupError?.code ?? null })
