import IconButton from '@mui/material/IconButton'
import { formatPhone } from '../../../shared/base/phone.ts'
import { formatDay, wallTimeOf } from '../../../shared/base/zone.ts'
import type { CustomerLocation, CustomerPage } from '../../../shared/contract/methods/customers.ts'
import { CHANNEL_NAMES } from '../../../shared/domain/customers/consent.ts'
import { languageName } from '../../../shared/domain/customers/languages.ts'
import { placeName } from '../../../shared/domain/customers/naming.ts'
import { api } from '../../api/api.ts'
import { asContractError } from '../../api/errors.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { Icon } from '../../components/icons.tsx'
import { useZone } from '../../stores/session.ts'
import { PhoneNumber } from '../calls/PhoneNumber.tsx'
import { toast } from '../../stores/toast.ts'
import { consentWords } from './Consents.tsx'
import classes from './customers.module.css'
import { usePartName } from './restingPane.ts'
import type { Editing } from './PanelForm.tsx'

type Reach = CustomerPage['phones'][number]

/** What a technician must know to get in. */
function access({ gateCode, accessNotes, pets, parking }: CustomerLocation): string {
  return [...(gateCode === '' ? [] : [`Gate ${gateCode}`]), ...(accessNotes === '' ? [] : [accessNotes]), ...(pets === '' ? [] : [pets]), ...(parking === '' ? [] : [`Park: ${parking}`])].join(' \u00b7 ')
}

const KIND_WORDS = { home: '', business: 'Business', rental: 'Rental' } as const

function ReachRow({ reach, kind, of, onEdit, mayEdit }: { readonly reach: Reach; readonly kind: 'phone' | 'email'; readonly of: CustomerPage; readonly onEdit: (editing: Editing) => void; readonly mayEdit: boolean }) {
  const shown = kind === 'phone' ? formatPhone(reach.value) : reach.value
  const label = reach.label === '' ? (kind === 'phone' ? 'Phone' : 'Email') : reach.label.charAt(0).toUpperCase() + reach.label.slice(1)
  return (
    <div className={classes['reach']}>
      <dt className="t3 el">{label}</dt>
      <dd>
        {kind === 'phone' ? (
          <PhoneNumber number={reach.value} name={of.name} customerId={of.id} />
        ) : (
          <a className={`el ${classes['mail']}`} title={shown} href={`mailto:${reach.value}`}>
            {shown}
          </a>
        )}
        {mayEdit ? (
          <IconButton size="small" className={classes['quietEdit'] ?? ''} aria-label={`Change ${shown}`} onClick={() => onEdit({ kind: 'contact', id: reach.id })}>
            <Icon name="chevronRight" size={12} />
          </IconButton>
        ) : null}
        {reach.sharedWith.length > 0 ? <div className={`dense t3 ${classes['alsoAt']}`}>also {reach.sharedWith.map(({ name }) => name).join(', ')}</div> : null}
      </dd>
    </div>
  )
}

function pin(noteId: string, pinned: boolean): void {
  api
    .command('note.pin', { noteId, pinned })
    .then(() => toast(pinned ? 'Note pinned.' : 'Note unpinned.', () => void api.command('note.pin', { noteId, pinned: !pinned })))
    .catch((thrown: unknown) => toast(asContractError(thrown).message))
}

/** The left column: how to reach them, where, and what to remember. */
export function CustomerFacts(props: {
  readonly customer: CustomerPage
  readonly mayEdit: boolean
  readonly onEdit: (editing: Editing) => void
  /** The location that was searched for. */
  readonly marked: string | null
}) {
  const { customer, mayEdit, onEdit, marked } = props
  const partName = usePartName()
  const zone = useZone()
  const { billing } = customer
  const billingLine = [billing.line1, billing.line2, billing.city, [billing.state, billing.postalCode].filter(Boolean).join(' ')].filter(Boolean).join(', ')
  const placeOf = (locationId: string): string => {
    const location = customer.locations.find(({ id }) => id === locationId)
    return location ? placeName(location) : ''
  }
  const pinned = customer.notes.filter((note) => note.pinned)
  const others = customer.notes.filter((note) => !note.pinned).slice(0, 3)
  return (
    <div className={classes['facts']}>
      <section className={classes['block']} aria-label={partName('Reach')}>
        <div className={classes['blockHead']}>
          <h2 className="h2">Reach</h2>
          <span className="sp" />
          {mayEdit ? <ActionButton small kind="quiet" label="Allowed" keys="R" onClick={() => onEdit({ kind: 'reach' })} /> : null}
          {mayEdit ? <ActionButton small kind="quiet" label="Edit" keys="E" onClick={() => onEdit({ kind: 'customer' })} /> : null}
        </div>
        <dl>
          {customer.phones.map((reach) => (
            <ReachRow key={reach.id} reach={reach} kind="phone" of={customer} onEdit={onEdit} mayEdit={mayEdit} />
          ))}
          {customer.emails.map((reach) => (
            <ReachRow key={reach.id} reach={reach} kind="email" of={customer} onEdit={onEdit} mayEdit={mayEdit} />
          ))}
          {billingLine === '' ? null : (
            <div className={classes['reach']}>
              <dt className="t3">Billing</dt>
              <dd>{billingLine}</dd>
            </div>
          )}
          {[
            { name: 'Language', said: languageName(customer.language) },
            { name: 'Best time', said: customer.bestTime },
            { name: 'Prefers', said: customer.preferredChannel === null ? '' : CHANNEL_NAMES[customer.preferredChannel] },
            { name: 'Asks for', said: customer.askedFor?.name ?? '' },
            { name: 'Not again', said: customer.notWanted.map(({ name }) => name).join(', ') },
            ...consentWords(customer.consents).map(({ purpose, said }) => ({ name: purpose, said })),
          ].map(({ name, said }) =>
            said === '' ? null : (
              <div key={name} className={classes['reach']}>
                <dt className="t3">{name}</dt>
                <dd>{said}</dd>
              </div>
            ),
          )}
          {customer.leadSource === '' ? null : (
            <div className={classes['reach']}>
              <dt className="t3">Heard by</dt>
              <dd>{customer.leadSource}</dd>
            </div>
          )}
        </dl>
        {customer.phones.length === 0 ? <p className="hold-t">No telephone number. Add one with P.</p> : null}
      </section>
      <section className={classes['block']} aria-label={partName('Locations')}>
        <div className={classes['blockHead']}>
          <h2 className="h2">Locations</h2>
          <span className="sp" />
          <span className="t3">{customer.locations.length}</span>
        </div>
        <ul>
          {customer.locations.map((location) => (
            <li key={location.id} className={location.id === marked ? classes['marked'] : undefined}>
              {mayEdit ? (
                <button type="button" className={classes['place']} onClick={() => onEdit({ kind: 'location', id: location.id })}>
                  {placeName(location)}
                </button>
              ) : (
                <span className="m">{placeName(location)}</span>
              )}
              <div className="t2 dense">{[KIND_WORDS[location.kind], location.name, access(location)].filter(Boolean).join(' \u00b7 ') || [location.state, location.postalCode].filter(Boolean).join(' ')}</div>
            </li>
          ))}
        </ul>
        {mayEdit ? <ActionButton small kind="quiet" label="Add location" keys="L" onClick={() => onEdit({ kind: 'location', id: null })} /> : null}
      </section>
      <section className={`${classes['block']} ${classes['last']}`} aria-label={partName('Notes')}>
        <div className={classes['blockHead']}>
          <h2 className="h2">{pinned.length > 0 || others.length === 0 ? 'Pinned notes' : 'Notes'}</h2>
        </div>
        {customer.notes.length === 0 ? <p className="t3">No notes yet.</p> : null}
        {[...pinned, ...others].map((note) => (
          <article key={note.id} className={classes['note']}>
            {note.subjectKind === 'location' ? <p className="dense t3 el">{placeOf(note.subjectId)}</p> : null}
            <p lang={customer.language ?? undefined}>{note.body}</p>
            <footer className="row dense t3">
              <span className="el">
                {note.author}, {formatDay(wallTimeOf(note.at, zone).day)}
                {note.pinned ? ', pinned' : ''}
              </span>
              <span className="sp" />
              {mayEdit ? (
                <button type="button" className={classes['textButton']} onClick={() => pin(note.id, !note.pinned)}>
                  {note.pinned ? 'Unpin' : 'Pin'}
                </button>
              ) : null}
            </footer>
          </article>
        ))}
      </section>
    </div>
  )
}
