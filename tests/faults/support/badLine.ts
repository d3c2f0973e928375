import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { WebSocket, WebSocketServer } from 'ws'
import type { DownMessage, UpMessage } from '../../../src/shared/sync/protocol.ts'
import type { Random } from '../../simulation/world.ts'

type Message = DownMessage | UpMessage

/** What has happened to messages, by what was done to them. */
export interface Mishaps {
  /** The line was cut instead of bringing an answer: what was asked was done all the same. */
  answersLost: number
  /** The line was cut instead of bringing a question. */
  questionsLost: number
  twice: number
  late: number
  /** Pages of the feed that never came, on a line that goes on. */
  pagesLost: number
}

/** How often each happens, of a thousand messages. */
export interface Weather {
  readonly cut: number
  readonly twice: number
  readonly late: number
  readonly pagesLost: number
}

/** One line through the proxy: a message that is held back lets the ones behind it pass. */
interface Direction {
  readonly from: WebSocket
  readonly to: WebSocket
  readonly isDown: boolean
}

const LATE_MS = 30

/** A proxy in front of a hub that loses, doubles, delays and reorders whole messages, by a seed. */
export class BadLine {
  readonly #server: Server
  readonly #sockets = new WebSocketServer({ noServer: true })
  readonly #target: number
  readonly #random: Random
  readonly #weather: Weather
  readonly #open = new Set<WebSocket>()
  readonly mishaps: Mishaps = { answersLost: 0, questionsLost: 0, twice: 0, late: 0, pagesLost: 0 }
  /** From now on everything passes as it is. */
  fair = false

  private constructor(target: number, random: Random, weather: Weather) {
    this.#target = target
    this.#random = random
    this.#weather = weather
    this.#server = createServer((incoming, outgoing) => this.#pass(incoming, outgoing))
    this.#server.on('upgrade', (incoming: IncomingMessage, socket: Socket, head: Buffer) => {
      this.#sockets.handleUpgrade(incoming, socket, head, (line) => this.#join(incoming, line))
    })
  }

  /** @param target the hub\u2019s port on this machine */
  static async start(target: number, random: Random, weather: Weather): Promise<BadLine> {
    const line = new BadLine(target, random, weather)
    await new Promise<void>((resolve) => line.#server.listen(0, '127.0.0.1', resolve))
    return line
  }

  get address(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  #pass(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const onward = request({ host: '127.0.0.1', port: this.#target, method: incoming.method, path: incoming.url, headers: incoming.headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    })
    onward.on('error', () => outgoing.destroy())
    incoming.pipe(onward)
  }

  #join(incoming: IncomingMessage, near: WebSocket): void {
    const far = new WebSocket(`ws://127.0.0.1:${this.#target}${incoming.url ?? ''}`, { headers: { authorization: incoming.headers.authorization ?? '' } })
    const early: string[] = []
    this.#open.add(near)
    const cut = (): void => {
      near.terminate()
      far.terminate()
      this.#open.delete(near)
    }
    for (const end of [near, far]) {
      end.on('error', cut)
      end.on('close', cut)
    }
    const [up, down]: readonly Direction[] = [{ from: near, to: far, isDown: false }, { from: far, to: near, isDown: true }]
    if (!up || !down) return
    near.on('message', (data: Buffer) => (far.readyState === WebSocket.OPEN ? this.#carry(up, data.toString()) : early.push(data.toString())))
    far.on('message', (data: Buffer) => this.#carry(down, data.toString()))
    far.on('open', () => early.forEach((text) => this.#carry(up, text)))
  }

  #carry({ from, to, isDown }: Direction, text: string): void {
    const deliver = (): void => {
      if (to.readyState === WebSocket.OPEN) to.send(text)
    }
    const message = JSON.parse(text) as Message
    if (this.fair || message.t === 'hello' || message.t === 'welcome') return deliver()
    const { cut, twice, late, pagesLost } = this.#weather
    const chance = this.#random.below(1000)
    if (message.t === 'page' && chance < pagesLost) return void (this.mishaps.pagesLost += 1)
    if (chance < cut) {
      if (isDown) this.mishaps.answersLost += 1
      else this.mishaps.questionsLost += 1
      return from.terminate()
    }
    if (chance < cut + twice) {
      this.mishaps.twice += 1
      deliver()
      return deliver()
    }
    if (chance < cut + twice + late) {
      this.mishaps.late += 1
      return void setTimeout(deliver, this.#random.below(LATE_MS))
    }
    deliver()
  }

  async close(): Promise<void> {
    for (const line of this.#open) line.terminate()
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }
}
