import type { Ref } from 'react'
import type { Instant } from '../../../shared/base/time.ts'
import { wallTimeOf } from '../../../shared/base/zone.ts'
import { Choice } from '../../components/Choice.tsx'
import { DayInput } from '../../components/DayInput.tsx'
import { useNow } from '../../stores/clock.ts'
import { useZone } from '../../stores/session.ts'
import { endOfWork, whenOptions } from './whenOptions.ts'

export type When = { readonly kind: 'named'; readonly value: string; readonly at: Instant } | { readonly kind: 'day'; readonly day: string } | null

/** The moment a choice means; null while nothing is chosen. */
export function whenInstant(when: When, zone: string): Instant | null {
  if (when === null || (when.kind === 'day' && when.day === '')) return null
  return when.kind === 'named' ? when.at : endOfWork(when.day, zone)
}

export interface WhenFieldProps {
  readonly label: string
  readonly value: When
  readonly onChange: (value: When) => void
  /** The last moment the queue allows, epoch milliseconds. */
  readonly latest: Instant
  readonly error?: string | null
  readonly inputRef?: Ref<HTMLInputElement>
}

/** A time to come back at: one people name ("tomorrow morning"), or the end of any day. */
export function WhenField({ label, value, onChange, latest, error, inputRef }: WhenFieldProps) {
  const now = useNow()
  const zone = useZone()
  const options = whenOptions(now, latest, zone)
  return (
    <>
      <Choice
        label={label}
        options={options}
        value={value?.kind === 'named' ? value.value : null}
        onChange={(chosen) => {
          const option = options.find((candidate) => candidate.value === chosen)
          if (option) onChange({ kind: 'named', value: option.value, at: option.at })
        }}
        error={error}
        {...(inputRef ? { inputRef } : {})}
      />
      <DayInput
        label="or by the end of a day"
        value={value?.kind === 'day' ? value.day : ''}
        onChange={(day) => onChange(day === '' ? null : { kind: 'day', day })}
        min={wallTimeOf(now, zone).day}
        max={wallTimeOf(latest, zone).day}
      />
    </>
  )
}
