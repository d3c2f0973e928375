import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { mulawOf, sampleOfMulaw } from '../audio.ts'

/** 20 ms at 8,000 samples a second, as every telephone sends. */
export const FRAME_SAMPLES = 160
export const FRAME_MS = 20

const HEADER_BYTES = 12
const PCMU = 0

/** An address and port that sound goes to. */
export interface SoundTarget {
  readonly address: string
  readonly port: number
}

/** One party's sound: a port that takes PCMU and sends it. */
export class RtpLine {
  readonly port: number
  readonly #socket: Socket
  readonly #ssrc = Math.floor(Math.random() * 2 ** 32)
  readonly #hear: (frame: Float32Array) => void
  #to: SoundTarget | undefined
  #sequence = 0

  private constructor(socket: Socket, hear: (frame: Float32Array) => void) {
    this.#socket = socket
    this.#hear = hear
    this.port = socket.address().port
    socket.on('error', () => undefined)
    socket.on('message', (packet) => {
      if (packet.length <= HEADER_BYTES || ((packet[1] ?? 0) & 0x7f) !== PCMU) return
      this.#hear(Float32Array.from(packet.subarray(HEADER_BYTES), sampleOfMulaw))
    })
  }

  /** @param hear is given every frame that comes, samples from -1 to 1 */
  static async open(address: string, hear: (frame: Float32Array) => void): Promise<RtpLine> {
    const socket = createSocket('udp4')
    socket.bind(0, address)
    await once(socket, 'listening')
    return new RtpLine(socket, hear)
  }

  /** Says where `send` sends. */
  sendTo(target: SoundTarget): void {
    this.#to = target
  }

  send(frame: Float32Array): void {
    if (!this.#to) return
    const packet = Buffer.alloc(HEADER_BYTES + frame.length)
    packet.writeUInt8(0x80, 0)
    packet.writeUInt8(PCMU, 1)
    packet.writeUInt16BE(this.#sequence & 0xffff, 2)
    packet.writeUInt32BE((this.#sequence * FRAME_SAMPLES) >>> 0, 4)
    packet.writeUInt32BE(this.#ssrc, 8)
    packet.set(Uint8Array.from(frame, mulawOf), HEADER_BYTES)
    this.#sequence += 1
    this.#socket.send(packet, this.#to.port, this.#to.address)
  }

  close(): void {
    this.#socket.close()
  }
}
