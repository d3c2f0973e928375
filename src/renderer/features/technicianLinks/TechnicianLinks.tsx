import { useEffect, useRef, useState } from 'react'
import { newId } from '../../../shared/base/id.ts'
import { addDays, DAY, type Instant, type IsoDay } from '../../../shared/base/time.ts'
import { formatTime, formatWeekday, instantOf, wallTimeOf } from '../../../shared/base/zone.ts'
import { api, useEvent, useQuery } from '../../api/api.ts'
import type { OutputOf } from '../../api/types.ts'
import { useAction } from '../../api/useAction.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { LoadingLines } from '../../components/LoadingLines.tsx'
import { TextInput } from '../../components/TextInput.tsx'
import { useTentative } from '../../stores/hub.ts'
import { useMay, useZone } from '../../stores/session.ts'
import { toast } from '../../stores/toast.ts'
import hubClasses from '../workstations/workstations.module.css'
import classes from './technicianLinks.module.css'

type List = OutputOf<'technicianLinks.list'>
type Link = List['links'][number]

/** A day’s link lasts until the night shift is over too. */
const DAY_ENDS = 4 * 60

const ROLLING_DAYS = 30

const SAID: Readonly<Record<NonNullable<List['lastSaid']>['kind'], string>> = { onMyWay: 'on the way', arrived: 'arrived', hold: 'put a visit on hold', resume: 'back to work', done: 'done', late: 'running late', issue: 'raised an issue' }

const momentIn = (at: Instant, zone: string): string => `${formatWeekday(wallTimeOf(at, zone).day)}, ${formatTime(at, zone)}`

/** Sends the address at once; whoever asked hears what the mail server said. */
function EmailLink({ link }: { readonly link: Link }) {
  const [to, setTo] = useState('')
  const [said, setSaid] = useState<OutputOf<'technicianLink.email'> | null>(null)
  const { run, busy, error } = useAction()
  const send = (): void => void run(async () => setSaid(await api.action('technicianLink.email', { linkId: link.id, to })))
  return (
    <>
      <TextInput
        label="Email address"
        type="email"
        autoFocus
        value={to}
        onChange={setTo}
        onKeyDown={(event) => {
          // The form around it is the technician's.
          if (event.key !== 'Enter' || event.ctrlKey) return
          event.preventDefault()
          send()
        }}
      />
      <div className="row">
        <ActionButton small label="Send" keys="Enter" busy={busy} onClick={send} />
      </div>
      <div aria-live="polite">{said ? <p className={said.sent ? 't2' : 'm'}>{said.sentence}</p> : null}</div>
      <ErrorNotice error={error} />
    </>
  )
}

function LinkRow({ link, zone, address, onAddress, onRevoke }: { readonly link: Link; readonly zone: string; readonly address: string | undefined; readonly onAddress: () => void; readonly onRevoke: () => void }) {
  const [emailing, setEmailing] = useState(false)
  const what = link.day === null ? 'Every day' : formatWeekday(link.day)
  const until = momentIn(link.expiresAt, zone)
  return (
    <li className={classes['link']} aria-label={`${what}, good until ${until}`}>
      <p>
        <span className="m">{what}</span>, good until {until}
      </p>
      <p className="t2">{[link.issuedBy === '' ? '' : `Made by ${link.issuedBy}`, link.openedAt === null ? 'not opened yet' : `opened ${momentIn(link.openedAt, zone)}`].filter(Boolean).join(' \u00B7 ')}</p>
      <div className="row">
        <ActionButton small label="Copy the link" onClick={onAddress} />
        <ActionButton small label="Email it" onClick={() => setEmailing(true)} />
        <ActionButton small kind="quiet" label="Take it back" onClick={onRevoke} />
      </div>
      {emailing ? <EmailLink link={link} /> : null}
      <div aria-live="polite">{address === undefined ? null : <p className={hubClasses['code']} data-address>{address}</p>}</div>
    </li>
  )
}

/** A link that was taken back here, and that the hub has not heard of: whoever has it is taken for the technician until then. */
function TakingBackRow({ link, zone }: { readonly link: Link; readonly zone: string }) {
  const waits = useTentative()
  const what = link.day === null ? 'Every day' : formatWeekday(link.day)
  return (
    <li className={classes['link']} aria-label={`${what}, being taken back`}>
      <p>
        <span className="m">{what}</span>, good until {momentIn(link.expiresAt, zone)}
      </p>
      <p role="status">{waits ? 'It will be taken back when the line to the hub is up. Until then it still opens.' : 'Being taken back: the hub has yet to hear of it.'}</p>
    </li>
  )
}

/** Says that a link is taken back once the hub has heard, and not before. */
function useTakenBack(links: readonly Link[] | undefined, name: string): void {
  const waiting = useRef<ReadonlySet<string>>(new Set())
  useEffect(() => {
    if (!links) return
    const here = new Set(links.map(({ id }) => id))
    if ([...waiting.current].some((id) => !here.has(id))) toast(`${name}\u2019s link is taken back.`)
    waiting.current = new Set(links.filter(({ takingBack }) => takingBack).map(({ id }) => id))
  }, [links, name])
}

/** A technician’s links: made, copied, taken back. Whoever has an address is taken for the technician, so it is shown only when asked for. */
export function TechnicianLinks({ technicianId, name }: { readonly technicianId: string; readonly name: string }) {
  const office = useZone()
  const may = useMay()
  const { data, error: unread, refetch } = useQuery('technicianLinks.list', { technicianId })
  const [addresses, setAddresses] = useState<Readonly<Record<string, string>>>({})
  const { run, busy, error } = useAction()
  const zone = data?.zone ?? office
  // The hub’s word changes no row here.
  useEvent('hub', refetch)
  useTakenBack(data?.links, name)

  const copy = async (linkId: string): Promise<void> => {
    const { address } = await api.action('technicianLink.address', { linkId })
    setAddresses((shown) => ({ ...shown, [linkId]: address }))
    await navigator.clipboard.writeText(address).then(
      () => toast(`${name}\u2019s link copied. Send it to nobody else.`),
      () => toast('This page may not copy. Select the address and copy it by hand.'),
    )
  }
  const make = (day: IsoDay | null, expiresAt: Instant): void => {
    void run(async () => {
      const linkId = newId()
      await api.command('technicianLink.issue', { linkId, technicianId, day, expiresAt })
      await copy(linkId)
    })
  }
  const makeForToday = (): void => {
    const today = wallTimeOf(Date.now(), zone).day
    make(today, instantOf(addDays(today, 1), DAY_ENDS, zone))
  }
  const revoke = (linkId: string): void => {
    void run(() => api.command('technicianLink.revoke', { linkId }))
  }

  if (!may('visit.assign')) return null
  if (!data) return unread ? <ErrorNotice error={unread} onRetry={refetch} /> : <LoadingLines rows={3} />
  return (
    <section aria-label="Link for the telephone" className={classes['links']}>
      <h3>Link for the telephone</h3>
      {data.hindrance === null ? (
        <>
          <p className="t2">A page with {name}’s visits: on my way, arrived, on hold, done, late, an issue with a photo. It needs no account and works without a line.</p>
          {data.lastSaid ? <p className="t2">{`Last said: ${SAID[data.lastSaid.kind]}, ${momentIn(data.lastSaid.at, zone)}`}</p> : null}
          <div className="row">
            <ActionButton label="Make a link for today" busy={busy} onClick={makeForToday} />
            <ActionButton kind="quiet" label={`Make one for ${ROLLING_DAYS} days`} busy={busy} onClick={() => make(null, Date.now() + ROLLING_DAYS * DAY)} />
          </div>
          {data.links.length === 0 ? null : (
            <ul aria-label="Links">
              {data.links.map((link) =>
                link.takingBack ? (
                  <TakingBackRow key={link.id} link={link} zone={zone} />
                ) : (
                  <LinkRow key={link.id} link={link} zone={zone} address={addresses[link.id]} onAddress={() => void run(() => copy(link.id))} onRevoke={() => revoke(link.id)} />
                ),
              )}
            </ul>
          )}
        </>
      ) : (
        <p>{data.hindrance}</p>
      )}
      <ErrorNotice error={error} />
    </section>
  )
}
