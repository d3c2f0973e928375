import { randomUUID } from 'node:crypto'
import type { Answer } from './sip/endpoint.ts'
import { headerOf, type SipMessage } from './sip/message.ts'
import { FRAME_MS, FRAME_SAMPLES, RtpLine } from './sip/rtp.ts'
import { answerTo, placeOf } from './sip/sdp.ts'

/** More than these were not taken in time, and the oldest are lost. */
const FRAMES_KEPT = 5

interface Guest {
  readonly room: string
  readonly line: RtpLine
  /** What came and was not mixed yet, oldest first. */
  readonly said: Float32Array[]
}

/** Rooms in which everybody hears everybody else. */
export class Conference {
  readonly #address: string
  /** By Call-ID. */
  readonly #guests = new Map<string, Guest>()
  readonly #clock: NodeJS.Timeout

  constructor(address: string) {
    this.#address = address
    this.#clock = setInterval(() => this.#mix(), FRAME_MS)
  }

  async enter(invite: SipMessage, room: string, reply: (answer: Answer) => void): Promise<void> {
    const guest = placeOf(invite.body)
    const said: Float32Array[] = []
    const line = await RtpLine.open(this.#address, (frame) => {
      said.push(frame)
      if (said.length > FRAMES_KEPT) said.shift()
    })
    line.sendTo(guest)
    this.#guests.set(headerOf(invite, 'call-id'), { room, line, said })
    reply({ status: 200, phrase: 'OK', tag: randomUUID(), body: answerTo(guest, { address: this.#address, port: line.port }) })
  }

  /** Where a guest's sound is taken, for a hold to be answered with. */
  placeOf(callId: string): { readonly address: string; readonly port: number } | undefined {
    const guest = this.#guests.get(callId)
    return guest && { address: this.#address, port: guest.line.port }
  }

  leave(callId: string): void {
    this.#guests.get(callId)?.line.close()
    this.#guests.delete(callId)
  }

  #mix(): void {
    const now = [...this.#guests.values()].map(({ room, line, said }) => ({ room, line, frame: said.shift() }))
    for (const { room, line } of now) {
      const heard = new Float32Array(FRAME_SAMPLES)
      for (const other of now) {
        if (other.line === line || other.room !== room) continue
        other.frame?.forEach((sample, index) => {
          heard[index] = (heard[index] ?? 0) + sample
        })
      }
      line.send(heard)
    }
  }

  close(): void {
    clearInterval(this.#clock)
    for (const callId of [...this.#guests.keys()]) this.leave(callId)
  }
}
