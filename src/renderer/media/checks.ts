import { type AudioDevice, type CheckAnswer, type CheckRequest, openAudioCheck } from './audioCheck.ts'
import { readAudioDevices } from './audioDevices.ts'
import type { Microphone } from './microphone.ts'
import type { Outputs } from './outputs.ts'
import { playTone, RING } from './tones.ts'

const METER_EVERY_MS = 80
/** A settings screen that says nothing for so long is closed. */
const METER_FOR_MS = 2_500
const ECHO_MS = 3_000
const RING_MS = 2_000

const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))

async function listDevices(): Promise<readonly AudioDevice[]> {
  const found = await navigator.mediaDevices.enumerateDevices()
  return found.flatMap(({ kind, deviceId, label }) => {
    if (kind === 'videoinput' || deviceId === '' || deviceId === 'default' || deviceId === 'communications') return []
    return [{ id: deviceId, kind: kind === 'audioinput' ? 'input' : 'output', label: label === '' ? 'Unnamed device' : label } satisfies AudioDevice]
  })
}

/** Answers the settings screen, which has no microphone of its own. */
export class Checks {
  readonly #channel = openAudioCheck()
  readonly #microphone: Microphone
  readonly #outputs: Outputs
  #meterUntil = 0
  #metering = false
  #echoing = false

  constructor(microphone: Microphone, outputs: Outputs) {
    this.#microphone = microphone
    this.#outputs = outputs
    this.#channel.addEventListener('message', ({ data }: MessageEvent<CheckRequest>) => this.#hear(data))
    navigator.mediaDevices.addEventListener('devicechange', () => void this.#sayDevices())
  }

  #hear(request: CheckRequest): void {
    switch (request.t) {
      case 'meter':
        this.#meterUntil = performance.now() + METER_FOR_MS
        if (!this.#metering) void this.#meter()
        return
      case 'echo':
        if (!this.#echoing) void this.#echo()
        return
      case 'ring': {
        const stop = playTone(RING, this.#outputs.orDefault(readAudioDevices().ringer))
        setTimeout(stop, RING_MS)
        return
      }
      case 'devices':
        return void this.#sayDevices()
      case 'rings':
        return
    }
  }

  #say(answer: CheckAnswer): void {
    this.#channel.postMessage(answer)
  }

  async #sayDevices(): Promise<void> {
    this.#say({ t: 'devices', devices: await listDevices() })
  }

  async #meter(): Promise<void> {
    this.#metering = true
    try {
      const track = await this.#microphone.track()
      const context = new AudioContext()
      const analyser = new AnalyserNode(context, { fftSize: 1024 })
      context.createMediaStreamSource(new MediaStream([track])).connect(analyser)
      void context.resume().catch(() => undefined)
      const samples = new Float32Array(analyser.fftSize)
      while (performance.now() < this.#meterUntil) {
        analyser.getFloatTimeDomainData(samples)
        this.#say({ t: 'level', level: Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length) })
        await wait(METER_EVERY_MS)
      }
      track.stop()
      await context.close()
    } catch {
      this.#say({ t: 'level', level: 0 })
    }
    this.#metering = false
    void this.#microphone.check()
  }

  async #echo(): Promise<void> {
    this.#echoing = true
    try {
      const track = await this.#microphone.track()
      const recorder = new MediaRecorder(new MediaStream([track]))
      const parts: Blob[] = []
      recorder.addEventListener('dataavailable', ({ data }) => parts.push(data))
      const stopped = new Promise((resolve) => recorder.addEventListener('stop', resolve, { once: true }))
      this.#say({ t: 'echo', state: 'speak' })
      recorder.start()
      await wait(ECHO_MS)
      recorder.stop()
      await stopped
      track.stop()
      this.#say({ t: 'echo', state: 'listen' })
      const context = new AudioContext({ sinkId: this.#outputs.orDefault(readAudioDevices().headset) } as AudioContextOptions)
      const source = new AudioBufferSourceNode(context, { buffer: await context.decodeAudioData(await new Blob(parts).arrayBuffer()) })
      source.connect(context.destination)
      const played = new Promise((resolve) => source.addEventListener('ended', resolve, { once: true }))
      source.start()
      await Promise.race([played, wait(ECHO_MS + 2_000)])
      await context.close()
      this.#say({ t: 'echo', state: 'done' })
    } catch {
      this.#say({ t: 'echo', state: 'failed' })
    }
    this.#echoing = false
    void this.#microphone.check()
  }
}
