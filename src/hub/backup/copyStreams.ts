import { once } from 'node:events'
import type pg from 'pg'

/** The part of a connection that COPY needs and that the types of `pg` leave out. */
interface CopyConnection {
  readonly stream: NodeJS.ReadWriteStream & { readonly writableNeedDrain?: boolean }
  query(text: string): void
  sendCopyFromChunk(chunk: Uint8Array): void
  endCopyFrom(): void
  sendCopyFail(message: string): void
}

/** Chunks that wait to be read before the server is asked to wait. */
const WAITING_LIMIT = 500

/** What `pg` calls on whatever it was asked to submit. */
class CopyOut {
  readonly #text: string
  readonly #waiting: Uint8Array[] = []
  #connection: CopyConnection | null = null
  #done = false
  #error: Error | null = null
  #wake: () => void = () => undefined

  constructor(text: string) {
    this.#text = text
  }

  submit(connection: CopyConnection): void {
    this.#connection = connection
    connection.query(this.#text)
  }

  handleCopyData({ chunk }: { readonly chunk: Uint8Array }): void {
    // What `pg` hands over is a view of a buffer that the next message is read into.
    this.#waiting.push(Uint8Array.from(chunk))
    if (this.#waiting.length > WAITING_LIMIT) this.#connection?.stream.pause()
    this.#wake()
  }

  handleError(error: Error): void {
    this.#error = error
    this.#wake()
  }

  handleReadyForQuery(): void {
    this.#done = true
    this.#wake()
  }

  handleRowDescription(): void {}
  handleDataRow(): void {}
  handleCommandComplete(): void {}
  callback(): void {}

  async *chunks(): AsyncGenerator<Uint8Array, void, void> {
    for (;;) {
      const chunk = this.#waiting.shift()
      if (chunk) {
        yield chunk
        continue
      }
      if (this.#error) throw this.#error
      if (this.#done) return
      this.#connection?.stream.resume()
      await new Promise<void>((resolve) => (this.#wake = resolve))
    }
  }
}

class CopyIn {
  readonly #text: string
  #connection: CopyConnection | null = null
  #begin: () => void = () => undefined
  #end: () => void = () => undefined
  #fail: (error: Error) => void = () => undefined
  readonly begun = new Promise<void>((resolve, reject) => {
    this.#begin = resolve
    this.#fail = reject
  })
  readonly ended: Promise<void>
  #error: Error | null = null

  constructor(text: string) {
    this.#text = text
    this.ended = new Promise((resolve) => (this.#end = resolve))
    this.begun.catch(() => undefined)
  }

  submit(connection: CopyConnection): void {
    this.#connection = connection
    connection.query(this.#text)
  }

  handleCopyInResponse(): void {
    this.#begin()
  }

  handleError(error: Error): void {
    this.#error = error
    this.#fail(error)
  }

  handleReadyForQuery(): void {
    this.#end()
  }

  handleRowDescription(): void {}
  handleDataRow(): void {}
  handleCommandComplete(): void {}
  callback(): void {}

  async write(chunk: Uint8Array): Promise<void> {
    const connection = this.#connection
    if (this.#error || !connection) throw this.#error ?? new Error('COPY has not begun')
    connection.sendCopyFromChunk(chunk)
    if (connection.stream.writableNeedDrain === true) await once(connection.stream, 'drain')
  }

  async finish(): Promise<void> {
    this.#connection?.endCopyFrom()
    await this.ended
    if (this.#error) throw this.#error
  }
}

/** Reads `COPY ... TO STDOUT` in chunks, one a row. The client takes nothing else meanwhile; it must not pipeline. */
export function copyOut(client: pg.Client, text: string): AsyncGenerator<Uint8Array, void, void> {
  const copy = new CopyOut(text)
  client.query(copy as unknown as pg.Submittable)
  return copy.chunks()
}

/** Feeds `COPY ... FROM STDIN`. @throws what the database says, at the latest from `finish` */
export async function copyIn(client: pg.Client, text: string): Promise<Pick<CopyIn, 'write' | 'finish'>> {
  const copy = new CopyIn(text)
  client.query(copy as unknown as pg.Submittable)
  await copy.begun
  return copy
}
