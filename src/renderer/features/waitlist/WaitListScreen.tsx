import { useState } from 'react'
import { isPastDay } from '../../../shared/base/time.ts'
import { formatTime, wallTimeOf } from '../../../shared/base/zone.ts'
import type { WaitListEntry } from '../../../shared/contract/methods/waitlist.ts'
import { api, useQuery } from '../../api/api.ts'
import { asContractError } from '../../api/errors.ts'
import { useAction } from '../../api/useAction.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { DialogFrame } from '../../components/Confirm.tsx'
import { type Column, DataTable } from '../../components/DataTable.tsx'
import { DetailPanel, Facts, PanelSection } from '../../components/DetailPanel.tsx'
import { Due } from '../../components/Due.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { LoadingLines } from '../../components/LoadingLines.tsx'
import { ScreenBar } from '../../components/ScreenBar.tsx'
import { PlainChip, StateChip } from '../../components/StateGlyph.tsx'
import { TextInput } from '../../components/TextInput.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { changeDraft, currentDraft, isBegun, openDraft, putDraft } from '../../stores/booking.ts'
import { isMine, useCallsStore } from '../../stores/calls.ts'
import { useNow } from '../../stores/clock.ts'
import { navigate, routeHref } from '../../stores/route.ts'
import { usePerson, useZone } from '../../stores/session.ts'
import { toast } from '../../stores/toast.ts'
import { withJobType } from '../booking/useBooking.ts'
import { windowLabel } from '../booking/words.ts'
import { spokenDue } from '../callPaths/due.ts'
import calls from '../calls/CallsScreen.module.css'
import { useSteadyRows } from '../calls/useSteadyRows.ts'
import { draftTarget } from '../drafts/draftList.ts'
import classes from '../drafts/drafts.module.css'
import type { ScreenProps } from '../screenProps.ts'
import { nextCall } from './backOptions.ts'
import { draftFor, newsFor, waitDraftKey } from './bookFor.ts'
import { daysWords } from './waitWords.ts'
import { callNumber } from '../calls/callNumber.ts'
import { PhoneNumber } from '../calls/PhoneNumber.tsx'

const EVERYTHING = {} as const
const NOBODY: readonly WaitListEntry[] = []

/** The booking that they wait for, begun with what its job type brings or gone on with; it ends their wait when it is booked. */
async function bookFor(entry: WaitListEntry): Promise<void> {
  const key = waitDraftKey(entry.entryId)
  // From this page's own storage, where it was begun before a reload.
  openDraft(key, null)
  const before = currentDraft(key)
  if (before && isBegun(before)) {
    const news = newsFor(before, entry)
    if (news) changeDraft(key, news)
    return navigate(draftTarget(before))
  }
  // Without the form it is begun all the same: what is missing is asked for like in any booking.
  const form = await api.query('booking.form', EVERYTHING).catch(() => undefined)
  const jobType = form?.jobTypes.find(({ id }) => id === entry.jobTypeId)
  const begun = draftFor(entry)
  const draft = jobType ? { ...begun, ...withJobType(begun, jobType, undefined) } : begun
  putDraft(draft)
  navigate(draftTarget(draft))
}

/** The time that they were told of: the answer is about that one. */
const heard = ({ offer }: WaitListEntry) => (offer ? { offer: { startsAt: offer.startsAt, endsAt: offer.endsAt } } : {})

/** The visit they kept goes to the time that came free, and its old one to whoever waits next. */
async function moveUp(entry: WaitListEntry): Promise<void> {
  try {
    await api.command('waitList.moveUp', { entryId: entry.entryId, ...heard(entry) })
    toast(`${entry.customerName} comes sooner. The time they had goes to the next.`)
  } catch (thrown) {
    toast(asContractError(thrown).message)
  }
}

/** What taking the time means: who keeps a visit moves up with it, others are booked. */
const take = (entry: WaitListEntry): Promise<void> => (entry.keeps ? moveUp(entry) : bookFor(entry))

const takeLabel = ({ keeps, offer }: WaitListEntry): string => (keeps ? 'Move them up to it' : offer ? 'Book the time that came free' : 'Book it')

/** Who keeps a visit has nothing to take while no time is held out to them. */
const mayTake = ({ keeps, offer }: WaitListEntry): boolean => keeps === null || offer !== null

/** The next call follows from now, as for those who were just put on the list. */
async function keepWaiting(entry: WaitListEntry): Promise<void> {
  try {
    const { zone, opensAt, closesAt } = await api.query('booking.form', EVERYTHING)
    const office = { now: Date.now(), zone, opensAt, closesAt }
    const callBackBy = nextCall(office)
    await api.command('waitList.decline', { entryId: entry.entryId, callBackBy, reason: 'Did not suit them', ...heard(entry) })
    toast(`${entry.customerName} keeps waiting. The next call is due ${spokenDue(callBackBy, office)}.`)
  } catch (thrown) {
    toast(asContractError(thrown).message)
  }
}

function LetGo({ entry, onClose }: { readonly entry: WaitListEntry; readonly onClose: () => void }) {
  const [reason, setReason] = useState('')
  const { run, busy, error } = useAction()
  const send = (): void => {
    void run(async () => {
      // Whose days are over wanted to come and could not: that is no “no”.
      if (isPastDay(entry.toDay, Date.now())) await api.command('waitList.expire', { entryId: entry.entryId, reason })
      else await api.command('waitList.decline', { entryId: entry.entryId, callBackBy: null, reason })
      toast(`${entry.customerName} is off the wait list.`)
      onClose()
    })
  }
  useHotkeys('Off the list', [{ keys: 'Ctrl+Enter', label: 'Take them off the list', run: send }])
  return (
    <form
      className={classes['form']}
      aria-label="Off the list"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <TextInput label="Why" autoFocus value={reason} onChange={setReason} placeholder="Booked with somebody else" />
      {error ? <ErrorNotice error={error} /> : null}
      <div className={classes['buttons']}>
        <ActionButton kind="primary" type="submit" label="Take them off the list" keys="Ctrl+Enter" busy={busy} onClick={() => undefined} />
        <ActionButton kind="quiet" label="Keep them" keys="Escape" onClick={onClose} />
      </div>
    </form>
  )
}

function EntryPanel({ entryId }: { readonly entryId: string }) {
  const zone = useZone()
  const today = wallTimeOf(useNow(), zone).day
  const { data: entry, error, refetch } = useQuery('waitList.get', { entryId })
  const [letting, setLetting] = useState(false)
  const open = entry?.state === 'waiting' || entry?.state === 'offered'
  const { userId } = usePerson()
  const call = (): void | false => {
    if (!entry || entry.phone === null) return false
    void callNumber({ number: entry.phone, name: entry.customerName, customerId: entry.customerId }, userId)
  }
  useHotkeys('Wait list entry', [
    { keys: 'L', label: 'Call the number', run: call },
    { keys: 'B', label: 'Book it, or move them up', run: () => (entry && open && mayTake(entry) ? void take(entry) : false) },
    { keys: 'W', label: 'Keeps waiting', run: () => (entry && open ? void keepWaiting(entry) : false) },
    { keys: 'X', label: 'Off the list', run: () => (entry && open ? setLetting(true) : false) },
  ])
  if (!entry) return <DetailPanel label="Wait list entry">{error ? <ErrorNotice error={error} onRetry={refetch} /> : <LoadingLines />}</DetailPanel>
  const { offer } = entry
  return (
    <DetailPanel
      label="Wait list entry"
      title={entry.customerName}
      aside={entry.practice ? <PlainChip>Practice</PlainChip> : null}
      {...(open
        ? {
            footer: (
              <>
                {mayTake(entry) ? <ActionButton kind="primary" label={takeLabel(entry)} keys="B" onClick={() => void take(entry)} /> : null}
                <ActionButton label="Keeps waiting" keys="W" onClick={() => void keepWaiting(entry)} />
                <ActionButton kind="quiet" label="Off the list" keys="X" onClick={() => setLetting(true)} />
              </>
            ),
          }
        : {})}
    >
      {offer && entry.state === 'offered' ? (
        <PanelSection title="Came free" tone="yours">
          <p className="m">{windowLabel({ day: offer.day, start: offer.start, end: offer.end }, today)}</p>
          <p className="t2">“A time has just come free. Would that suit you?” Held out until {formatTime(offer.until, zone)}.</p>
        </PanelSection>
      ) : null}
      <PanelSection>
        <Facts
          items={[
            { name: 'Number', value: entry.phone === null ? '\u2013' : <PhoneNumber number={entry.phone} name={entry.customerName} customerId={entry.customerId} /> },
            { name: 'Where', value: entry.place === '' ? '\u2013' : entry.place },
            { name: 'Job', value: entry.jobTypeName },
            { name: 'Would take', value: daysWords(entry, today) },
            ...(entry.keeps ? [{ name: 'Keeps meanwhile', value: windowLabel(entry.keeps, today) }] : []),
            { name: 'We call by', value: <Due dueAt={entry.dueAt} since={entry.askedAt} /> },
            { name: 'Offered', value: entry.offersMade === 0 ? 'Not yet' : `${entry.offersMade} ${entry.offersMade === 1 ? 'time' : 'times'}` },
          ]}
        />
        <p>{entry.summary}</p>
        <p>
          <a href={routeHref({ area: 'customers', path: [entry.customerId] })}>Open the customer</a>
        </p>
      </PanelSection>
      <DialogFrame open={letting} title={`Take ${entry.customerName} off the list?`} onClose={() => setLetting(false)}>
        {letting ? <LetGo entry={entry} onClose={() => setLetting(false)} /> : null}
      </DialogFrame>
    </DetailPanel>
  )
}

/** Everybody who waits for an earlier time: offers first, then by when we call (C14). */
export function WaitListScreen({ route }: ScreenProps) {
  const zone = useZone()
  const { userId } = usePerson()
  const today = wallTimeOf(useNow(), zone).day
  const talking = useCallsStore((store) => store.calls.some(({ call }) => isMine(call, userId)))
  const { data, error, loading, refetch } = useQuery('waitList.list', EVERYTHING)
  const { shown: rows, waiting, show } = useSteadyRows(data?.entries ?? NOBODY, (row) => row.entryId, talking && data !== undefined)
  const [, setShownAt] = useState(0)
  const selectedId = route.path[0] ?? rows[0]?.entryId ?? null
  const columns: readonly Column<WaitListEntry>[] = [
    { key: 'due', header: 'Call by', width: '132px', cell: (row) => <Due dueAt={row.dueAt} since={row.askedAt} /> },
    { key: 'who', header: 'Customer', width: 'minmax(148px, 1fr)', strong: true, cell: (row) => row.customerName },
    { key: 'offer', header: 'Came free', width: 'minmax(148px, 1fr)', cell: (row) => (row.offer ? <StateChip state="confirmed">{windowLabel({ day: row.offer.day, start: row.offer.start, end: row.offer.end }, today)}</StateChip> : '\u2013') },
    { key: 'days', header: 'Would take', width: 'minmax(148px, 1fr)', cell: (row) => daysWords(row, today) },
    { key: 'keeps', header: 'Keeps', width: 'minmax(120px, 0.8fr)', quiet: true, cell: (row) => (row.keeps ? windowLabel(row.keeps, today) : '\u2013') },
    { key: 'job', header: 'Job', width: 'minmax(120px, 1fr)', quiet: true, cell: (row) => row.jobTypeName },
  ]
  const renew = (): void => {
    show()
    setShownAt(performance.now())
  }
  useHotkeys('Wait list', [{ keys: 'R', label: 'Show who came meanwhile', run: renew }])
  return (
    <div className={calls['screen']}>
      <ScreenBar title="Wait list" detail={data ? `${data.entries.length} waiting` : ''} actions={waiting > 0 ? <ActionButton small kind="quiet" label={`${waiting} new`} keys="R" onClick={renew} /> : null} />
      <div className={calls['parts']}>
        <div className={calls['list']}>
          {error ? <ErrorNotice error={error} onRetry={refetch} /> : null}
          {loading ? (
            <LoadingLines />
          ) : (
            <DataTable
              main
              label="Wait list"
              columns={columns}
              rows={rows}
              rowId={(row) => row.entryId}
              selectedId={selectedId}
              onSelect={(entryId) => navigate({ area: 'waitlist', path: [entryId] }, { replace: true })}
              onOpen={(row) => navigate({ area: 'customers', path: [row.customerId] })}
              empty={<EmptyState>Nobody waits for an earlier time. In a booking, Alt+L puts a caller on this list.</EmptyState>}
            />
          )}
        </div>
        {selectedId === null ? null : <EntryPanel key={selectedId} entryId={selectedId} />}
      </div>
    </div>
  )
}
