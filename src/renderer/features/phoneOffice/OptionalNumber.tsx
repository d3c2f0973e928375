import { useState } from 'react'
import type { FieldProps } from '../../components/Field.tsx'
import { TextInput } from '../../components/TextInput.tsx'

/** A whole number, or nothing for what is usual. What can't be read stays as typed and is said. */
export function OptionalNumber({ value, onChange, error, unit, usual, ...rest }: FieldProps & { readonly value: number | null; readonly onChange: (value: number | null) => void; readonly unit: string; readonly usual: string }) {
  const [typed, setTyped] = useState<string | null>(null)
  const readable = typed === null || /^\s*\d{0,5}\s*$/.test(typed)
  return (
    <TextInput
      {...rest}
      value={typed ?? (value === null ? '' : String(value))}
      placeholder={usual}
      inputMode="numeric"
      align="right"
      error={readable ? error : 'Write a whole number, or leave it empty.'}
      end={<span className="t3 dense nw">{unit}</span>}
      onChange={(next) => {
        setTyped(next)
        if (/^\s*\d{0,5}\s*$/.test(next)) onChange(next.trim() === '' ? null : Number(next))
      }}
      onBlur={() => (readable ? setTyped(null) : undefined)}
    />
  )
}
