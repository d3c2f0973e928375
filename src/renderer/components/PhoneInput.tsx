import { useState } from 'react'
import { formatPhone, normalizePhone } from '../../shared/base/phone.ts'
import type { FieldProps } from './Field.tsx'
import { TextInput } from './TextInput.tsx'

export interface PhoneInputProps extends FieldProps {
  /** E.164, or '' while empty or unreadable. */
  readonly value: string
  readonly onChange: (value: string) => void
  readonly autoFocus?: boolean
}

/** A telephone number in any spelling; it is shown as (555) 014-2210 and handed on as E.164. */
export function PhoneInput({ value, onChange, error, ...rest }: PhoneInputProps) {
  const [typed, setTyped] = useState<string | null>(null)
  const unreadable = typed !== null && typed.trim() !== '' && normalizePhone(typed) === undefined
  const [left, setLeft] = useState(false)
  return (
    <TextInput
      {...rest}
      value={typed ?? formatPhone(value)}
      inputMode="tel"
      // While the number is still being typed it is not wrong yet.
      error={unreadable && left ? 'Write the number with its area code, like 555 014 2210.' : error}
      onChange={(next) => {
        setLeft(false)
        setTyped(next)
        onChange(normalizePhone(next) ?? '')
      }}
      onBlur={() => {
        setLeft(true)
        if (!unreadable) setTyped(null)
      }}
    />
  )
}
