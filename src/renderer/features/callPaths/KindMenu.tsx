import Menu from '@mui/material/Menu'
import MenuItem from '@mui/material/MenuItem'
import { useLayoutEffect, useRef, useState } from 'react'
import { CALL_KIND_RULES, CALL_KINDS, type CallKind } from '../../../shared/domain/calls/kinds.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { Keycap } from '../../components/Keycap.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import type { Booking } from '../booking/useBooking.ts'
import { pathOf, sayKind } from './paths.ts'

/** What the call is about: F4 and a letter. Nothing that was typed for a booking is lost by it. */
export function KindMenu({ booking }: { readonly booking: Pick<Booking, 'draft'> }) {
  const { kind, key, callId } = booking.draft
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLSpanElement>(null)
  const choose = (next: CallKind): void => {
    setOpen(false)
    sayKind(key, callId, next)
  }
  useHotkeys('Booking', [
    { keys: 'F4', label: 'What the call is about', run: () => setOpen(true) },
    { keys: 'F3', label: 'Where is my technician?', run: () => choose('whereIsTechnician') },
  ])
  // Heard on the window: a quick typist's letter comes before the menu has taken the focus.
  useLayoutEffect(() => {
    if (!open) return undefined
    const onKeyDown = (event: KeyboardEvent): void => {
      const chosen = CALL_KINDS.find((candidate) => CALL_KIND_RULES[candidate].shortcut === event.key.toUpperCase())
      if (!chosen || event.ctrlKey || event.altKey || event.metaKey) return
      event.preventDefault()
      event.stopPropagation()
      setOpen(false)
      sayKind(key, callId, chosen)
    }
    window.addEventListener('keydown', onKeyDown, true)
    return () => window.removeEventListener('keydown', onKeyDown, true)
  }, [open, key, callId])
  return (
    <span ref={button}>
      <ActionButton small label={kind === null ? 'About' : `About: ${CALL_KIND_RULES[kind].name}`} keys="F4" onClick={() => setOpen(true)} />
      <Menu open={open} anchorEl={button.current} onClose={() => setOpen(false)} disableRestoreFocus disablePortal slotProps={{ list: { 'aria-label': 'What the call is about' } }}>
        {CALL_KINDS.map((candidate) => (
          <MenuItem key={candidate} selected={candidate === kind} onClick={() => choose(candidate)} {...(pathOf(candidate) === null ? {} : { title: 'A short path of its own' })}>
            {CALL_KIND_RULES[candidate].name}
            <span className="sp" />
            <Keycap keys={CALL_KIND_RULES[candidate].shortcut} />
          </MenuItem>
        ))}
      </Menu>
    </span>
  )
}
