import Dialog from '@mui/material/Dialog'
import DialogActions from '@mui/material/DialogActions'
import DialogContent from '@mui/material/DialogContent'
import DialogTitle from '@mui/material/DialogTitle'
import { type ReactNode, useId } from 'react'
import { ActionButton } from './ActionButton.tsx'
import { DIALOG_LAYER } from './hotkeyRegistry.ts'
import { HotkeyLayerContext, useHotkeyBarrier, useHotkeys } from './useHotkeys.ts'

export interface DialogFrameProps {
  readonly open: boolean
  readonly title: string
  readonly onClose: () => void
  readonly children: ReactNode
  /** Left out where the content ends with its own. */
  readonly actions?: ReactNode
  readonly width?: 'xs' | 'sm' | 'md'
}

/** A dialog with its own keyboard layer: the screen's keys are silent while it is open. */
export function DialogFrame({ open, title, onClose, children, actions, width = 'xs' }: DialogFrameProps) {
  const titleId = useId()
  useHotkeyBarrier(DIALOG_LAYER, open)
  return (
    <HotkeyLayerContext value={DIALOG_LAYER}>
      <Dialog open={open} onClose={onClose} aria-labelledby={titleId} maxWidth={width} fullWidth>
        <DialogTitle id={titleId}>{title}</DialogTitle>
        <DialogContent>{children}</DialogContent>
        {actions ? <DialogActions>{actions}</DialogActions> : null}
      </Dialog>
    </HotkeyLayerContext>
  )
}

export interface ConfirmProps {
  readonly open: boolean
  readonly title: string
  readonly children: ReactNode
  /** The result as the button says it: "Post batch 61". */
  readonly action: string
  readonly busy?: boolean
  readonly onConfirm: () => void
  readonly onCancel: () => void
}

function ConfirmKeys({ action, onConfirm }: Pick<ConfirmProps, 'action' | 'onConfirm'>) {
  useHotkeys('This question', [{ keys: 'Ctrl+Enter', label: action, run: onConfirm }])
  return null
}

/** Only before what can't be undone; everything else just happens and offers Undo. */
export function Confirm({ open, title, children, action, busy, onConfirm, onCancel }: ConfirmProps) {
  return (
    <DialogFrame
      open={open}
      title={title}
      onClose={onCancel}
      actions={
        <>
          {open ? <ConfirmKeys action={action} onConfirm={onConfirm} /> : null}
          <ActionButton kind="primary" label={action} keys="Ctrl+Enter" busy={busy ?? false} onClick={onConfirm} />
          <ActionButton label="Cancel" keys="Escape" onClick={onCancel} autoFocus />
        </>
      }
    >
      {children}
    </DialogFrame>
  )
}
