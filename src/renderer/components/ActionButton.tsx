import Button from '@mui/material/Button'
import type { MouseEvent, Ref } from 'react'
import { Icon, type IconName } from './icons.tsx'
import { Keycap } from './Keycap.tsx'

export interface ActionButtonProps {
  /** Says the result: "Book today 4–6 PM". */
  readonly label: string
  /** What it is about where several beside each other say the same: heard, and not shown. */
  readonly about?: string
  readonly onClick: (event: MouseEvent<HTMLButtonElement>) => void
  /** The key that does the same; shown, not registered: `useHotkeys` of the screen does that. */
  readonly keys?: string
  readonly icon?: IconName
  /** One `primary` per screen; `call` is marigold, for answering; `quiet` has no edge. */
  readonly kind?: 'plain' | 'primary' | 'call' | 'quiet'
  /** 28 px, for tool bars. */
  readonly small?: boolean
  /** Only while the same action is under way; a main button is never disabled for missing fields. */
  readonly busy?: boolean
  readonly autoFocus?: boolean
  readonly ref?: Ref<HTMLButtonElement>
  readonly type?: 'button' | 'submit'
}

/** A button with its key on it. */
export function ActionButton({ label, about, onClick, keys, icon, kind = 'plain', small, busy, autoFocus, ref, type = 'button' }: ActionButtonProps) {
  const filled = kind === 'primary' || kind === 'call'
  return (
    <Button
      ref={ref}
      type={type}
      variant={filled ? 'contained' : kind === 'quiet' ? 'text' : 'outlined'}
      color={kind === 'primary' ? 'primary' : kind === 'call' ? 'secondary' : 'inherit'}
      size={small ? 'small' : 'medium'}
      onClick={onClick}
      aria-busy={busy ?? false}
      aria-disabled={busy ?? false}
      autoFocus={autoFocus ?? false}
    >
      {icon ? <Icon name={icon} /> : null}
      {label}
      {about === undefined ? null : <span className="spoken"> {about}</span>}
      {keys ? (
        <>
          {' '}
          <Keycap keys={keys} onInk={filled} />
        </>
      ) : null}
    </Button>
  )
}
