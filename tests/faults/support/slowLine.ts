import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'

const STEP_MS = 100

/** A proxy in front of a hub through which only so many bits a second go, each way. */
export class SlowLine {
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  readonly #bytesPerStep: number
  /** Connections so far. */
  connections = 0
  bytesUp = 0
  bytesDown = 0

  private constructor(target: number, bitsPerSecond: number) {
    this.#bytesPerStep = (bitsPerSecond / 8 / 1000) * STEP_MS
    this.#server = createServer((near) => {
      this.connections += 1
      const far = connect(target, '127.0.0.1')
      this.#carry(near, far, (bytes) => (this.bytesUp += bytes))
      this.#carry(far, near, (bytes) => (this.bytesDown += bytes))
    })
  }

  /** @param target the hub\u2019s port on this machine */
  static async start(target: number, bitsPerSecond: number): Promise<SlowLine> {
    const line = new SlowLine(target, bitsPerSecond)
    await new Promise<void>((resolve) => line.#server.listen(0, '127.0.0.1', resolve))
    return line
  }

  get address(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  #carry(from: Socket, to: Socket, count: (bytes: number) => void): void {
    this.#sockets.add(from)
    const waiting: Buffer[] = []
    const step = setInterval(() => {
      let room = this.#bytesPerStep
      while (room > 0 && waiting[0]) {
        const piece = waiting[0].subarray(0, room)
        const rest = waiting[0].subarray(room)
        if (rest.length > 0) waiting[0] = rest
        else waiting.shift()
        room -= piece.length
        count(piece.length)
        to.write(piece)
      }
    }, STEP_MS)
    from.on('data', (data: Buffer) => waiting.push(data))
    from.on('error', () => undefined)
    from.on('close', () => {
      clearInterval(step)
      to.destroy()
    })
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    await new Promise((resolve) => this.#server.close(resolve))
  }
}
