import { useRef, useState } from 'react'
import { formatDay, formatTime, wallTimeOf } from '../../../shared/base/zone.ts'
import type { ListedAttachment } from '../../../shared/contract/methods/attachments.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { type Column, DataTable } from '../../components/DataTable.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { LoadingLines } from '../../components/LoadingLines.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { useZone } from '../../stores/session.ts'
import type { Subject } from './attach.ts'
import { placeWords, sizeWords } from './attachmentWords.ts'
import classes from './attachments.module.css'
import { FilePicker } from './FilePicker.tsx'
import { ShowImage } from './ShowImage.tsx'
import { useAttachments } from './useAttachments.ts'

/** A cell that may be too narrow for its words says them when it is pointed at. */
const whole = (text: string) => <span title={text}>{text}</span>

function columnsIn(zone: string): readonly Column<ListedAttachment>[] {
  return [
    { key: 'name', header: 'File', strong: true, cell: ({ name, note }) => whole(note === '' ? name : `${name}, ${note}`) },
    { key: 'about', header: 'On', width: '112px', quiet: true, cell: ({ about }) => whole(about) },
    { key: 'size', header: 'Size', width: '64px', align: 'right', cell: ({ bytes }) => sizeWords(bytes) },
    { key: 'by', header: 'Added', width: '136px', quiet: true, cell: ({ by, at }) => <span title={formatTime(at, zone)}>{[by, formatDay(wallTimeOf(at, zone).day)].filter(Boolean).join(', ')}</span> },
    { key: 'place', header: 'File is', width: '224px', cell: (attachment) => placeWords(attachment) || 'Here' },
  ]
}

/** Everything attached to a record, as its main list. */
export function AttachmentTable({ subject, mayEdit }: { readonly subject: Subject; readonly mayEdit: boolean }) {
  const files = useAttachments(subject, mayEdit)
  const [selectedId, setSelected] = useState<string | null>(null)
  const picker = useRef<HTMLInputElement>(null)
  const zone = useZone()
  const { rows, work, error } = files
  const selected = rows?.find(({ attachmentId }) => attachmentId === selectedId) ?? rows?.[0]
  const choose = (): void => picker.current?.click()
  useHotkeys('Attachments', [
    ...(mayEdit ? [{ keys: '+', label: 'Attach files', run: choose }] : []),
    ...(selected ? [{ keys: 'S', label: 'Keep a copy of the file', run: () => files.open(selected, true) }] : []),
    ...(selected && mayEdit ? [{ keys: 'X', label: 'Remove the file', run: () => files.remove(selected) }] : []),
  ])
  if (!rows) return error ? <ErrorNotice error={error} /> : <LoadingLines />
  return (
    <div className={`${classes['tab']} ${files.over ? classes['over'] : ''}`} {...files.drop}>
      <div className={classes['bar']}>
        {mayEdit ? <ActionButton small icon="plus" label="Attach files" keys="+" onClick={choose} /> : null}
        {selected ? <ActionButton small label="Open" keys="Enter" onClick={() => files.open(selected)} /> : null}
        {selected ? <ActionButton small kind="quiet" label="Keep a copy" keys="S" onClick={() => files.open(selected, true)} /> : null}
        {selected && mayEdit ? <ActionButton small kind="quiet" label="Remove" keys="X" onClick={() => files.remove(selected)} /> : null}
        <span className="sp" />
        <span className="t3 el" role="status">
          {work ?? (mayEdit ? 'Drop files here, or paste a picture' : '')}
        </span>
      </div>
      <ErrorNotice error={error} />
      <DataTable
        main
        label="Attachments"
        columns={columnsIn(zone)}
        rows={rows}
        rowId={({ attachmentId }) => attachmentId}
        selectedId={selected?.attachmentId ?? null}
        onSelect={setSelected}
        onOpen={(attachment) => files.open(attachment)}
        empty={<EmptyState>{mayEdit ? 'Nothing is attached. Next: drop a photo here, or choose files with +.' : 'Nothing is attached.'}</EmptyState>}
      />
      <FilePicker picker={picker} onFiles={files.add} />
      <ShowImage image={files.image} onClose={files.closeImage} onKeep={() => selected && files.open(selected, true)} />
    </div>
  )
}
