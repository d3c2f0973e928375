import { derivedId, newId } from '../../../shared/base/id.ts'
import type { intakeMethods } from '../../../shared/contract/methods/intake.ts'
import { type ImportRun, importRejectTable, importRunTable } from '../../../shared/domain/intake/tables.ts'
import { UNDO_CHUNK } from '../../../shared/domain/intake/undo.ts'
import { taxZoneTable } from '../../../shared/domain/invoices/tables.ts'
import { all, get, range } from '../../../shared/domain/kernel/load.ts'
import { companyTable, userTable } from '../../../shared/domain/people/tables.ts'
import { Pace } from '../../core/pace.ts'
import { type Asked, type Implementation, mustRun, ServiceError } from '../../core/service.ts'
import { asideCsv } from './asideFile.ts'
import { type Piece, piecesOf, surveyFile, type Survey } from './importFile.ts'
import { Uploads } from './uploads.ts'

/** How many customers one command brings in or takes back: a ring that comes in between waits so long. */
const CUSTOMERS_A_COMMAND = { first: 25, least: 10, most: 100 } as const
const CUSTOMERS_TAKEN_BACK = { first: 20, least: 5, most: UNDO_CHUNK } as const

const uploads = new Uploads()

/** What the preview found, kept for the import of the same upload. */
const surveys = new Map<string, Survey>()

/** Imports under way by operation; true once somebody asked to stop. */
const underWay = new Map<string, { canceled: boolean }>()

function nameOf(asked: Asked, userId: string): string {
  return asked.store.engine.run(get(userTable, userId))?.name ?? 'Baton'
}

/** Where the file's customers live: the company's time zone, and its tax zone where there is only one. */
function placeFor(asked: Asked, uploadId: string, sha256: string) {
  const { engine } = asked.store
  const company = engine.run(all(companyTable))[0]
  if (!company) throw new ServiceError('company.missing', 'Set up your company first; the customers go into it.')
  const taxZones = engine.run(all(taxZoneTable)).filter((zone) => zone.active)
  return { scope: derivedId('import', sha256, uploadId), zone: company.zone, taxZoneId: taxZones.length === 1 ? (taxZones[0]?.id ?? null) : null }
}

function earlier(asked: Asked, sha256: string): ImportRun | undefined {
  const runs = asked.store.engine.run(range(importRunTable, 'byFileHash', [sha256]))
  return runs.filter((run) => run.state !== 'undone').sort((left, right) => right.createdAt - left.createdAt)[0]
}

async function survey(asked: Asked, uploadId: string): Promise<Survey> {
  const file = uploads.whole(uploadId, asked.actorId)
  const found = await surveyFile(file.path, asked.store, placeFor(asked, uploadId, file.sha256))
  // Only the newest is kept: it is as large as the list of clients.
  surveys.clear()
  surveys.set(uploadId, found)
  return found
}

const counted = (asked: Asked, runId: string): ImportRun => {
  const run = asked.store.engine.run(get(importRunTable, runId))
  if (!run) throw new ServiceError('import.unknown', 'This import is not known here.')
  return run
}

/** A file that came whole, for who brings in something else than customers. @throws ServiceError where it is not here */
export const uploadedFile = (uploadId: string, owner: string) => uploads.whole(uploadId, owner)

/** It is in, and not needed any more. */
export function discardUpload(uploadId: string, owner: string): void {
  uploads.whole(uploadId, owner)
  uploads.discard(uploadId)
}

/** When the backend closes: files that pages sent and nobody imported. */
export function discardUploads(): void {
  uploads.discardAll()
  surveys.clear()
}

export const intakeService: Implementation<typeof intakeMethods> = {
  'import.upload': ({ base64, ...part }, asked) => ({ received: uploads.receive({ ...part, bytes: Buffer.from(base64, 'base64') }, asked.actorId) }),

  'import.preview': async ({ uploadId }, asked) => {
    const file = uploads.whole(uploadId, asked.actorId)
    const { preview } = await survey(asked, uploadId)
    const before = earlier(asked, file.sha256)
    return {
      fileName: file.fileName,
      bytes: file.bytes,
      ...preview,
      sameFile: before ? { at: before.createdAt, by: nameOf(asked, before.createdBy), customers: before.customers } : null,
    }
  },

  'import.bringIn': async ({ uploadId, operationId, leaveOutKnown }, asked) => {
    const file = uploads.whole(uploadId, asked.actorId)
    if (underWay.has(operationId)) throw new ServiceError('import.underWay', 'This import is under way already.')
    const state = { canceled: false }
    underWay.set(operationId, state)
    const runId = newId(asked.now())
    const run = (name: string, input: object) => mustRun(asked, { name, input: { runId, ...input }, actorId: asked.actorId, operationId })
    try {
      const found = surveys.get(uploadId) ?? (await survey(asked, uploadId))
      if (found.preview.unusable !== null) throw new ServiceError('import.unusable', found.preview.unusable)
      const total = found.preview.rows + 1
      const report = (done: number): void => asked.emit('progress', { operationId, label: `Importing ${file.fileName}`, done, total })
      report(0)
      run('import.start', { source: 'jobberClients', fileName: file.fileName, fileHash: file.sha256 })
      try {
        const pace = new Pace({ ...CUSTOMERS_A_COMMAND, elapsed: () => performance.now() })
        const bringIn = ({ rows, further }: Extract<Piece, { kind: 'customers' }>): void => void pace.of(rows.length + further.length, () => run('import.addRows', { rows, further }))
        for await (const piece of piecesOf(file.path, found, placeFor(asked, uploadId, file.sha256), leaveOutKnown, () => pace.size)) {
          if (state.canceled) break
          await asked.background.run(() => (piece.kind === 'customers' ? bringIn(piece) : void run('import.reject', { rows: piece.rows })))
          report(piece.upTo)
        }
      } finally {
        run('import.finish', {})
      }
      const { customers, importedRows, rejectedRows } = counted(asked, runId)
      // What was canceled may be wanted again; a file that is in is not needed any more.
      if (!state.canceled) uploads.discard(uploadId)
      surveys.delete(uploadId)
      return { runId, customers, locations: importedRows, keptAside: rejectedRows, canceled: state.canceled }
    } finally {
      underWay.delete(operationId)
    }
  },

  'import.cancel': ({ operationId }) => {
    const state = underWay.get(operationId)
    if (state) state.canceled = true
    return {}
  },

  'import.discard': ({ uploadId }, asked) => {
    uploads.whole(uploadId, asked.actorId)
    uploads.discard(uploadId)
    surveys.delete(uploadId)
    return {}
  },

  'import.takeBack': async ({ runId, operationId }, asked) => {
    counted(asked, runId)
    const brought = () => asked.store.prepare('SELECT id, name FROM customer WHERE import_run_id = ? ORDER BY name').all(runId) as { id: string; name: string }[]
    const before = brought()
    const places = () =>
      asked.store
        .prepare('SELECT l.id FROM location l JOIN customer c ON c.company_id = l.company_id AND c.id = l.customer_id WHERE l.import_run_id = ? AND c.import_run_id IS NOT ? ORDER BY l.id')
        .all(runId, runId) as { id: string }[]
    const added = places()
    const total = Math.max(before.length, added.length)
    const pace = new Pace({ ...CUSTOMERS_TAKEN_BACK, elapsed: () => performance.now() })
    for (let from = 0; from === 0 || from < total; ) {
      const upTo = Math.min(from + pace.size, total)
      const part = (rows: readonly { readonly id: string }[]): readonly string[] => rows.slice(from, upTo).map(({ id }) => id)
      const input = { runId, customerIds: part(before), locationIds: part(added), last: upTo === total }
      await asked.background.run(() => pace.of(upTo - from, () => mustRun(asked, { name: 'import.undo', input, actorId: asked.actorId, operationId })))
      asked.emit('progress', { operationId, label: 'Taking the import back', done: upTo, total })
      if (upTo === total) break
      from = upTo
    }
    const kept = brought()
    return { removed: before.length - kept.length, removedLocations: added.length - places().length, kept: kept.length, keptNames: kept.slice(0, 100).map(({ name }) => name) }
  },

  'import.keptAside': async ({ runId }, asked) => {
    const run = counted(asked, runId)
    const rejects = asked.store.engine.run(range(importRejectTable, 'byRun', [runId]))
    if (rejects.length === 0) throw new ServiceError('import.nothingAside', 'This import kept no row aside.')
    const name = `${run.fileName.replace(/\.[^.]*$/, '').replace(/[^\w .-]+/g, '_').slice(0, 80) || 'import'}, kept aside.csv`
    return { name, delivery: await asked.shell.offerFile({ name, mime: 'text/csv', bytes: asideCsv(rejects) }) }
  },

  'import.runs': (_input, asked) =>
    asked.store.engine
      .run(all(importRunTable))
      .filter((run) => run.source !== 'sample')
      .sort((left, right) => right.createdAt - left.createdAt)
      .slice(0, 100)
      .map((run) => ({
        runId: run.id,
        fileName: run.fileName,
        at: run.createdAt,
        by: nameOf(asked, run.createdBy),
        state: run.state,
        customers: run.customers,
        locations: run.importedRows,
        keptAside: run.rejectedRows,
      })),
}
