import { type ReactNode, useRef } from 'react'
import { formatDay, wallTimeOf } from '../../../shared/base/zone.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { useZone } from '../../stores/session.ts'
import type { Subject } from './attach.ts'
import { placeWords, sizeWords } from './attachmentWords.ts'
import classes from './attachments.module.css'
import { FilePicker } from './FilePicker.tsx'
import { ShowImage } from './ShowImage.tsx'
import { useAttachments } from './useAttachments.ts'

export interface AttachmentSectionProps {
  readonly subject: Subject
  readonly mayEdit: boolean
  /** The heading, as the panel around it writes one. */
  readonly title: ReactNode
  /** The classes of a section and of its head there. */
  readonly className?: string | undefined
  readonly headClassName?: string | undefined
  /** The key that adds a file; it must be free on that screen. */
  readonly addKey: string
}

/** What is attached to a record, as a part of its panel. */
export function AttachmentSection({ subject, mayEdit, title, className, headClassName, addKey }: AttachmentSectionProps) {
  const files = useAttachments(subject, mayEdit)
  const picker = useRef<HTMLInputElement>(null)
  const zone = useZone()
  const choose = (): void => picker.current?.click()
  useHotkeys('Attachments', mayEdit ? [{ keys: addKey, label: 'Attach files', run: choose }] : [])
  const { rows, image } = files
  const shown = rows?.find(({ attachmentId }) => attachmentId === image?.attachmentId)
  return (
    <section className={`${className ?? ''} ${files.over ? classes['over'] : ''}`} aria-label="Attachments" {...files.drop}>
      <div className={headClassName}>{title}</div>
      <ul className={classes['list']}>
        {rows?.map((attachment) => (
          <li key={attachment.attachmentId}>
            <button type="button" className={`${classes['file']} el`} title={`Open ${attachment.name}`} onClick={() => files.open(attachment)}>
              {attachment.name}
            </button>
            <span className="t3 dense nw">{sizeWords(attachment.bytes)}</span>
            <span className="t3 dense el sp">{placeWords(attachment) || `${attachment.by}, ${formatDay(wallTimeOf(attachment.at, zone).day)}`}</span>
            {mayEdit ? <ActionButton small kind="quiet" label="Remove" onClick={() => files.remove(attachment)} /> : null}
          </li>
        ))}
      </ul>
      <ErrorNotice error={files.error} />
      <p className="row">
        {mayEdit ? <ActionButton small kind="quiet" icon="plus" label="Attach files" keys={addKey} onClick={choose} /> : null}
        <span className="t3 dense el" role="status">
          {files.work ?? (rows?.length === 0 ? 'Nothing is attached.' : '')}
        </span>
      </p>
      <FilePicker picker={picker} onFiles={files.add} />
      <ShowImage image={image} onClose={files.closeImage} onKeep={() => shown && files.open(shown, true)} />
    </section>
  )
}
