import { useRef, useState } from 'react'
import type { Instant, IsoDay } from '../../../../shared/base/time.ts'
import { formatTime, formatWeekday, instantOf } from '../../../../shared/base/zone.ts'
import type { Happened, Proposal } from '../../../../shared/contract/methods/assistant.ts'
import type { BoardDay, BoardVisit } from '../../../../shared/contract/methods/dispatch.ts'
import { api } from '../../../api/api.ts'
import { asContractError } from '../../../api/errors.ts'
import { ActionButton } from '../../../components/ActionButton.tsx'
import { Choice } from '../../../components/Choice.tsx'
import { LoadingLines } from '../../../components/LoadingLines.tsx'
import { TextInput } from '../../../components/TextInput.tsx'
import { useHotkeys } from '../../../components/useHotkeys.ts'
import classes from '../board.module.css'
import { parseTime } from '../boardWords.ts'
import type { Away } from '../BookedThen.tsx'
import { showRefusal } from '../../../stores/board.ts'
import { type MendDay, meantDay, mendDaysOf } from './mendDay.ts'
import { type Made, ProposalForm } from './ProposalForm.tsx'

export interface MendProps {
  readonly day: BoardDay
  readonly now: Instant
  /** The visit the person stands on: what has happened is likely about it. */
  readonly selected: BoardVisit | undefined
  /** Who was looked at: then it is about them. */
  readonly technicianId: string | null
  /** Who is to be away, where that is known already. */
  readonly away?: Away | undefined
  readonly close: () => void
}

const KINDS = [
  { value: 'sick', label: 'A technician can\u2019t go on' },
  { value: 'emergency', label: 'An emergency has to come in' },
  { value: 'overrun', label: 'A visit lasts longer' },
  { value: 'waiting', label: 'Visits wait that nobody has' },
] as const

type Kind = (typeof KINDS)[number]['value']

const EMPTY: Readonly<Record<Kind, string>> = {
  sick: 'Choose who can\u2019t go on, and from when.',
  emergency: 'Choose the visit that has to come in. It has to be booked first.',
  overrun: 'Choose the visit, and write until when it lasts, such as 3:30 PM.',
  waiting: 'Nothing waits: every visit of this day has somebody.',
}

/** So many are planned at once; what is left is planned next. */
const MOST_WAITING = 200

/** What presses by its rank comes in today; any other visit that nobody has is one of those that wait, and its customer waits for no call. */
function likeliest(selected: BoardVisit | undefined, isWaiting: boolean, waiting: number): Kind {
  if (selected && isWaiting) return selected.priorityRank <= 1 ? 'emergency' : 'waiting'
  if (selected === undefined && waiting > 0) return 'waiting'
  return selected?.state === 'working' ? 'overrun' : 'sick'
}

/** What was said has happened, as it stands in the form: it is there again where somebody comes back to it. */
interface Said {
  readonly kind: Kind
  readonly technicianId: string | null
  readonly waitingId: string | null
  readonly runningId: string | null
  readonly from: string
  readonly until: string
}

interface HappenedProps extends MendProps {
  readonly days: readonly MendDay[]
  /** The day that is mended. */
  readonly of: MendDay
  readonly turnTo: (day: IsoDay) => void
  /** As it was said before it was asked; null where nothing was yet. */
  readonly said: Said | null
  readonly ask: (happened: Happened, said: Said) => void
}

/** What has happened, as it is asked: of the visit or technician the person stands on, from now on. */
function HappenedForm({ day, days, of, turnTo, now, selected, technicianId: lookedAt, away, close, said, ask }: HappenedProps) {
  const isToday = now >= of.startsAt && now < of.endsAt
  const technicians = day.groups.flatMap((group) => group.technicians)
  const { waiting, comingIn, running } = of
  const isWaiting = selected !== undefined && comingIn.some(({ id }) => id === selected.id)
  const [kind, setKind] = useState<Kind>(() => said?.kind ?? (lookedAt === null && !away ? likeliest(selected, isWaiting, waiting.length) : 'sick'))
  const [technicianId, setTechnicianId] = useState(said ? said.technicianId : away?.technicianId ?? lookedAt ?? selected?.technicianId ?? null)
  const [waitingId, setWaitingId] = useState(said ? said.waitingId : isWaiting ? selected.id : null)
  const [runningId, setRunningId] = useState(said ? said.runningId : running.some(({ id }) => id === selected?.id) ? (selected?.id ?? null) : null)
  const [from, setFrom] = useState(said ? said.from : away ? formatTime(away.startsAt, day.zone) : isToday ? formatTime(now, day.zone) : '')
  const [until, setUntil] = useState(said ? said.until : away && away.endsAt <= of.endsAt ? formatTime(away.endsAt, day.zone) : '')
  const [error, setError] = useState<string | null>(null)
  const typed = (text: string): Instant | undefined => {
    const minute = parseTime(text)
    return minute === undefined ? undefined : instantOf(of.day, minute, day.zone)
  }
  const happened = (): Happened | undefined => {
    const end = typed(until)
    if (kind === 'waiting') return waiting.length === 0 ? undefined : { kind, appointmentIds: waiting.slice(0, MOST_WAITING).map(({ id }) => id) }
    if (kind === 'emergency') return waitingId === null ? undefined : { kind, appointmentId: waitingId }
    if (kind === 'overrun') return runningId === null || end === undefined ? undefined : { kind, appointmentId: runningId, endsAt: end }
    const begin = from.trim() === '' ? of.startsAt : typed(from)
    if (technicianId === null || begin === undefined || (until.trim() !== '' && (end === undefined || end <= begin))) return undefined
    return { kind, technicianId, from: begin, until: end ?? null }
  }
  const submit = (): void => {
    const event = happened()
    if (event) ask(event, { kind, technicianId, waitingId, runningId, from, until })
    else setError(EMPTY[kind])
  }
  useHotkeys('Mend the day', [
    { keys: 'Ctrl+Enter', label: 'Look for a plan', run: submit },
    { keys: 'Escape', label: 'Back to the board', run: close },
  ])
  const visitOption = (visit: BoardVisit) => ({ value: visit.id, label: visit.shortName, detail: `${visit.jobTypeName} \u00B7 ${formatTime(visit.startsAt ?? visit.windowStartsAt, day.zone)}` })
  return (
    <form
      className={classes['form']}
      aria-label="Mend the day"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <h2 className="b">Mend the day</h2>
      {days.length > 1 ? (
        <Choice
          label="Day"
          options={days.map((each) => ({ value: each.day, label: formatWeekday(each.day) }))}
          value={of.day}
          onChange={(next) => {
            turnTo(next)
            setWaitingId(null)
            setRunningId(null)
            setError(null)
          }}
        />
      ) : null}
      <Choice label="What has happened" autoFocus options={KINDS} value={kind} onChange={(value) => {
        setKind(value)
        setError(null)
      }} />
      {kind === 'sick' ? (
        <>
          <Choice label="Technician" options={technicians.map(({ id, name }) => ({ value: id, label: name }))} value={technicianId} onChange={setTechnicianId} error={technicianId === null ? error : null} />
          <TextInput label="From" value={from} onChange={setFrom} hint="Empty: the whole day." error={technicianId === null ? null : error} />
          <TextInput label="Back at" value={until} onChange={setUntil} hint={isToday ? 'Empty: not today any more.' : 'Empty: not that day any more.'} />
        </>
      ) : kind === 'emergency' ? (
        <Choice label="Visit" options={comingIn.map(visitOption)} value={waitingId} onChange={setWaitingId} error={error} />
      ) : kind === 'waiting' ? (
        <p role={error === null ? undefined : 'alert'}>{error ?? waitingWords(waiting.length)}</p>
      ) : (
        <>
          <Choice label="Visit" options={running.map(visitOption)} value={runningId} onChange={setRunningId} />
          <TextInput label="Lasts until" value={until} onChange={setUntil} hint="3:30 PM, 15:30, 330p" error={error} />
        </>
      )}
      <div className={classes['actions']}>
        <ActionButton type="submit" kind="primary" keys="Ctrl+Enter" label="Look for a plan" onClick={() => undefined} />
        <ActionButton label="Back" keys="Escape" kind="quiet" onClick={close} />
      </div>
    </form>
  )
}

function waitingWords(count: number): string {
  if (count === 0) return 'Nothing waits: every visit of this day has somebody.'
  const which = count === 1 ? 'One visit of this day waits' : `${Math.min(count, MOST_WAITING)} visits of this day wait`
  return `${which}. Who is best for it in the window it was promised is proposed; you accept all or some.`
}

type Asked = { readonly kind: 'asking' } | { readonly kind: 'proposed'; readonly proposal: Proposal; readonly notice: string | null } | { readonly kind: 'refused'; readonly message: string }

/** Says what has happened, sees what the assistant proposes, and accepts all of it or some. Nothing moves before that. */
export function MendPanel(props: MendProps) {
  const { day, now, selected, away, close } = props
  const [happened, setHappened] = useState<Happened | null>(null)
  const [asked, setAsked] = useState<Asked>({ kind: 'asking' })
  const days = mendDaysOf(day)
  const [turnedTo, setTurnedTo] = useState<IsoDay | null>(() => meantDay(days, away?.startsAt ?? selected?.startsAt ?? selected?.windowStartsAt ?? null, now)?.day ?? null)
  const of = days.find((each) => each.day === turnedTo) ?? days[0]
  const [said, setSaid] = useState<Said | null>(null)
  /** Which question the panel waits for: the answer to one that was left is nobody's. */
  const question = useRef(0)
  const ask = (event: Happened, notice: string | null = null): void => {
    const own = ++question.current
    const answer = (next: Asked): void => (question.current === own ? setAsked(next) : undefined)
    setHappened(event)
    setAsked({ kind: 'asking' })
    // A day of several is mended by itself.
    api.query('dispatch.replan', { day: of?.day ?? day.day, happened: [event] }).then(
      (proposal) => answer({ kind: 'proposed', proposal, notice }),
      (thrown: unknown) => answer({ kind: 'refused', message: [notice, asContractError(thrown).message].filter(Boolean).join(' ') }),
    )
  }
  const backToForm = (): void => {
    question.current++
    setHappened(null)
  }
  const askAgain = ({ doneIds, notice }: Made): void => {
    const left = happened?.kind === 'waiting' ? happened.appointmentIds.filter((id) => !doneIds.has(id)) : []
    // An emergency that has its place is over; whoever is sick still is.
    const isOver = happened === null || (happened.kind === 'emergency' && doneIds.has(happened.appointmentId)) || (happened.kind === 'waiting' && left.length === 0)
    if (!isOver) return ask(happened.kind === 'waiting' ? { ...happened, appointmentIds: left } : happened, notice)
    close()
    if (notice !== null) showRefusal({ message: notice, inTheWayId: null, overbook: null })
  }
  if (of === undefined) return <NoProposal message="No day is shown." back={close} />
  if (happened === null) return <HappenedForm {...props} days={days} of={of} turnTo={setTurnedTo} said={said} ask={(event, words) => {
    setSaid(words)
    ask(event)
  }} />
  switch (asked.kind) {
    case 'asking':
      return <Asking back={backToForm} />
    case 'refused':
      return <NoProposal message={asked.message} back={backToForm} />
    case 'proposed':
      return <ProposalForm day={day} proposal={asked.proposal} notice={asked.notice} back={backToForm} close={close} made={askAgain} />
  }
}

/** While a plan is looked for: Escape leads back to what was said has happened. */
function Asking({ back }: { readonly back: () => void }) {
  useHotkeys('Mend the day', [{ keys: 'Escape', label: 'Back, without a plan', run: back }])
  return (
    <div className={classes['form']} role="group" aria-label="Looking for a plan">
      <p role="status">A plan is being looked for. Nothing is moved.</p>
      <LoadingLines rows={6} />
      <div className={classes['actions']}>
        <ActionButton label="Back" keys="Escape" autoFocus onClick={back} />
      </div>
    </div>
  )
}

function NoProposal({ message, back }: { readonly message: string; readonly back: () => void }) {
  useHotkeys('Mend the day', [{ keys: 'Escape', label: 'Back', run: back }])
  return (
    <div className={classes['form']} role="alert">
      <p>{message}</p>
      <div className={classes['actions']}>
        <ActionButton label="Back" keys="Escape" autoFocus onClick={back} />
      </div>
    </div>
  )
}
