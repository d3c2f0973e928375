import { useState } from 'react'
import { type Cents, formatAmount, parseMoney } from '../../shared/base/money.ts'
import type { FieldProps } from './Field.tsx'
import { TextInput } from './TextInput.tsx'

export interface MoneyInputProps extends FieldProps {
  /** Cents; `null` while empty or unreadable. */
  readonly value: Cents | null
  readonly onChange: (value: Cents | null) => void
  readonly autoFocus?: boolean
}

/** An amount of money. What can't be read stays as typed, with a sentence, and counts as no amount. */
export function MoneyInput({ value, onChange, error, ...rest }: MoneyInputProps) {
  const [typed, setTyped] = useState<string | null>(null)
  const text = typed ?? (value === null ? '' : formatAmount(value))
  const unreadable = typed !== null && typed.trim() !== '' && parseMoney(typed) === undefined
  return (
    <TextInput
      {...rest}
      value={text}
      align="right"
      inputMode="decimal"
      error={unreadable ? 'Write an amount like 92.30.' : error}
      onChange={(next) => {
        setTyped(next)
        onChange(parseMoney(next) ?? null)
      }}
      onBlur={() => {
        if (!unreadable) setTyped(null)
      }}
    />
  )
}
