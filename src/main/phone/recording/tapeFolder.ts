import { closeSync, constants, existsSync, fstatSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { MU_LAW_SILENCE } from '../../../shared/base/muLaw.ts'
import { CONSENTS, PAUSE_REASONS } from '../../../shared/domain/recordings/tables.ts'
import type { IncomingBlob } from '../../store/blobFolder.ts'
import { waveHeader } from './wave.ts'

// What a fall left behind is read by the next start: it is checked like any file.
const label = z.object({
  tapeId: z.string(),
  callId: z.string(),
  lineNumber: z.string(),
  agentId: z.string().nullable(),
  practice: z.boolean(),
  consent: z.enum(CONSENTS),
  consentAt: z.number().nullable(),
  consentBy: z.string().nullable(),
  startedAt: z.number(),
  pauses: z.array(z.object({ from: z.number(), to: z.number(), why: z.enum(PAUSE_REASONS) })),
})

/** What is known of a tape while it grows. */
export type TapeLabel = z.output<typeof label>

const PIECE_BYTES = 256 * 1024
const NAME = /^[0-9a-f-]{36}$/

function writeWhole(file: number, bytes: Uint8Array, at: number): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done, bytes.length - done, at + done)
}

/** Recordings that still grow, each with what is known of it beside it: what a fall of Baton leaves is there at the next start. */
export class TapeFolder {
  readonly #directory: string | null
  #folder: string | null = null

  /** @param directory the data folder; null: a folder of the system’s, gone when it is closed */
  constructor(directory: string | null) {
    this.#directory = directory
  }

  #path(tapeId: string, ending: string): string {
    if (!NAME.test(tapeId)) throw new TypeError('This is not a tape')
    if (this.#folder === null) {
      this.#folder = this.#directory === null ? mkdtempSync(join(tmpdir(), 'baton-tapes-')) : join(this.#directory, 'recordings')
      // What callers said is for this account only.
      mkdirSync(this.#folder, { recursive: true, mode: 0o700 })
    }
    return join(this.#folder, `${tapeId}.${ending}`)
  }

  /**
   * Puts a piece in its place: where pieces before it could not be written there is silence, so that what follows keeps its time.
   * @param at bytes from the beginning
   * @throws where the disk does not take it
   */
  write(tapeId: string, bytes: Uint8Array, at: number): void {
    const file = openSync(this.#path(tapeId, 'ulaw'), constants.O_RDWR | constants.O_CREAT, 0o600)
    try {
      // What a disk that was full took of the last piece may have broken off between two samples.
      for (let end = fstatSync(file).size; end < at; ) {
        const gap = Math.min(PIECE_BYTES, at - end)
        writeWhole(file, new Uint8Array(gap).fill(MU_LAW_SILENCE), end)
        end += gap
      }
      writeWhole(file, bytes, at)
    } finally {
      closeSync(file)
    }
  }

  /** Written beside and put in its place, so that a fall leaves the old one or the new one. */
  note(tape: TapeLabel): void {
    const path = this.#path(tape.tapeId, 'json')
    writeFileSync(`${path}.new`, JSON.stringify(tape), { mode: 0o600 })
    renameSync(`${path}.new`, path)
  }

  labelOf(tapeId: string): TapeLabel | null {
    try {
      return label.parse(JSON.parse(readFileSync(this.#path(tapeId, 'json'), 'utf8')))
    } catch {
      return null
    }
  }

  /** When a tape was written to last, epoch milliseconds. */
  writtenAt(tapeId: string): number {
    return statSync(this.#path(tapeId, 'ulaw')).mtimeMs
  }

  /** Makes a file of a tape that any player plays. @returns how many frames it has; 0 where nothing of it could be written */
  async copy(tapeId: string, into: IncomingBlob): Promise<number> {
    await into.drop()
    const path = this.#path(tapeId, 'ulaw')
    if (!existsSync(path)) return 0
    const file = await open(path, 'r')
    try {
      const frames = Math.floor((await file.stat()).size / 2)
      await into.append(waveHeader(frames))
      const piece = Buffer.allocUnsafe(PIECE_BYTES)
      for (let at = 0; at < frames * 2; ) {
        const { bytesRead } = await file.read(piece, 0, Math.min(PIECE_BYTES, frames * 2 - at), at)
        if (bytesRead === 0) break
        await into.append(piece.subarray(0, bytesRead))
        at += bytesRead
      }
      return frames
    } finally {
      await file.close()
    }
  }

  drop(tapeId: string): void {
    for (const ending of ['ulaw', 'json', 'json.new']) rmSync(this.#path(tapeId, ending), { force: true })
  }

  /** The tapes that a fall has left. */
  left(): readonly string[] {
    if (this.#directory === null) return []
    try {
      return readdirSync(join(this.#directory, 'recordings')).flatMap((name) => {
        const tapeId = name.slice(0, -'.ulaw'.length)
        return name.endsWith('.ulaw') && NAME.test(tapeId) ? [tapeId] : []
      })
    } catch {
      return []
    }
  }

  close(): void {
    if (this.#directory === null && this.#folder !== null) rmSync(this.#folder, { recursive: true, force: true })
  }
}
