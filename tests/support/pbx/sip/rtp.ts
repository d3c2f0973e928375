import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { mulawOf, sampleOfMulaw } from '../audio.ts'

/** 20 ms at 8,000 samples a second, as every telephone sends. */
export const FRAME_SAMPLES = 160

const HEADER_BYTES = 12
const PCMU = 0

/** One party's sound: a port that takes PCMU and sends it. */
export class RtpLine {
  readonly port: number
  readonly #socket: Socket
  readonly #ssrc = Math.floor(Math.random() * 2 ** 32)
  readonly #to: { readonly address: string; readonly port: number }
  #sequence = 0
  /** What came last and was not taken yet. */
  #frames: Float32Array[] = []

  private constructor(socket: Socket, to: { readonly address: string; readonly port: number }) {
    this.#socket = socket
    this.#to = to
    this.port = socket.address().port
    socket.on('error', () => undefined)
    socket.on('message', (packet) => {
      if (packet.length <= HEADER_BYTES || ((packet[1] ?? 0) & 0x7f) !== PCMU) return
      this.#frames.push(Float32Array.from(packet.subarray(HEADER_BYTES), sampleOfMulaw))
      // Whoever does not take them in time loses the oldest.
      if (this.#frames.length > 5) this.#frames.shift()
    })
  }

  static async open(address: string, to: { readonly address: string; readonly port: number }): Promise<RtpLine> {
    const socket = createSocket('udp4')
    socket.bind(0, address)
    await once(socket, 'listening')
    return new RtpLine(socket, to)
  }

  /** The oldest frame that was not taken yet. */
  take(): Float32Array | undefined {
    return this.#frames.shift()
  }

  send(frame: Float32Array): void {
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
