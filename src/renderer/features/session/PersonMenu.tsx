import Divider from '@mui/material/Divider'
import Menu from '@mui/material/Menu'
import MenuItem from '@mui/material/MenuItem'
import { useColorScheme } from '@mui/material/styles'
import { useRef, useState } from 'react'
import { asContractError } from '../../api/errors.ts'
import { inRoom } from '../../api/room.ts'
import { DialogFrame } from '../../components/Confirm.tsx'
import { Icon } from '../../components/icons.tsx'
import { Keycap } from '../../components/Keycap.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { lock, useSession } from '../../stores/session.ts'
import { toast } from '../../stores/toast.ts'
import { showHelp } from '../help/helpStore.ts'
import { api, useQuery } from '../../api/api.ts'
import { askAway } from '../absence/absenceStore.ts'
import classes from './session.module.css'
import { pinHint, roleLine, SignInForm } from './SignInForm.tsx'

const THEMES = [
  { value: 'light', label: 'Light appearance' },
  { value: 'dark', label: 'Dark appearance' },
  { value: 'system', label: 'Appearance of the system' },
] as const

function lockNow(): void {
  lock('asked').catch((thrown: unknown) => toast(asContractError(thrown).message))
}

const NO_INPUT = {} as const

/** Who is signed in; F2 hands the page to somebody else, Ctrl+L locks it. */
export function PersonMenu() {
  const { company, person, people } = useSession()
  const { mode, setMode } = useColorScheme()
  const [open, setOpen] = useState(false)
  const [switching, setSwitching] = useState(false)
  const away = useQuery('absence.mine', NO_INPUT).data?.away ?? null
  const button = useRef<HTMLButtonElement>(null)
  const startSwitch = (): void => {
    // Nobody else is in a practice room: the page goes back to the office, where people sign in.
    if (inRoom()) return lockNow()
    setOpen(false)
    setSwitching(true)
  }
  useHotkeys('Everywhere', [
    { keys: 'F2', label: 'Switch person', run: startSwitch },
    { keys: 'Ctrl+L', label: 'Lock this page', run: lockNow, always: true },
  ])
  return (
    <>
      <button
        ref={button}
        type="button"
        className={classes['person']}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-label={`${person.name}, ${roleLine(person.roles)}${away ? ', away' : ''}`}
        onClick={() => setOpen(true)}
      >
        <span className={classes['avatar']}>{person.initials}</span>
        <span className="dense m">{away ? 'Away' : roleLine(person.roles)}</span>
        <Keycap keys="F2" />
      </button>
      <Menu
        open={open}
        anchorEl={button.current}
        onClose={() => setOpen(false)}
        // Within the header, so that a screen reader finds it in a landmark.
        disablePortal
        anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        transformOrigin={{ vertical: 'top', horizontal: 'right' }}
      >
        <MenuItem onClick={startSwitch}>
          Switch person
          <span className="sp" />
          <Keycap keys="F2" />
        </MenuItem>
        <MenuItem
          onClick={() => {
            setOpen(false)
            if (away) api.command('user.comeBack', { userId: person.userId }).catch((thrown: unknown) => toast(asContractError(thrown).message))
            else askAway(person.userId)
          }}
        >
          {away ? 'I am back' : 'I am away\u2026'}
          <span className="sp" />
          <Keycap keys="Shift+F2" />
        </MenuItem>
        <MenuItem
          onClick={() => {
            setOpen(false)
            lockNow()
          }}
        >
          Lock this page
          <span className="sp" />
          <Keycap keys="Ctrl+L" />
        </MenuItem>
        <MenuItem
          onClick={() => {
            setOpen(false)
            showHelp('about')
          }}
        >
          What Baton does
          <span className="sp" />
          <Keycap keys="F1" />
        </MenuItem>
        <Divider />
        {THEMES.map(({ value, label }) => (
          <MenuItem key={value} role="menuitemradio" aria-checked={(mode ?? 'system') === value} onClick={() => setMode(value)}>
            {label}
            <span className="sp" />
            {(mode ?? 'system') === value ? <Icon name="tick" size={12} /> : null}
          </MenuItem>
        ))}
      </Menu>
      <DialogFrame open={switching} title="Switch person" onClose={() => setSwitching(false)}>
        <SignInForm
          people={people.filter((candidate) => candidate.userId !== person.userId)}
          before={person.userId}
          action="Switch"
          hint={pinHint(company)}
          onDone={() => setSwitching(false)}
          onCancel={() => setSwitching(false)}
        />
      </DialogFrame>
    </>
  )
}
