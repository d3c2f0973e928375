import { useState } from 'react'
import { formatPhone } from '../../shared/base/phone.ts'
import type { FieldProps } from './Field.tsx'
import { TextInput } from './TextInput.tsx'
import { isReadablePhone, phoneAsTyped, UNREADABLE_PHONE } from './phoneText.ts'

export interface PhoneInputProps extends FieldProps {
  /** E.164, '' while empty, and as it was typed where it can’t be read: a number is never dropped. */
  readonly value: string
  readonly onChange: (value: string) => void
  readonly autoFocus?: boolean
}

/** A telephone number in any spelling; it is shown as (555) 014-2210 and handed on as E.164. */
export function PhoneInput({ value, onChange, error, ...rest }: PhoneInputProps) {
  const [typed, setTyped] = useState<string | null>(null)
  const readable = isReadablePhone(typed ?? value)
  return (
    <TextInput
      {...rest}
      value={typed ?? formatPhone(value)}
      inputMode="tel"
      // While the number is still being typed it is not wrong yet.
      error={readable || typed !== null ? error : UNREADABLE_PHONE}
      onChange={(next) => {
        setTyped(next)
        onChange(phoneAsTyped(next))
      }}
      onBlur={() => setTyped(null)}
    />
  )
}
