import OutlinedInput from '@mui/material/OutlinedInput'
import { type IsoDay, isPlausibleDay } from '../../shared/base/time.ts'
import { Field, type FieldProps } from './Field.tsx'

export interface DayInputProps extends FieldProps {
  /** ISO day, '' while empty. */
  readonly value: IsoDay | ''
  readonly onChange: (value: IsoDay | '') => void
  readonly min?: IsoDay
  readonly max?: IsoDay
}

/** A calendar day, typed or picked; a day outside 2000 to 2199 is a typing mistake and says so. */
export function DayInput({ value, onChange, min, max, error, ...rest }: DayInputProps) {
  const implausible = value !== '' && !isPlausibleDay(value)
  const wrong = implausible ? 'Choose a day between the years 2000 and 2199.' : error
  return (
    <Field {...rest} error={wrong}>
      {({ id, ...described }) => (
        <OutlinedInput
          id={id}
          type="date"
          value={value}
          error={described['aria-invalid']}
          onChange={(event) => onChange(event.target.value)}
          slotProps={{ input: { ...described, ...(min ? { min } : {}), ...(max ? { max } : {}) } }}
        />
      )}
    </Field>
  )
}
