import { randomUUID } from 'node:crypto'
import type { Answer } from './sip/endpoint.ts'
import { headerOf, type SipMessage } from './sip/message.ts'
import { FRAME_SAMPLES, RtpLine } from './sip/rtp.ts'
import { answerTo, placeOf } from './sip/sdp.ts'

const FRAME_MS = 20

interface Guest {
  readonly room: string
  readonly line: RtpLine
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
    const line = await RtpLine.open(this.#address, guest)
    this.#guests.set(headerOf(invite, 'call-id'), { room, line })
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
    const said = [...this.#guests.values()].map(({ room, line }) => ({ room, line, frame: line.take() }))
    for (const { room, line } of said) {
      const heard = new Float32Array(FRAME_SAMPLES)
      for (const other of said) {
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
