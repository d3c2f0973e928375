import Menu from '@mui/material/Menu'
import MenuItem from '@mui/material/MenuItem'
import { useLayoutEffect, useRef, useState } from 'react'
import { EMERGENCY_KINDS, EMERGENCY_RULES } from '../../../shared/domain/alerts/kinds.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { Keycap } from '../../components/Keycap.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import type { Emergency } from './useEmergency.ts'

const FALSE_ALARM = 'X'

/** Alt+E alerts at once; pressed again, a letter says what it is, or that it was none. */
export function EmergencyMenu({ emergency }: { readonly emergency: Emergency }) {
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLSpanElement>(null)
  const press = (): void => {
    if (emergency.kind === null || emergency.problem?.of === 'raise') emergency.declare()
    else setOpen(true)
  }
  const current = useRef(emergency)
  useLayoutEffect(() => {
    current.current = emergency
  })
  useHotkeys('Booking', [{ keys: 'Alt+E', label: 'Emergency: alert dispatch, safety words; again: what it is, false alarm', run: press }])
  // Heard on the window: a quick typist's letter comes before the menu has taken the focus.
  useLayoutEffect(() => {
    if (!open) return undefined
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.altKey || event.metaKey) return
      const letter = event.key.toUpperCase()
      const chosen = EMERGENCY_KINDS.find((kind) => EMERGENCY_RULES[kind].shortcut === letter)
      if (!chosen && letter !== FALSE_ALARM) return
      event.preventDefault()
      event.stopPropagation()
      setOpen(false)
      if (chosen) current.current.choose(chosen)
      else current.current.takeBack()
    }
    window.addEventListener('keydown', onKeyDown, true)
    return () => window.removeEventListener('keydown', onKeyDown, true)
  }, [open])
  const act = (run: () => void): void => {
    setOpen(false)
    run()
  }
  return (
    <span ref={button}>
      <ActionButton small label="Emergency" keys="Alt+E" onClick={press} />
      <Menu open={open} anchorEl={button.current} onClose={() => setOpen(false)} disablePortal slotProps={{ list: { 'aria-label': 'What the emergency is' } }}>
        {EMERGENCY_KINDS.map((kind) => (
          <MenuItem key={kind} selected={kind === emergency.kind} onClick={() => act(() => emergency.choose(kind))}>
            {EMERGENCY_RULES[kind].name}
            <span className="sp" />
            <Keycap keys={EMERGENCY_RULES[kind].shortcut} />
          </MenuItem>
        ))}
        <MenuItem onClick={() => act(emergency.takeBack)}>
          False alarm
          <span className="sp" />
          <Keycap keys={FALSE_ALARM} />
        </MenuItem>
      </Menu>
    </span>
  )
}
