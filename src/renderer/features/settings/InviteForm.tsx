import { type FormEvent, useState } from 'react'
import { formatTime, formatWeekday, wallTimeOf } from '../../../shared/base/zone.ts'
import { CLEARANCES, type Clearance } from '../../../shared/domain/kernel/table.ts'
import { api } from '../../api/api.ts'
import type { OutputOf } from '../../api/types.ts'
import { useAction } from '../../api/useAction.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { useZone } from '../../stores/session.ts'
import { toast } from '../../stores/toast.ts'
import { CLEARANCE_NAMES } from '../workstations/hubWords.ts'
import hubClasses from '../workstations/workstations.module.css'
import { Switch } from './formFields.tsx'
import classes from './settings.module.css'

const ACTION = 'Make a code'
const CLEARANCE_WHY: Readonly<Record<Clearance, string>> = {
  pay: 'for whoever reckons technicians\u2019 pay',
  confidential: 'for whoever handles complaints about people',
}

/** A code for one more workstation, with what it may keep a copy of. */
export function InviteForm() {
  const [clearances, setClearances] = useState<readonly Clearance[]>([])
  const [invitation, setInvitation] = useState<OutputOf<'hub.invite'> | null>(null)
  const { run, busy, error } = useAction()
  const zone = useZone()
  const make = (): void => {
    void run(async () => setInvitation(await api.action('hub.invite', { clearances: [...clearances] })))
  }
  const copy = (): void => {
    if (invitation === null) return
    navigator.clipboard.writeText(invitation.code).then(
      () => toast('Code copied'),
      () => toast('This page may not copy. Select the code and copy it by hand.'),
    )
  }
  const toggle = (clearance: Clearance, on: boolean): void => {
    setClearances(CLEARANCES.filter((candidate) => (candidate === clearance ? on : clearances.includes(candidate))))
    // A code says what it was made for.
    setInvitation(null)
  }
  useHotkeys('Invite a workstation', [
    { keys: 'Ctrl+Enter', label: ACTION, run: make },
    ...(invitation ? [{ keys: 'C', label: 'Copy the code', run: copy }] : []),
  ])
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    make()
  }
  return (
    <form className={classes['panel']} aria-label="Invite a workstation" onSubmit={submit} noValidate>
      <header className={classes['panelHead']}>
        <h2 className="h2 el">Invite a workstation</h2>
      </header>
      <div className={classes['panelBody']}>
        <p>The code is good for one workstation. Paste it there under Join an office, or in Settings, Hub.</p>
        <fieldset>
          <legend className={classes['legend']}>Beside the daily work, it keeps a copy of</legend>
          {CLEARANCES.map((clearance) => (
            <div key={clearance}>
              <Switch label={`${CLEARANCE_NAMES[clearance]}, ${CLEARANCE_WHY[clearance]}`} checked={clearances.includes(clearance)} onChange={(on) => toggle(clearance, on)} />
            </div>
          ))}
        </fieldset>
        <p className="t2">What it keeps no copy of is never on its disk, whoever signs in there.</p>
        <div aria-live="polite">
          {invitation ? (
            <>
              <p className="cap">Code, until {formatWeekday(wallTimeOf(invitation.expiresAt, zone).day)}, {formatTime(invitation.expiresAt, zone)}</p>
              <p className={hubClasses['code']} data-code>{invitation.code}</p>
            </>
          ) : null}
        </div>
      </div>
      <footer className={classes['panelFoot']}>
        <ErrorNotice error={error} />
        <div className={classes['buttons']}>
          <ActionButton type="submit" kind={invitation ? 'plain' : 'primary'} label={invitation ? 'Make another code' : ACTION} keys="Ctrl+Enter" busy={busy} onClick={() => undefined} />
          {invitation ? <ActionButton kind="primary" label="Copy the code" keys="C" onClick={copy} /> : null}
        </div>
      </footer>
    </form>
  )
}
