import { useState } from 'react'
import { useEvent } from '../../api/api.ts'
import { StateGlyph } from '../../components/StateGlyph.tsx'
import classes from './room.module.css'

/** Says on every screen of a room that nothing here is real, and that a real call rings in the office. */
export function PracticeBand() {
  const [ringing, setRinging] = useState<readonly { readonly callId: string; readonly lineName: string }[]>([])
  useEvent('officeCall', ({ callId, lineName, ringing: rings }) => {
    setRinging((before) => [...before.filter((call) => call.callId !== callId), ...(rings ? [{ callId, lineName }] : [])])
  })
  const [first] = ringing
  return (
    <section className={classes['band']} aria-label="Practice">
      <b className="b nw">Practice</b>
      <span className="t2 el">Nothing here reaches the company’s records. Callers, customers and visits are invented.</span>
      <span className="sp" />
      <span className={classes['real']} role="alert">
        {first ? (
          <>
            <StateGlyph state="alert" /> <span className="el">A real call rings: {first.lineName}. Alt+Shift+P, pressed twice, leaves the practice.</span>
          </>
        ) : null}
      </span>
    </section>
  )
}
