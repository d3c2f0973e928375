import { useState } from 'react'
import { formatPhone } from '../../../shared/base/phone.ts'
import { formatTime } from '../../../shared/base/zone.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { StateGlyph } from '../../components/StateGlyph.tsx'
import { isMine, useCallsStore } from '../../stores/calls.ts'
import { navigate } from '../../stores/route.ts'
import { useMay, usePerson, useZone } from '../../stores/session.ts'
import { openByHand } from './byHandStore.ts'
import classes from './phoneOffice.module.css'
import { useOutage } from './useOutage.ts'

/** Whether this person has a caller on the line. */
function useOnTheLine(): boolean {
  const { userId } = usePerson()
  return useCallsStore((store) => store.calls.some(({ call }) => isMine(call, userId)))
}

/**
 * On every screen while this workstation has no telephone: why, and where callers are sent meanwhile. It neither comes nor goes
 * while a caller is on the line, because nothing may move then: the status bar says it in a place of its own.
 */
export function OutageBar() {
  const state = useOutage()
  const down = state?.down ?? null
  const busy = useOnTheLine()
  const zone = useZone()
  const may = useMay()
  const [shown, setShown] = useState(false)
  if (!busy && shown !== (down !== null)) setShown(down !== null)
  const [first, ...others] = state?.backups ?? []
  return (
    <section className={classes['bar']} aria-label="Telephone gone" role="alert">
      {shown && down ? (
        <div className={classes['outage']}>
          <StateGlyph state="alert" />
          <span className={classes['why']}>
            <b className="b">No telephone since {formatTime(down.since, zone)}.</b> <span>{down.reason}</span>
          </span>
          <span className="sp" />
          {first ? (
            <span className={classes['backup']}>
              <span>Callers reach us at</span>
              <b title={others.map(({ name, number }) => `${name}: ${formatPhone(number)}`).join(', ')}>{formatPhone(first.number)}</b>
            </span>
          ) : (
            <span className={classes['backup']}>No back-up number is set (Settings, Wrap-up and back-up)</span>
          )}
          <ActionButton label="Day sheets" keys="Alt+Shift+Y" onClick={() => navigate({ area: 'daySheets' })} />
          {may('call.handle') ? <ActionButton label="Log a call" keys="Alt+Shift+H" onClick={openByHand} /> : null}
        </div>
      ) : shown ? (
        <div className={classes['outage']}>The telephone is back.</div>
      ) : null}
    </section>
  )
}
