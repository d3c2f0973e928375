import type { Ref } from 'react'
import { HOUR, type Instant, MINUTE } from '../../../shared/base/time.ts'
import { wallTimeOf } from '../../../shared/base/zone.ts'
import { ROLE_NAMES, ROLES } from '../../../shared/domain/people/permissions.ts'
import type { TaskType } from '../../../shared/domain/tasks/tables.ts'
import { COMPLAINT_LIMIT, TASK_LIMIT } from '../../../shared/domain/tasks/types.ts'
import { useQuery } from '../../api/api.ts'
import { Choice, type Option } from '../../components/Choice.tsx'
import { formatDue } from '../../components/Due.tsx'
import { DayInput } from '../../components/DayInput.tsx'
import { useNow } from '../../stores/clock.ts'
import { usePerson, useZone } from '../../stores/session.ts'
import { endOfWork, whenOptions } from '../queues/whenOptions.ts'
import type { TaskHolderValue } from './taskDraft.ts'

export interface HolderFieldProps {
  readonly label: string
  readonly value: TaskHolderValue | null
  readonly onChange: (value: TaskHolderValue) => void
  readonly error?: string | null
  readonly inputRef?: Ref<HTMLInputElement>
}

/** Who does it: oneself, a colleague, or a role. */
export function HolderField({ label, value, onChange, error, inputRef }: HolderFieldProps) {
  const me = usePerson()
  const people = useQuery('people.list', {}).data?.people ?? []
  const others = people.filter((person) => person.presence !== 'left' && person.userId !== me.userId)
  const options: readonly Option<TaskHolderValue>[] = [
    { value: `person:${me.userId}`, label: me.name, detail: 'you' },
    ...others.map((person): Option<TaskHolderValue> => ({
      value: `person:${person.userId}`,
      label: person.name,
      detail: person.presence === 'away' ? 'away; it passes on until then' : person.roles.map((role) => ROLE_NAMES[role]).join(', '),
    })),
    ...ROLES.map((role): Option<TaskHolderValue> => ({ value: `role:${role}`, label: ROLE_NAMES[role], detail: 'whoever takes it first' })),
  ]
  return <Choice label={label} options={options} value={value} onChange={onChange} error={error} required {...(inputRef ? { inputRef } : {})} />
}

/** A holder as commands take it. */
export function holderInput(value: TaskHolderValue): { readonly assigneeId: string | null; readonly role: (typeof ROLES)[number] | null } {
  const [kind, id = ''] = value.split(':', 2)
  return kind === 'person' ? { assigneeId: id, role: null } : { assigneeId: null, role: ROLES.find((role) => role === id) ?? null }
}

const optionsFor = (type: TaskType, now: Instant, zone: string) => {
  const latest = now + (type === 'complaint' ? COMPLAINT_LIMIT : TASK_LIMIT)
  const within = type === 'complaint' ? [{ value: 'within-24', label: 'Within 24 hours', detail: 'at the latest', at: now + COMPLAINT_LIMIT - MINUTE }] : type === 'etaCall' ? [{ value: 'within-1', label: 'Within the hour', detail: '', at: now + HOUR }] : []
  return [...within, ...whenOptions(now, latest, zone)]
}

/** What is meant where nobody says by when: a complaint within the day, a call with the ETA within the hour, else by tomorrow evening. */
export function usualDue(type: TaskType, now: Instant, zone: string): Instant {
  const options = optionsFor(type, now, zone)
  return (type === 'complaint' || type === 'etaCall' ? options[0] : options.find(({ label }) => label === 'Tomorrow, end of the day'))?.at ?? now + HOUR
}

export interface DueFieldProps {
  readonly label: string
  readonly type: TaskType
  /** What is typed, or null for what is usual. */
  readonly value: Instant | null
  readonly onChange: (at: Instant | null) => void
  /** When it is due as it stands, offered as it is. */
  readonly current?: Instant
  readonly error?: string | null
  readonly inputRef?: Ref<HTMLInputElement>
}

/** By when: a time people name, or the end of any day. */
export function DueField({ label, type, value, onChange, current, error, inputRef }: DueFieldProps) {
  // The minute in which the field came up: a list that grew older by the second would forget what was chosen.
  const minute = Math.floor(useNow() / MINUTE) * MINUTE
  const zone = useZone()
  const asItIs = current === undefined ? [] : [{ value: 'current', label: `${formatDue(current, minute, zone)}, as it is`, detail: '', at: current }]
  const options = [...asItIs, ...optionsFor(type, minute, zone)]
  const at = value ?? current ?? usualDue(type, minute, zone)
  const named = options.find((option) => option.at === at) ?? options.find((option) => option.value !== 'current' && Math.abs(option.at - at) < 15 * MINUTE)
  const day = wallTimeOf(at, zone).day
  return (
    <>
      <Choice
        label={label}
        options={options}
        value={named?.value ?? null}
        placeholder="At the end of the day at the right"
        onChange={(chosen) => onChange(options.find((option) => option.value === chosen)?.at ?? null)}
        error={error}
        required
        {...(inputRef ? { inputRef } : {})}
      />
      <DayInput
        label="or by the end of a day"
        value={named ? '' : day}
        onChange={(chosen) => onChange(chosen === '' ? null : endOfWork(chosen, zone))}
        min={wallTimeOf(minute, zone).day}
        max={wallTimeOf(minute + (type === 'complaint' ? COMPLAINT_LIMIT : TASK_LIMIT), zone).day}
      />
    </>
  )
}

type RemindValue = 'none' | 'soon' | 'hour' | 'day'

const BEFORE: Readonly<Record<Exclude<RemindValue, 'none'>, number>> = { soon: 15 * MINUTE, hour: HOUR, day: 24 * HOUR }

/** When to be reminded, before it is due. */
export function RemindField({ dueAt, value, onChange }: { readonly dueAt: Instant; readonly value: Instant | null; readonly onChange: (at: Instant | null) => void }) {
  const now = useNow()
  const possible = (Object.keys(BEFORE) as readonly (keyof typeof BEFORE)[]).filter((key) => dueAt - BEFORE[key] > now)
  const words: Readonly<Record<RemindValue, string>> = { none: 'Not before it is due', soon: '15 minutes before', hour: 'An hour before', day: 'A day before' }
  const current = value === null ? 'none' : (possible.find((key) => Math.abs(dueAt - BEFORE[key] - value) < MINUTE) ?? null)
  return (
    <Choice<RemindValue>
      label="Remind"
      options={(['none', ...possible] as const).map((key) => ({ value: key, label: words[key] }))}
      value={current}
      placeholder="At a time of its own"
      onChange={(key) => onChange(key === 'none' ? null : dueAt - BEFORE[key])}
    />
  )
}
