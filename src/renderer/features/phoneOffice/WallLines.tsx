import { formatPhone } from '../../../shared/base/phone.ts'
import type { Wall } from '../../../shared/contract/methods/phoneOffice.ts'
import { useSecond } from './useSecond.ts'
import classes from './wall.module.css'
import { percentOf, waitWords } from './wallWords.ts'

/** As many as fit without moving what is beneath. */
const SHOWN = 4

function WaitingRow({ call }: { readonly call: Wall['waiting'][number] }) {
  const at = useSecond()
  const waited = at - call.since
  return (
    <li className={waited > call.limitSeconds * 1000 ? classes['past'] : ''}>
      <b className="m el">{call.name ?? (call.number === null ? 'Number withheld' : formatPhone(call.number))}</b>
      <span className="el t2">
        {call.lineName}
        {call.practice ? ' (practice)' : ''}
      </span>
      <b className={classes['time']}>{waitWords(waited)}</b>
    </li>
  )
}

/** Who rings and nobody has answered, the one who has waited longest first. Its place is kept where nobody waits. */
export function WallWaiting({ wall: { waiting } }: { readonly wall: Wall }) {
  return (
    <section className={classes['section']} aria-label="Waiting now">
      <h2>Waiting now</h2>
      <ul className={classes['waiting']}>
        {waiting.slice(0, SHOWN).map((call) => (
          <WaitingRow key={call.callId} call={call} />
        ))}
        {waiting.length > SHOWN ? <li className="t2">{`and ${waiting.length - SHOWN} more`}</li> : null}
        {waiting.length === 0 ? <li className="t2">Nobody waits.</li> : null}
      </ul>
    </section>
  )
}

/** Today by line or brand. */
export function WallLines({ wall: { lines } }: { readonly wall: Wall }) {
  return (
    <section className={classes['section']} aria-label="Lines today">
      <h2>Lines today</h2>
      {lines.length === 0 ? (
        <p className="t2">No line is set up yet (Settings, Lines and brands).</p>
      ) : (
        <table className={classes['table']}>
          <thead>
            <tr>
              <th scope="col">Line</th>
              <th scope="col">Waiting</th>
              <th scope="col">Calls</th>
              <th scope="col">In 3 rings</th>
              <th scope="col">Abandoned</th>
            </tr>
          </thead>
          <tbody>
            {lines.map(({ name, waiting, incoming, answered, inTime, abandoned }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{waiting}</td>
                <td>{incoming}</td>
                <td>{answered === 0 ? '\u2013' : `${percentOf(inTime, answered)} %`}</td>
                <td>{abandoned}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
