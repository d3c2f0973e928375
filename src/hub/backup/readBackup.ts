import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { pipeline } from 'node:stream/promises'
import { PassThrough } from 'node:stream'
import { backupEnd, type BackupHead, backupHead, BACKUP_FORMAT, BackupProblem, END_OF_ROWS, type TableHead, tableHead } from './format.ts'

const NEWLINE = 10
const END = Buffer.from(END_OF_ROWS)

/** The lines of a compressed file, each with its line end. */
async function* linesOf(file: string): AsyncGenerator<Buffer, void, void> {
  const text = new PassThrough()
  const read = pipeline(createReadStream(file), createGunzip(), text)
  read.catch(() => undefined)
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of text as AsyncIterable<Buffer>) {
    let from = 0
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk
    for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, from)) {
      yield bytes.subarray(from, at + 1)
      from = at + 1
    }
    rest = bytes.subarray(from)
  }
  await read
  if (rest.length > 0) yield rest
}

/** Takes what a backup holds, in its order. */
export interface BackupReader {
  head?(head: BackupHead): Promise<void>
  table?(table: TableHead): Promise<void>
  row?(line: Buffer): Promise<void> | void
  endTable?(): Promise<void>
}

interface Counted {
  readonly table: string
  readonly rows: number
  readonly sha256: string
}

const parse = (line: Buffer): unknown => JSON.parse(line.toString('utf8')) as unknown

/** Reads a file to its end and holds it against what it says of itself. */
async function readWhole(file: string, reader: BackupReader): Promise<BackupHead> {
  const lines = linesOf(file)
  const next = async (): Promise<Buffer> => {
    const line = await lines.next()
    if (line.done === true) throw new Error('it ends too early')
    return line.value
  }
  const first = await next()
  const headHash = createHash('sha256').update(first).digest('hex')
  const head = backupHead.parse(parse(first))
  if (head.format > BACKUP_FORMAT) throw new BackupProblem('This backup was made by a newer version of Baton\u2019s hub. Nothing was changed. Install that version first.')
  await reader.head?.(head)
  const counted: Counted[] = []
  for (;;) {
    const value = parse(await next())
    const end = backupEnd.safeParse(value)
    if (end.success) {
      if (end.data.head !== headHash || JSON.stringify(end.data.end) !== JSON.stringify(counted)) throw new Error('what it holds is not what it was made of')
      return head
    }
    const table = tableHead.parse(value)
    await reader.table?.(table)
    const hash = createHash('sha256')
    let rows = 0
    for (let line = await next(); !line.subarray(0, END.length).equals(END) || line.length > END.length + 1; line = await next()) {
      hash.update(line)
      rows += 1
      const taken = reader.row?.(line)
      if (taken) await taken
    }
    await reader.endTable?.()
    counted.push({ table: table.table, rows, sha256: hash.digest('hex') })
  }
}

/**
 * Reads a backup. Without a reader it only checks that the file is whole.
 * @throws BackupProblem
 */
export async function readBackup(file: string, reader: BackupReader = {}): Promise<BackupHead> {
  return readWhole(file, reader).catch((error: unknown) => {
    if (error instanceof BackupProblem || (error instanceof Error && 'severity' in error)) throw error
    const reason = error instanceof Error ? error.message : String(error)
    throw new BackupProblem(`This is no whole backup of a hub (${reason.slice(0, 200)}). Nothing was changed. Take another one.`, { cause: error })
  })
}
