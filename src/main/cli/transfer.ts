import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { newId } from '../../shared/base/id.ts'
import type { BatchSummary } from '../../shared/contract/methods/accounting.ts'
import { UPLOAD_PART_BYTES } from '../../shared/contract/methods/intake.ts'
import { CodedError, type Line } from './line.ts'

/** Sends a file in the parts that the contract asks for; an empty file is one empty part. */
async function upload(line: Line, file: string): Promise<string> {
  let bytes: Buffer
  try {
    bytes = readFileSync(file)
  } catch (error) {
    throw new CodedError({ code: 'cli.file', message: `${file} can\u2019t be read (${error instanceof Error ? error.message : String(error)}).` })
  }
  const uploadId = newId()
  const parts = Math.max(1, Math.ceil(bytes.byteLength / UPLOAD_PART_BYTES))
  for (let part = 0; part < parts; part++) {
    const base64 = bytes.subarray(part * UPLOAD_PART_BYTES, (part + 1) * UPLOAD_PART_BYTES).toString('base64')
    await line.ask('import.upload', { uploadId, fileName: basename(file), part, last: part === parts - 1, base64 })
  }
  return uploadId
}

interface BroughtIn {
  readonly runId: string
  readonly keptAside: number
}

/** Says what a file would bring in, and changes nothing. */
export async function previewImport(line: Line, file: string): Promise<unknown> {
  const uploadId = await upload(line, file)
  const preview = await line.ask('import.preview', { uploadId })
  await line.ask('import.discard', { uploadId })
  return preview
}

/** Brings a file in; the rows that stay out are written beside the answer, with their reasons. */
export async function importFile(line: Line, file: string): Promise<unknown> {
  const uploadId = await upload(line, file)
  const brought = (await line.ask('import.bringIn', { uploadId, operationId: newId() })) as BroughtIn
  if (brought.keptAside === 0) return brought
  return { ...brought, keptAsideFile: await line.ask('import.keptAside', { runId: brought.runId }) }
}

/** Writes a posted batch for the accountant. @param batch its number or its id */
export async function exportBatch(line: Line, batch: string, format: string): Promise<unknown> {
  const { batches } = (await line.ask('batches.list', {})) as { readonly batches: readonly BatchSummary[] }
  const found = batches.find(({ id, number }) => id === batch || number === batch)
  if (!found) throw new CodedError({ code: 'cli.unknownBatch', message: `There is no batch ${batch}. These are there: ${batches.map(({ number }) => number).join(', ') || 'none yet'}.` })
  return line.ask('batch.export', { batchId: found.id, format })
}
