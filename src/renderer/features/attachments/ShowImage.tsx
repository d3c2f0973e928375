import { ActionButton } from '../../components/ActionButton.tsx'
import { DialogFrame } from '../../components/Confirm.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import classes from './attachments.module.css'
import type { ShownImage } from './useAttachments.ts'

function Content({ image, onKeep, onClose }: { readonly image: ShownImage; readonly onKeep: () => void; readonly onClose: () => void }) {
  useHotkeys('This picture', [{ keys: 'S', label: 'Keep a copy', run: onKeep }])
  return (
    <>
      <img className={classes['shown']} src={`data:${image.mediaType};base64,${image.base64}`} alt={image.name} />
      <div className="row">
        <ActionButton label="Keep a copy" keys="S" onClick={onKeep} />
        <span className="sp" />
        <ActionButton label="Close" keys="Escape" onClick={onClose} autoFocus />
      </div>
    </>
  )
}

/** An attached picture over the page, as large as there is room. */
export function ShowImage({ image, onKeep, onClose }: { readonly image: ShownImage | null; readonly onKeep: () => void; readonly onClose: () => void }) {
  return (
    <DialogFrame open={image !== null} title={image?.name ?? ''} width="md" onClose={onClose}>
      {image ? <Content image={image} onKeep={onKeep} onClose={onClose} /> : null}
    </DialogFrame>
  )
}
