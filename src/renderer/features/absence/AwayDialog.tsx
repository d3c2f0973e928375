import { useEffect, useState } from 'react'
import { addDays, HOUR, type Instant, MINUTE } from '../../../shared/base/time.ts'
import { formatDay, formatTime, instantOf, wallTimeOf } from '../../../shared/base/zone.ts'
import { ROLE_NAMES, ROLES, type Role } from '../../../shared/domain/people/permissions.ts'
import { api, useQuery } from '../../api/api.ts'
import type { InputOf, OutputOf } from '../../api/types.ts'
import { useAction } from '../../api/useAction.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { Choice, type Option } from '../../components/Choice.tsx'
import { DialogFrame } from '../../components/Confirm.tsx'
import { Due } from '../../components/Due.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { FieldRow } from '../../components/Field.tsx'
import { Keycap } from '../../components/Keycap.tsx'
import { SegmentedControl } from '../../components/SegmentedControl.tsx'
import { StateGlyph } from '../../components/StateGlyph.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { useNow } from '../../stores/clock.ts'
import { lock, SESSION_INPUT, useMay, usePerson, useSession, useZone } from '../../stores/session.ts'
import { toast } from '../../stores/toast.ts'
import classes from './absence.module.css'
import { askAway, closeAway, stayAway, useAbsence } from './absenceStore.ts'

type Absence = InputOf<'absence.preview'>['absence']
type Preview = OutputOf<'absence.preview'>

const KINDS: readonly { readonly value: Absence; readonly label: string; readonly keys: string }[] = [
  { value: 'lunch', label: 'Lunch', keys: 'L' },
  { value: 'today', label: 'Out for today', keys: 'O' },
  { value: 'sick', label: 'Sick', keys: 'K' },
  { value: 'left', label: 'Leaving for good', keys: 'G' },
]

const MORNING = 8 * 60

interface BackOption extends Option<string> {
  readonly at: Instant | null
}

/** When people of this kind of absence come back; the first is what is usual. */
function backOptions(absence: Absence, now: Instant, zone: string): readonly BackOption[] {
  const { day } = wallTimeOf(now, zone)
  const at = (value: string, label: string, instant: Instant): BackOption => ({ value, label, detail: `${wallTimeOf(instant, zone).day === day ? '' : `${formatDay(wallTimeOf(instant, zone).day)}, `}${formatTime(instant, zone)}`, at: instant })
  const tomorrow = at('tomorrow', 'Tomorrow morning', instantOf(addDays(day, 1), MORNING, zone))
  const open: BackOption = { value: 'open', label: 'Nobody knows yet', at: null }
  switch (absence) {
    case 'lunch':
      return [at('30', 'In 30 minutes', now + 30 * MINUTE), at('60', 'In an hour', now + HOUR), at('120', 'In two hours', now + 2 * HOUR), open]
    case 'today':
      return [tomorrow, at('two', 'The day after', instantOf(addDays(day, 2), MORNING, zone)), at('week', 'In a week', instantOf(addDays(day, 7), MORNING, zone)), open]
    case 'sick':
      return [open, tomorrow, at('week', 'In a week', instantOf(addDays(day, 7), MORNING, zone))]
    case 'left':
      return [{ ...open, label: 'Not any more' }]
  }
}

type ToValue = 'usual' | `person:${string}` | `role:${Role}`

function useToOptions(userId: string): readonly Option<ToValue>[] {
  const people = useQuery('people.list', {}).data?.people ?? []
  const here = people.filter((person) => person.presence === 'active' && person.userId !== userId)
  const cover = people.find((person) => person.userId === people.find((one) => one.userId === userId)?.coverUserId)
  const staffed = ROLES.filter((role) => here.some((person) => person.roles.includes(role)))
  return [
    { value: 'usual', label: 'As usual', detail: cover ? `${cover.name} covers` : 'the role, else an owner' },
    ...here.map((person): Option<ToValue> => ({ value: `person:${person.userId}`, label: person.name, detail: person.roles.map((role) => ROLE_NAMES[role]).join(', ') })),
    ...staffed.map((role): Option<ToValue> => ({ value: `role:${role}`, label: ROLE_NAMES[role], detail: 'whoever takes it first' })),
  ]
}

const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`

function PreviewWords({ preview }: { readonly preview: Preview }) {
  const { passing, to, overdue, dueMeanwhile, first, withoutHolder } = preview
  if (passing === 0) return <p className={classes['preview']}>No promise passes to anybody: none is held by name or by a role that nobody else has.</p>
  return (
    <div className={classes['preview']}>
      <p>
        <b className="m">{`${counted(passing, 'promise')} ${passing === 1 ? 'passes' : 'pass'}`}</b>
        {`: ${to.map(({ holder, count }) => `${count} to ${holder}`).join(', ')}.`}
      </p>
      <p className={overdue > 0 ? 'hold-t' : 't2'}>{[`${dueMeanwhile} due meanwhile`, overdue > 0 ? `${overdue} overdue already` : ''].filter(Boolean).join(', ')}.</p>
      {withoutHolder > 0 ? (
        <p className="alert-t m row">
          <StateGlyph state="alert" />
          {`Nobody would be there for ${withoutHolder === passing ? (passing === 1 ? 'it' : 'them') : `${withoutHolder} of them`}. Choose a colleague or a role; else ${passing === 1 ? 'it waits' : 'they wait'} until somebody of the role is back.`}
        </p>
      ) : null}
      <ul>
        {first.map((promise) => (
          <li key={promise.promiseId}>
            <Due dueAt={promise.dueAt} since={promise.dueAt} />
            <span className="el">{promise.title}</span>
            <span className="t3 el">{promise.holder}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** A preview line is kept for so long that nothing below it moves. */
const NO_PREVIEW: Preview = { passing: 0, overdue: 0, dueMeanwhile: 0, to: [], first: [], withoutHolder: 0 }

function AwayForm({ userId }: { readonly userId: string }) {
  const me = usePerson()
  const { people } = useSession()
  const may = useMay()
  const zone = useZone()
  // The moment at which it was asked; the preview would be asked anew with every tick.
  const [now] = useState(() => Math.floor(Date.now() / MINUTE) * MINUTE + MINUTE)
  const [who, setWho] = useState(userId)
  const [absence, setAbsence] = useState<Absence>('lunch')
  const [back, setBack] = useState<string | null>(null)
  const [to, setTo] = useState<ToValue>('usual')
  const { run, busy, error } = useAction()
  const mine = who === me.userId
  const options = backOptions(absence, now, zone)
  const backAt = (options.find((option) => option.value === back) ?? options[0])?.at ?? null
  const toOptions = useToOptions(who)
  const [kind, id = ''] = to.split(':', 2)
  const passing = { toUserId: kind === 'person' ? id : null, toRole: kind === 'role' ? (ROLES.find((role) => role === id) ?? null) : null }
  const preview = useQuery('absence.preview', { userId: who, absence, backAt, ...passing }, { keep: true }).data
  const name = people.find((person) => person.userId === who)?.name ?? 'They'
  const choose = (next: Absence): void => {
    setAbsence(next)
    setBack(null)
  }
  const action = absence === 'left' ? `${mine ? 'Leave' : `${name} leaves`} for good` : mine ? 'Go, and lock this page' : `${name} is away`
  const go = (): void => {
    void run(async () => {
      if (mine) stayAway(me.userId)
      await api.command('user.goAway', { userId: who, absence, backAt, ...passing })
      closeAway()
      toast(`${mine ? 'You are away' : `${name} is away`}. ${preview && preview.to.length > 0 ? `${preview.to.map(({ holder, count }) => `${count} with ${holder}`).join(', ')}.` : 'No promise had to pass.'}`)
      // Who has left is signed out by that alone.
      if (mine && absence !== 'left') await lock('asked')
    })
  }
  useHotkeys('Away', [
    { keys: 'Ctrl+Enter', label: action, run: go },
    ...KINDS.map(({ value, label, keys }) => ({ keys, label, run: () => choose(value) })),
  ])
  return (
    <div className={classes['form']}>
      {may('people.edit') ? (
        <Choice label="Who" options={people.map((person) => ({ value: person.userId, label: person.name, ...(person.userId === me.userId ? { detail: 'you' } : {}) }))} value={who} onChange={setWho} />
      ) : null}
      <div className="row">
        <SegmentedControl<Absence> label="Why" value={absence} onChange={choose} segments={KINDS.map(({ value, label, keys }) => ({ value, label: <>{label} <Keycap keys={keys} onInk={value === absence} /></> }))} />
      </div>
      <FieldRow>
        <Choice label="Back" options={options} value={back ?? options[0]?.value ?? null} onChange={setBack} />
        <Choice label="Promises go to" options={toOptions} value={to} onChange={setTo} error={error?.field === 'toUserId' ? error.message : null} />
      </FieldRow>
      <PreviewWords preview={preview ?? NO_PREVIEW} />
      {absence === 'left' ? <p className="t2">{`${mine ? 'You' : name} can\u2019t sign in any more; a manager takes people back under Settings, People.`}</p> : null}
      <ErrorNotice error={error && error.field !== 'toUserId' ? error : null} />
      <div className="row">
        <ActionButton kind="primary" label={action} keys="Ctrl+Enter" busy={busy} onClick={go} autoFocus />
        <ActionButton label="Stay" keys="Escape" onClick={closeAway} />
      </div>
    </div>
  )
}

function BackForm({ comeBack, backAt, onClose }: { readonly comeBack: number; readonly backAt: Instant | null; readonly onClose: () => void }) {
  const me = usePerson()
  const zone = useZone()
  const now = useNow()
  const { run, busy, error } = useAction()
  const back = (): void => {
    void run(async () => {
      await api.command('user.comeBack', { userId: me.userId })
      onClose()
      toast(comeBack === 0 ? 'You are back. Nothing had to come back to you.' : `You are back, and so ${comeBack === 1 ? 'is 1 promise' : `are ${comeBack} promises`}.`)
    })
  }
  useHotkeys('Back', [{ keys: 'Ctrl+Enter', label: 'I am back', run: back }])
  return (
    <div className={classes['form']}>
      <p>
        {`You are marked away${backAt === null || backAt < now ? '' : ` until ${formatTime(backAt, zone)}`}. `}
        {comeBack === 0 ? 'No promise waits to come back to you.' : `${counted(comeBack, 'promise')} ${comeBack === 1 ? 'comes' : 'come'} back; what others worked meanwhile stays with them.`}
      </p>
      <ErrorNotice error={error} />
      <div className="row">
        <ActionButton kind="primary" label="I am back" keys="Ctrl+Enter" busy={busy} onClick={back} autoFocus />
        <ActionButton label="Stay away" keys="Escape" onClick={onClose} />
      </div>
    </div>
  )
}

const NO_INPUT = {} as const

/** Who signs in while marked away is asked whether they are back, once; Shift+F2 asks again. */
function useBackQuestion() {
  const me = usePerson()
  const away = useQuery('absence.mine', NO_INPUT).data?.away ?? null
  const staying = useAbsence((store) => store.staying)
  // Nothing opens over the cover of a locked page; who takes it off is asked.
  const locked = useQuery('session.state', SESSION_INPUT).data?.person === null
  useEffect(() => {
    if (locked) stayAway(null)
  }, [locked])
  return { away, me, asking: away !== null && !locked && staying !== me.userId }
}

/** Going away and coming back, by one key from anywhere. */
export function Absences() {
  const userId = useAbsence((store) => store.userId)
  const { away, me, asking } = useBackQuestion()
  const stay = (): void => stayAway(me.userId)
  useHotkeys('Everywhere', [{ keys: 'Shift+F2', label: away ? 'I am back' : 'I am away', run: () => (away ? stayAway(null) : askAway(me.userId)) }])
  return (
    <>
      <DialogFrame open={userId !== null} title="Away" width="sm" onClose={closeAway}>
        {userId === null ? null : <AwayForm key={userId} userId={userId} />}
      </DialogFrame>
      <DialogFrame open={userId === null && asking} title="Welcome back" onClose={stay}>
        {asking && away ? <BackForm comeBack={away.comeBack} backAt={away.backAt} onClose={stay} /> : null}
      </DialogFrame>
    </>
  )
}
