import { useEffect, useState } from 'react'
import { inRoom } from '../../api/room.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { DialogFrame } from '../../components/Confirm.tsx'
import { Keycap } from '../../components/Keycap.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { useMay, usePerson } from '../../stores/session.ts'
import { toast } from '../../stores/toast.ts'
import { isOpen, sideWindow } from '../../stores/windows.ts'
import { AREAS } from '../routes.tsx'
import { leftOpen, openAgain, reopenInElectron, showWindow } from './openWindow.ts'
import { type WindowInfo, WINDOWS } from './windowList.ts'
import classes from './WindowsDialog.module.css'

/** The windows that this person may have, and that this Baton has a screen for. */
function useOwnWindows(): readonly WindowInfo[] {
  const may = useMay()
  return WINDOWS.filter(({ kind, area }) => {
    const screen = AREAS.find((candidate) => candidate.area === area)
    return kind !== sideWindow && screen !== undefined && (screen.permission === undefined || may(screen.permission))
  })
}

function Choices({ windows, again, onOpen, onAgain }: { readonly windows: readonly WindowInfo[]; readonly again: readonly string[]; readonly onOpen: (window: WindowInfo) => void; readonly onAgain: () => void }) {
  useHotkeys('Windows', [
    ...windows.map((one) => ({ keys: one.digit, label: `The ${one.label.toLowerCase()} window`, run: () => onOpen(one) })),
    ...(again.length > 0 ? [{ keys: '0', label: 'Those that were open', run: onAgain }] : []),
  ])
  return (
    <ul className={classes['list']}>
      {windows.map((one, index) => (
        <li key={one.kind}>
          {/* eslint-disable-next-line jsx-a11y/no-autofocus -- a dialog's first choice */}
          <button type="button" className={classes['choice']} autoFocus={index === 0} onClick={() => onOpen(one)}>
            <Keycap keys={one.digit} />
            <b className="b">{one.label}</b>
            <span className="t2 el">{one.what}</span>
            <span className="sp" />
            <span className="t3 nw">{isOpen(one.kind) ? 'open' : ''}</span>
          </button>
        </li>
      ))}
      {again.length > 0 ? (
        <li>
          <button type="button" className={classes['choice']} onClick={onAgain}>
            <Keycap keys="0" />
            <b className="b">Those that were open</b>
            <span className="t2 el">{again.join(', ')}</span>
          </button>
        </li>
      ) : null}
    </ul>
  )
}

/** Alt+Shift+X and a digit: a window of its own for the board, the map, the trays, the alerts or the wall. */
export function WindowsDialog() {
  const { userId } = usePerson()
  const windows = useOwnWindows()
  const [open, setOpen] = useState(false)
  const labels = (): readonly string[] => leftOpen(userId).map((kind) => windows.find((one) => one.kind === kind)?.label ?? kind)
  useHotkeys('Everywhere', [{ keys: 'Alt+Shift+X', label: 'Windows: board, map, trays, alerts, wall', run: () => setOpen(true) }], { enabled: windows.length > 0 && !inRoom() })

  useEffect(() => {
    if (sideWindow !== null || inRoom()) return
    reopenInElectron()
    const left = leftOpen(userId).length
    if (left > 0 && !window.baton) toast(`${left === 1 ? 'A window was' : `${left} windows were`} open. Alt+Shift+X, then 0, opens ${left === 1 ? 'it' : 'them'} again.`)
  }, [userId])

  const close = (): void => setOpen(false)
  return (
    <DialogFrame open={open} title="Windows" onClose={close} actions={<ActionButton label="Close" keys="Escape" onClick={close} />}>
      {open ? (
        <Choices
          windows={windows}
          again={window.baton ? [] : labels()}
          onOpen={({ kind }) => {
            close()
            showWindow(kind, userId)
          }}
          onAgain={() => {
            close()
            openAgain(userId)
          }}
        />
      ) : null}
    </DialogFrame>
  )
}
