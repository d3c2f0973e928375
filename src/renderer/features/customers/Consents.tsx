import { formatDay, wallTimeOf } from '../../../shared/base/zone.ts'
import type { ConsentEntry } from '../../../shared/contract/methods/customers.ts'
import { CHANNEL_NAMES, PURPOSE_NAMES, standingConsent, WAY_NAMES } from '../../../shared/domain/customers/consent.ts'
import { CHANNELS, CONTACT_PURPOSES } from '../../../shared/domain/customers/tables.ts'
import { useZone } from '../../stores/session.ts'
import classes from './customers.module.css'

/** What holds now, in one line for each purpose somebody was asked about: `Offers: text yes, email no`. */
export function consentWords(consents: readonly ConsentEntry[]): readonly { readonly purpose: string; readonly said: string }[] {
  return CONTACT_PURPOSES.flatMap((purpose) => {
    const said = CHANNELS.flatMap((channel) => {
      const standing = standingConsent(consents, channel, purpose)
      return standing ? [`${CHANNEL_NAMES[channel].toLowerCase()} ${standing.granted ? 'yes' : 'no'}`] : []
    })
    return said.length === 0 ? [] : [{ purpose: purpose === 'service' ? 'Visits' : 'Offers', said: said.join(', ') }]
  })
}

/** Every answer with who took it, when and how. */
export function ConsentHistory({ consents }: { readonly consents: readonly ConsentEntry[] }) {
  const zone = useZone()
  return (
    <>
      <h3 className="h2">Answers until now</h3>
      {consents.length === 0 ? <p className="t3">Nobody has asked. About visits and invoices they may be reached; offers need a yes first.</p> : null}
      <ul className={classes['history']}>
        {consents.map((answer) => (
          <li key={answer.id}>
            <span className="m">
              {CHANNEL_NAMES[answer.channel]}, {PURPOSE_NAMES[answer.purpose].toLowerCase()}: {answer.granted ? 'yes' : 'no'}
            </span>
            {answer.words === '' ? null : <div>{'\u201c'}{answer.words}{'\u201d'}</div>}
            <div className="dense t3">
              {WAY_NAMES[answer.way]}, taken by {answer.by}, {formatDay(wallTimeOf(answer.at, zone).day)}
            </div>
          </li>
        ))}
      </ul>
    </>
  )
}
