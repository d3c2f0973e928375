import { type DragEvent, useEffect, useRef, useState } from 'react'
import { newId } from '../../../shared/base/id.ts'
import type { ContractError } from '../../../shared/contract/frames.ts'
import type { ListedAttachment } from '../../../shared/contract/methods/attachments.ts'
import { api, useEvent, useQuery } from '../../api/api.ts'
import { asContractError } from '../../api/errors.ts'
import { receiveFile } from '../../api/receiveFile.ts'
import type { OutputOf } from '../../api/types.ts'
import { toast } from '../../stores/toast.ts'
import { attachFile, type Subject } from './attach.ts'

export type ShownImage = Extract<OutputOf<'attachment.open'>, { readonly kind: 'image' }> & { readonly attachmentId: string }

export interface Attachments {
  /** Undefined until the first answer. */
  readonly rows: readonly ListedAttachment[] | undefined
  /** What is under way, in words; null where nothing is. */
  readonly work: string | null
  readonly error: ContractError | null
  readonly image: ShownImage | null
  readonly closeImage: () => void
  readonly add: (files: readonly File[]) => void
  readonly open: (attachment: ListedAttachment, asFile?: boolean) => void
  readonly remove: (attachment: ListedAttachment) => void
  /** For the element that files are dropped on. */
  readonly drop: { readonly onDragOver: (event: DragEvent) => void; readonly onDragLeave: () => void; readonly onDrop: (event: DragEvent) => void }
  readonly over: boolean
}

const percent = (share: number): string => `${Math.min(99, Math.floor(share * 100))} %`

/** What is attached to a record, and all that can be done with it; files come by choice, drop and paste. */
export function useAttachments(subject: Subject, mayEdit: boolean): Attachments {
  const { data: rows, error: unknown, refetch } = useQuery('attachment.list', { subjectKind: subject.subjectKind, subjectId: subject.subjectId })
  const [work, setWork] = useState<string | null>(null)
  const [error, setError] = useState<ContractError | null>(null)
  const [image, setImage] = useState<ShownImage | null>(null)
  const [over, setOver] = useState(false)
  const busy = useRef(false)
  const fetching = useRef('')
  useEvent('attachments', refetch)
  useEvent('progress', ({ operationId, label, done, total }) => {
    if (operationId === fetching.current) setWork(`${label}: ${percent(done / total)}`)
  })

  /** One thing at a time; what went wrong stays on the screen until the next. */
  const run = async (job: () => Promise<void>): Promise<void> => {
    if (busy.current) return
    busy.current = true
    setError(null)
    try {
      await job()
    } catch (thrown) {
      setError(asContractError(thrown))
    } finally {
      busy.current = false
      setWork(null)
    }
  }

  const add = (files: readonly File[]): void => {
    if (!mayEdit || files.length === 0) return
    void run(async () => {
      const added: string[] = []
      for (const file of files) added.push(await attachFile(file, subject, (share) => setWork(`Attaching ${file.name}: ${percent(share)}`)))
      const takeBack = async (): Promise<void> => {
        for (const attachmentId of added) await api.command('attachment.remove', { attachmentId, removed: true })
      }
      toast(files.length === 1 ? `${files[0]?.name ?? 'The file'} is attached.` : `${files.length} files are attached.`, () => void takeBack())
    })
  }

  const open = ({ attachmentId, name, place }: ListedAttachment, asFile = false): void => {
    void run(async () => {
      const operationId = newId()
      fetching.current = operationId
      if (place === 'atHub') setWork(`Fetching ${name}`)
      const opened = await api.action('attachment.open', { attachmentId, asFile, operationId })
      if (opened.kind === 'image') return setImage({ ...opened, attachmentId })
      const where = receiveFile(opened.delivery, opened.name)
      if (where !== null) toast(where)
    })
  }

  const remove = ({ attachmentId, name }: ListedAttachment): void => {
    if (!mayEdit) return
    void run(async () => {
      await api.command('attachment.remove', { attachmentId, removed: true })
      toast(`${name} is removed.`, () => void api.command('attachment.remove', { attachmentId, removed: false }))
    })
  }

  // A picture on the clipboard goes to the record that is open, wherever the caret is; text is left to the fields.
  const paste = useRef(add)
  paste.current = add
  useEffect(() => {
    const onPaste = (event: ClipboardEvent): void => {
      const files = [...(event.clipboardData?.files ?? [])]
      if (files.length === 0) return
      event.preventDefault()
      paste.current(files)
    }
    window.addEventListener('paste', onPaste)
    return () => window.removeEventListener('paste', onPaste)
  }, [])

  return {
    rows,
    work,
    error: error ?? unknown,
    image,
    closeImage: () => setImage(null),
    add,
    open,
    remove,
    over,
    drop: {
      onDragOver: (event) => {
        if (!mayEdit || !event.dataTransfer.types.includes('Files')) return
        event.preventDefault()
        setOver(true)
      },
      onDragLeave: () => setOver(false),
      onDrop: (event) => {
        if (!event.dataTransfer.types.includes('Files')) return
        event.preventDefault()
        setOver(false)
        add([...event.dataTransfer.files])
      },
    },
  }
}
