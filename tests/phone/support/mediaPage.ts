import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Page } from '@playwright/test'
import { build } from 'vite'
import { WebSocketServer } from 'ws'
import { mediaPagePolicy } from '../../../src/main/core/pagePolicy.ts'
import type { MediaBridge } from '../../../src/main/phone/sip/mediaBridge.ts'
import { MEDIA_PAGE_PATH, MEDIA_SOCKET_PATH } from '../../../src/shared/contract/mediaPaths.ts'
import { CHROMIUM_FLAGS, findChromium, SOUND_FLAGS } from '../../support/chromium.ts'
import { writeTone } from '../../support/pbx/audio.ts'

/** What the workstation's microphone hears: nobody else says it. Hertz. */
export const AGENT_TONE = 990

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript' }

let building: Promise<string> | undefined

/** The page as both hosts serve it, built once for every page of this process. */
function builtPage(): Promise<string> {
  building ??= (async () => {
    const outDir = mkdtempSync(join(tmpdir(), 'baton-media-built-'))
    process.once('exit', () => rmSync(outDir, { recursive: true, force: true }))
    await build({ configFile: join(ROOT, 'vite.config.ts'), logLevel: 'error', build: { outDir, rolldownOptions: { input: join(ROOT, 'src', 'renderer', 'media.html') } } })
    return outDir
  })()
  return building
}

/** Keeps what comes in, so that a test can measure it, and what is spoken with, so that it can be pulled out. */
const LISTEN_IN = `
  window.heardStreams = []
  window.spokenWith = []
  const clone = MediaStreamTrack.prototype.clone
  MediaStreamTrack.prototype.clone = function () {
    const track = clone.call(this)
    window.spokenWith.push(this, track)
    return track
  }
  const Real = window.RTCPeerConnection
  window.RTCPeerConnection = class extends Real {
    constructor(...args) {
      super(...args)
      this.addEventListener('track', ({ track }) => {
        if (!window.heardStreams.some((stream) => stream.getAudioTracks()[0] === track)) window.heardStreams.push(new MediaStream([track]))
      })
    }
  }
`

async function pitchIn(page: Page, wanted = 0): Promise<{ readonly hertz: number; readonly level: number; readonly decibels: number }> {
  return page.evaluate(async (frequency) => {
    const streams = (window as unknown as { heardStreams: MediaStream[] }).heardStreams
    const stream = streams.findLast((one) => one.getAudioTracks()[0]?.readyState === 'live')
    if (!stream) return { hertz: 0, level: 0, decibels: -200 }
    const context = new AudioContext()
    const analyser = new AnalyserNode(context, { fftSize: 8192, smoothingTimeConstant: 0 })
    context.createMediaStreamSource(stream).connect(analyser)
    await context.resume()
    await new Promise((resolve) => setTimeout(resolve, 400))
    const bins = new Float32Array(analyser.frequencyBinCount)
    const samples = new Float32Array(analyser.fftSize)
    analyser.getFloatFrequencyData(bins)
    analyser.getFloatTimeDomainData(samples)
    let loudest = 0
    bins.forEach((value, index) => (loudest = value > (bins[loudest] ?? -Infinity) ? index : loudest))
    const level = Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length)
    const hertz = level < 0.001 ? 0 : (loudest * context.sampleRate) / analyser.fftSize
    const bin = Math.round((frequency * analyser.fftSize) / context.sampleRate)
    const decibels = Math.max(-200, ...bins.slice(Math.max(0, bin - 2), bin + 3))
    await context.close()
    return { hertz, level, decibels }
  }, wanted)
}

/** The real media page in a real browser, tied to a bridge as the web host ties it. */
export class MediaPage {
  readonly page: Page
  readonly #browser: Browser
  readonly #server: Server
  readonly #folder: string

  private constructor(page: Page, browser: Browser, server: Server, folder: string) {
    this.page = page
    this.#browser = browser
    this.#server = server
    this.#folder = folder
  }

  static async open(bridge: MediaBridge): Promise<MediaPage> {
    const executablePath = findChromium()
    if (executablePath === undefined) throw new Error('There is no Chromium here.')
    const folder = mkdtempSync(join(tmpdir(), 'baton-media-'))
    const built = await builtPage()
    const server = createServer(({ url, headers: { host = '' } }, response) => {
      try {
        const path = (url ?? '/').split('?')[0] ?? '/'
        const content = readFileSync(join(built, path))
        // As the hosts send it: what the page may not load there, it must not need here.
        response.writeHead(200, { 'Content-Type': TYPES[extname(path)] ?? 'application/octet-stream', 'Content-Security-Policy': mediaPagePolicy(`ws://${host}`) }).end(content)
      } catch {
        response.writeHead(404).end()
      }
    })
    const sockets = new WebSocketServer({ server, path: MEDIA_SOCKET_PATH })
    sockets.on('connection', (socket) => {
      const connection = bridge.attach({ send: (text) => socket.send(text), close: () => socket.close() })
      socket.on('message', (data) => connection.arrive(String(data)))
      socket.on('close', () => connection.gone())
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const browser = await chromium.launch({ executablePath, args: [...CHROMIUM_FLAGS, ...SOUND_FLAGS, `--use-file-for-fake-audio-capture=${writeTone(join(folder, 'agent.wav'), AGENT_TONE, 30, 48_000)}`] })
    const context = await browser.newContext({ permissions: ['microphone'] })
    await context.addInitScript(LISTEN_IN)
    const page = await context.newPage()
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}${MEDIA_PAGE_PATH}`)
    return new MediaPage(page, browser, server, folder)
  }

  /** The headset is pulled out: every track of its microphone ends, and the page is told. */
  async pullOut(): Promise<void> {
    await this.page.evaluate(() => {
      for (const track of (window as unknown as { spokenWith: MediaStreamTrack[] }).spokenWith) {
        track.stop()
        track.dispatchEvent(new Event('ended'))
      }
    })
  }

  /** What the newest call of this page hears: its loudest frequency, and 0 in silence. */
  async pitch(): Promise<number> {
    return (await pitchIn(this.page)).hertz
  }

  /** How loud one frequency is in what the newest call of this page hears, in decibels: speech above -50, nothing below -80. */
  async levelAt(hertz: number): Promise<number> {
    return (await pitchIn(this.page, hertz)).decibels
  }

  async stop(): Promise<void> {
    await this.#browser.close()
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
    rmSync(this.#folder, { recursive: true, force: true })
  }
}
