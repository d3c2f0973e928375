import { create } from 'zustand'
import { newId } from '../../shared/base/id.ts'
import type { ContractError } from '../../shared/contract/frames.ts'
import { UPLOAD_PART_BYTES } from '../../shared/contract/methods/intake.ts'
import { api } from '../api/api.ts'
import { asContractError } from '../api/errors.ts'
import { fileBase64 } from '../api/fileBase64.ts'
import type { OutputOf } from '../api/types.ts'

export type Preview = OutputOf<'import.preview'>
export type BroughtIn = OutputOf<'import.bringIn'> & { readonly fileName: string }
export type TakenBack = OutputOf<'import.takeBack'>

interface Progress {
  readonly operationId: string
  readonly label: string
  readonly done: number
  readonly total: number
}

/** Where an import stands. It outlives the screen: whoever looks something up meanwhile finds it as it was. */
export type ImportStage =
  | { readonly kind: 'choose' }
  | { readonly kind: 'reading'; readonly progress: Progress }
  | { readonly kind: 'preview'; readonly uploadId: string; readonly preview: Preview }
  | { readonly kind: 'importing'; readonly progress: Progress; readonly stopping: boolean }
  | { readonly kind: 'done'; readonly result: BroughtIn }
  | { readonly kind: 'takingBack'; readonly progress: Progress }
  | { readonly kind: 'takenBack'; readonly result: TakenBack }

interface ImportStore {
  readonly stage: ImportStage
  readonly leaveOutKnown: boolean
  readonly error: ContractError | null
}

const CHOOSE: ImportStage = { kind: 'choose' }

export const useImportStore = create<ImportStore>(() => ({ stage: CHOOSE, leaveOutKnown: true, error: null }))

const { setState, getState } = useImportStore

const MEGABYTE = 1024 * 1024
const MAX_BYTES = 100 * MEGABYTE

/** What went wrong stands where the person is; they lose nothing by it. */
function failed(stage: ImportStage): (thrown: unknown) => void {
  return (thrown) => setState({ stage, error: asContractError(thrown) })
}

/** Sends a file in parts. @param sent hears how many parts have gone, of how many */
export async function sendFile(file: File, uploadId: string, sent: (parts: number, of: number) => void): Promise<void> {
  const parts = Math.max(1, Math.ceil(file.size / UPLOAD_PART_BYTES))
  for (let part = 0; part < parts; part++) {
    const base64 = await fileBase64(file.slice(part * UPLOAD_PART_BYTES, (part + 1) * UPLOAD_PART_BYTES))
    await api.action('import.upload', { uploadId, fileName: file.name.slice(0, 255), part, last: part === parts - 1, base64 })
    sent(part + 1, parts)
  }
}

/** Sends the file to the backend and shows what would come in. Nothing changes yet. */
export async function chooseFile(file: File): Promise<void> {
  if (file.size > MAX_BYTES) {
    setState({ error: { code: 'import.tooLarge', message: `${file.name} is larger than 100 MB. Export fewer customers at a time.`, field: 'file' } })
    return
  }
  const uploadId = newId()
  setState({ stage: { kind: 'reading', progress: { operationId: uploadId, label: `Reading ${file.name}`, done: 0, total: 1 } }, error: null, leaveOutKnown: true })
  try {
    await sendFile(file, uploadId, (parts, of) => setState({ stage: { kind: 'reading', progress: { operationId: uploadId, label: `Reading ${file.name}`, done: parts, total: of + 1 } } }))
    const preview = await api.action('import.preview', { uploadId })
    setState({ stage: { kind: 'preview', uploadId, preview } })
  } catch (thrown) {
    failed(CHOOSE)(thrown)
  }
}

export function setLeaveOutKnown(leaveOutKnown: boolean): void {
  setState({ leaveOutKnown })
}

/** How many customers the import would bring. */
export function customersToCome(preview: Preview, leaveOutKnown: boolean): number {
  return preview.customers - (leaveOutKnown ? preview.alreadyHere : 0)
}

export function startImport(): void {
  const { stage, leaveOutKnown } = getState()
  if (stage.kind !== 'preview' || customersToCome(stage.preview, leaveOutKnown) + (leaveOutKnown ? stage.preview.further : 0) === 0) return
  const { uploadId, preview } = stage
  const operationId = newId()
  setState({ stage: { kind: 'importing', stopping: false, progress: { operationId, label: `Importing ${preview.fileName}`, done: 0, total: preview.rows + 1 } }, error: null })
  api
    .action('import.bringIn', { uploadId, operationId, leaveOutKnown })
    .then((result) => setState({ stage: { kind: 'done', result: { ...result, fileName: preview.fileName } } }), failed(stage))
}

/** Stops after the chunk it is at; what is in stays in. */
export function stopImport(): void {
  const { stage } = getState()
  if (stage.kind !== 'importing' || stage.stopping) return
  setState({ stage: { ...stage, stopping: true } })
  api.action('import.cancel', { operationId: stage.progress.operationId }).catch((thrown: unknown) => setState({ error: asContractError(thrown) }))
}

export function takeBack(runId: string, fileName: string): void {
  const { stage } = getState()
  if (stage.kind === 'importing' || stage.kind === 'takingBack') return
  const operationId = newId()
  setState({ stage: { kind: 'takingBack', progress: { operationId, label: `Taking ${fileName} back`, done: 0, total: 1 } }, error: null })
  api.action('import.takeBack', { runId, operationId }).then((result) => setState({ stage: { kind: 'takenBack', result } }), failed(stage))
}

/** Back to the beginning; a file that was read is given up. */
export function anotherFile(): void {
  const { stage } = getState()
  if (stage.kind === 'preview') api.action('import.discard', { uploadId: stage.uploadId }).catch(() => undefined)
  if (stage.kind === 'preview' || stage.kind === 'done' || stage.kind === 'takenBack') setState({ stage: CHOOSE, error: null })
}

/** What the backend says of work under way; said to every page, so others' is passed over. */
export function progressed(event: Progress): void {
  const { stage } = getState()
  if ((stage.kind === 'importing' || stage.kind === 'takingBack') && stage.progress.operationId === event.operationId) setState({ stage: { ...stage, progress: event } })
}
