import ToggleButton from '@mui/material/ToggleButton'
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup'
import type { ReactNode } from 'react'

export interface Segment<Value extends string> {
  readonly value: Value
  readonly label: ReactNode
  /** Records behind it, shown bold after the words. */
  readonly count?: number
}

/** A switch between views of the same thing: 28 px, ink where on. */
export function SegmentedControl<Value extends string>(props: {
  readonly label: string
  readonly value: Value
  readonly segments: readonly Segment<Value>[]
  readonly onChange: (value: Value) => void
}) {
  return (
    <ToggleButtonGroup
      exclusive
      size="small"
      value={props.value}
      aria-label={props.label}
      onChange={(_event, next: Value | null) => {
        if (next !== null) props.onChange(next)
      }}
    >
      {props.segments.map(({ value, label, count }) => (
        <ToggleButton key={value} value={value} sx={{ gap: '6px' }}>
          {label}
          {count === undefined ? null : <b className="b">{count}</b>}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  )
}
