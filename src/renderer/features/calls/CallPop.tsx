import type { CSSProperties, ReactNode } from 'react'
import { formatMoney } from '../../../shared/base/money.ts'
import { formatDay, formatWindow, wallTimeOf } from '../../../shared/base/zone.ts'
import type { Pop, PopCandidate } from '../../../shared/contract/methods/calls.ts'
import { languageName } from '../../../shared/domain/customers/languages.ts'
import { useQuery } from '../../api/api.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { FlagChips } from '../../components/FlagChips.tsx'
import { Icon } from '../../components/icons.tsx'
import { Keycap } from '../../components/Keycap.tsx'
import { PlainChip } from '../../components/StateGlyph.tsx'
import { type Corner, type HeardCall, rung, talkingTo } from '../../stores/calls.ts'
import { navigate } from '../../stores/route.ts'
import { useCompany, usePerson, useZone } from '../../stores/session.ts'
import { answerCall, confirmCaller } from './callActions.ts'
import classes from './CallPop.module.css'
import { callerWords, formatDuration, inOneLine, numberWords, ringWords } from './callWords.ts'
import { PhoneNumber } from './PhoneNumber.tsx'
import { ringingWords } from './transferWords.ts'
import { POP_HEIGHT, POP_INSETS, POP_WIDTH } from './popPlace.ts'
import { useTick } from './useTick.ts'

/** As many as can be confirmed by a key. */
const MOST_CHOICES = 3

function Band({ heard }: { readonly heard: HeardCall }) {
  const at = useTick()
  const company = useCompany()
  const ringLimitSeconds = heard.call.line?.ringLimitSeconds ?? company.ringLimitSeconds
  const ringMs = rung(heard, at)
  return (
    <div className={classes['band']}>
      <Icon name="phone" />
      <span className="el">
        {inOneLine(ringingWords(heard.call), heard.call.lineName)}
      </span>
      {heard.call.practice ? <span className={classes['practice']}>Practice</span> : null}
      <span className="sp" />
      <span>
        {ringWords(ringMs, ringLimitSeconds)} · {formatDuration(ringMs)}
      </span>
    </div>
  )
}

function TheNumber({ number }: { readonly number: string | null }) {
  return <span className="m nw">{number === null ? numberWords(null) : <PhoneNumber number={number} />}</span>
}

function Flags({ candidate }: { readonly candidate: PopCandidate }) {
  return (
    <>
      <FlagChips customer={candidate} />
      {candidate.language === null || candidate.language === 'en' ? null : <PlainChip>{languageName(candidate.language)}</PlainChip>}
    </>
  )
}

const addressWords = ({ locations }: PopCandidate): string => {
  const [first, ...others] = locations
  if (!first) return 'No location on file'
  return others.length === 0 ? `${first.line1}, ${first.city}` : `${locations.length} locations, ${first.line1}`
}

/** One line on what is open: today's visit, the next one, or how many jobs. */
function jobWords({ jobs }: PopCandidate): string {
  const next = jobs.flatMap(({ typeName, visit }) => (visit ? [{ typeName, visit }] : [])).sort((left, right) => left.visit.windowStartsAt - right.visit.windowStartsAt)[0]
  if (next) return `${next.typeName}, ${formatDay(next.visit.day)} ${formatWindow(next.visit.windowStart, next.visit.windowEnd)}`
  return jobs.length === 0 ? 'None' : jobs.map(({ number }) => `Job ${number}`).join(', ')
}

function lastVisitWords({ lastVisit }: PopCandidate, zone: string): string {
  if (!lastVisit) return '–'
  const who = lastVisit.technicianName === null ? '' : `, ${lastVisit.technicianName}`
  return `${formatDay(wallTimeOf(lastVisit.doneAt, zone).day)}, ${lastVisit.typeName}${who}`
}

function Balance({ candidate: { balanceCents, overdueSince } }: { readonly candidate: PopCandidate }) {
  if (overdueSince === null) return <span className="m">{formatMoney(balanceCents)}</span>
  return (
    <span className="m alert-t">
      {formatMoney(balanceCents)}, due since {formatDay(overdueSince)}
    </span>
  )
}

function Facts({ candidate, guessed }: { readonly candidate: PopCandidate; readonly guessed: boolean }) {
  const zone = useZone()
  const [note] = candidate.notes
  const facts: readonly { readonly name: string; readonly value: ReactNode }[] = [
    { name: 'Balance', value: <Balance candidate={candidate} /> },
    // The guess says what is open already, in more words.
    ...(guessed ? [] : [{ name: 'Open', value: jobWords(candidate) }]),
    { name: 'Last visit', value: lastVisitWords(candidate, zone) },
    { name: 'Pinned note', value: note ? note.body : '–' },
  ]
  return (
    <dl className={classes['facts']}>
      {facts.map(({ name, value }) => (
        <div key={name}>
          <dt className="t3">{name}</dt>
          <dd className="el">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function OneCustomer({ candidate, pop }: { readonly candidate: PopCandidate; readonly pop: Pop }) {
  const zone = useZone()
  const others = pop.candidates.filter((other) => other.customerId !== candidate.customerId)
  const guess = pop.guess?.customerId === candidate.customerId ? pop.guess : null
  return (
    <>
      <div className="row">
        <h2 className="h1 el">{candidate.name}</h2>
        <Flags candidate={candidate} />
        <span className="sp" />
        <TheNumber number={pop.fromNumber} />
      </div>
      <p className={`t2 ${classes['address']}`}>
        <span className="el">{addressWords(candidate)}</span>
        <span className="nw">· customer since {wallTimeOf(candidate.since, zone).day.slice(0, 4)}</span>
      </p>
      {others.length > 0 ? (
        <p className="t3 el">
          also {others.map(({ name }) => name).join(', ')}, same number <Keycap keys="Alt+2" />
        </p>
      ) : null}
      {guess ? (
        <div className={classes['guess']}>
          <p className={classes['cap']}>Probably about</p>
          <p className="b el">{guess.what}</p>
          <p className="el">{guess.why}</p>
        </div>
      ) : null}
      <Facts candidate={candidate} guessed={guess !== null} />
    </>
  )
}

function SeveralCustomers({ pop }: { readonly pop: Pop }) {
  return (
    <>
      <div className="row">
        <h2 className="h2">{pop.sharedBy} customers have this number</h2>
        <span className="sp" />
        <TheNumber number={pop.fromNumber} />
      </div>
      <ul className={classes['choices']}>
        {pop.candidates.slice(0, MOST_CHOICES).map((candidate, index) => (
          <li key={candidate.customerId}>
            <button
              type="button"
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => void confirmCaller(pop.callId, candidate.customerId, candidate.locations.length === 1 ? (candidate.locations[0]?.locationId ?? null) : null)}
            >
              <Keycap keys={`Alt+${index + 1}`} />
              <span className={classes['choice']}>
                <span className="row">
                  <span className="b el">{candidate.name}</span>
                  <Flags candidate={candidate} />
                </span>
                <span className="t2 dense el">
                  {addressWords(candidate)}
                  {candidate.jobs.length > 0 ? ` · ${jobWords(candidate)}` : ''}
                </span>
              </span>
            </button>
          </li>
        ))}
      </ul>
      {pop.sharedBy > MOST_CHOICES ? <p className="t3 dense">{pop.sharedBy - MOST_CHOICES} more on the booking screen.</p> : null}
    </>
  )
}

function Nobody({ pop }: { readonly pop: Pop }) {
  const { known } = pop
  const what =
    known?.kind === 'vendor' ? `A vendor of ours.${known.note === '' ? '' : ` ${known.note}`}` :
    pop.fromNumber === null
      ? 'Ask for the name and a number to call back before anything else.'
      : pop.technician
        ? 'One of our technicians, calling in.'
        : 'Nobody on file has this number. Answering starts a new customer.'
  return (
    <>
      <div className="row">
        <h2 className="h1 el">{pop.technician?.name ?? (known && known.name !== '' ? known.name : numberWords(pop.fromNumber))}</h2>
        <span className="sp" />
        {pop.technician || known ? <TheNumber number={pop.fromNumber} /> : <PlainChip>{pop.fromNumber === null ? 'Withheld' : 'New caller'}</PlainChip>}
      </div>
      <p className="t2">{what}</p>
    </>
  )
}

/** One of our own telephones: whoever it is asks something, and nothing is booked. */
function Colleague({ name, extension }: { readonly name: string; readonly extension: string }) {
  return (
    <>
      <div className="row">
        <h2 className="h1 el">{name}</h2>
        <span className="sp" />
        <PlainChip>Colleague</PlainChip>
      </div>
      <p className="t2">Calls from extension {extension}, inside the office.</p>
    </>
  )
}

function Body({ heard, pop }: { readonly heard: HeardCall; readonly pop: Pop | undefined }) {
  if (heard.call.extension) return <Colleague name={callerWords(heard.call)} extension={heard.call.extension} />
  if (!pop) {
    return (
      <div className="row">
        <h2 className="h1 el">{callerWords(heard.call)}</h2>
        <span className="sp" />
        {heard.call.name === null ? null : <span className="m nw">{numberWords(heard.call.fromNumber)}</span>}
      </div>
    )
  }
  const linked = pop.candidates.find(({ customerId }) => customerId === pop.customerId)
  const [first] = pop.candidates
  if (linked) return <OneCustomer candidate={linked} pop={pop} />
  if (first && pop.candidates.length === 1) return <OneCustomer candidate={first} pop={pop} />
  return first ? <SeveralCustomers pop={pop} /> : <Nobody pop={pop} />
}

const EVERYTHING = {} as const

/** What comes with a caller who is put through: what was begun, and what the colleague wrote to it. */
function Handed({ callId, from }: { readonly callId: string; readonly from: string }) {
  const handed = useQuery('drafts.handed', EVERYTHING).data?.items.find((item) => item.callId === callId && item.mine)
  if (!handed) return null
  return (
    <div className={classes['guess']}>
      <p className={classes['cap']}>With what {from} typed</p>
      <p className="b el">{handed.about}</p>
      {handed.note === '' ? null : <p className="el">{handed.note}</p>}
    </div>
  )
}

function placed(corner: Corner): CSSProperties {
  const { left, right, top, bottom } = POP_INSETS
  const across = corner === 'bottomRight' || corner === 'topRight' ? { right } : { left }
  const down = corner === 'bottomRight' || corner === 'bottomLeft' ? { bottom } : { top }
  return { ...across, ...down, width: POP_WIDTH, height: POP_HEIGHT }
}

/** Who rings, on whatever screen is open. It takes no focus, keeps its size and its corner, and says what it knows. */
export function CallPop({ heard, corner, onLeave }: { readonly heard: HeardCall; readonly corner: Corner; readonly onLeave: () => void }) {
  const { callId, transfer } = heard.call
  const { userId } = usePerson()
  const { data } = useQuery('calls.pop', { callId })
  const pop = data ?? heard.call.pop ?? undefined
  const best = pop?.candidates.find(({ customerId }) => customerId === pop.customerId) ?? pop?.candidates[0]
  return (
    <section className={classes['pop']} style={placed(corner)} aria-label="Ringing call" data-pop={callId} onMouseDown={(event) => event.preventDefault()}>
      <Band heard={heard} />
      <div className={classes['body']} aria-busy={pop === undefined}>
        {transfer?.state === 'ringing' ? <Handed callId={callId} from={transfer.from} /> : null}
        <Body heard={heard} pop={pop} />
      </div>
      <div className={classes['actions']}>
        <ActionButton kind="call" label="Answer" keys="F8" onClick={() => void answerCall(callId, talkingTo(userId))} />
        <ActionButton label="Leave it" keys="F9" onClick={onLeave} />
        <span className="sp" />
        {best ? <ActionButton kind="quiet" label="Open" keys="Alt+O" onClick={() => navigate({ area: 'customers', path: [best.customerId] })} /> : null}
      </div>
    </section>
  )
}
