import Menu from '@mui/material/Menu'
import MenuItem from '@mui/material/MenuItem'
import { type KeyboardEvent, useRef, useState } from 'react'
import type { WorkStatus } from '../../../shared/domain/phone/tables.ts'
import { api } from '../../api/api.ts'
import { asContractError } from '../../api/errors.ts'
import { Keycap } from '../../components/Keycap.tsx'
import { StateGlyph } from '../../components/StateGlyph.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { useMay, usePerson } from '../../stores/session.ts'
import { toast } from '../../stores/toast.ts'
import classes from './phoneOffice.module.css'
import { CHOSEN_STATUSES, doingGlyph, doingWords, STATUS_NAMES } from './statusWords.ts'
import { useColleagues } from './useColleagues.ts'

function enter(userId: string, status: WorkStatus): void {
  api
    .command('status.enter', { userId, status, callId: null, until: null })
    .then(() => toast(status === 'available' ? 'You are available: the telephone rings you first again.' : `${STATUS_NAMES[status]}: calls ring your colleagues first.`))
    .catch((thrown: unknown) => toast(asContractError(thrown).message))
}

/** Whether the telephone rings this person first; Shift+F3 and a letter say otherwise. It never changes its width. */
export function StatusCell() {
  const { userId } = usePerson()
  const may = useMay()
  const mine = useColleagues().find((person) => person.userId === userId)
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const choose = (status: WorkStatus): void => {
    setOpen(false)
    enter(userId, status)
  }
  const byLetter = (event: KeyboardEvent): void => {
    const chosen = CHOSEN_STATUSES.find(({ keys }) => keys === event.key.toUpperCase())
    if (!chosen || event.ctrlKey || event.altKey || event.metaKey) return
    event.preventDefault()
    event.stopPropagation()
    choose(chosen.status)
  }
  useHotkeys('Telephone', [{ keys: 'Shift+F3', label: 'Available, lunch, break, meeting, gone home', run: () => setOpen(true) }], { enabled: may('call.handle') })
  if (!may('call.handle')) return null
  const words = mine ? (mine.call && mine.call.state !== 'ringing' ? 'On a call' : mine.status === 'available' ? STATUS_NAMES.available : doingWords(mine)) : ''
  return (
    <>
      <button ref={button} type="button" className={classes['status']} aria-haspopup="menu" aria-expanded={open} aria-label={`My status: ${words}`} onClick={() => setOpen(true)}>
        {mine ? <StateGlyph state={doingGlyph({ ...mine, at: 'here', free: mine.status === 'available' })} /> : null}
        <span className="dense m el">{words}</span>
        <span className="sp" />
        <Keycap keys="Shift+F3" />
      </button>
      <Menu
        open={open}
        anchorEl={button.current}
        onClose={() => setOpen(false)}
        onKeyDown={byLetter}
        disablePortal
        anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        transformOrigin={{ vertical: 'top', horizontal: 'right' }}
      >
        {CHOSEN_STATUSES.map(({ status, keys }) => (
          <MenuItem key={status} role="menuitemradio" aria-checked={mine?.status === status} onClick={() => choose(status)}>
            {STATUS_NAMES[status]}
            <span className="sp" />
            <Keycap keys={keys} />
          </MenuItem>
        ))}
      </Menu>
    </>
  )
}
