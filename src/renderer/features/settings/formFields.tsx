import Checkbox from '@mui/material/Checkbox'
import FormControlLabel from '@mui/material/FormControlLabel'
import { useState } from 'react'
import type { Cents } from '../../../shared/base/money.ts'
import { formatMinute } from '../../../shared/base/zone.ts'
import { Choice, type Option } from '../../components/Choice.tsx'
import { DayInput } from '../../components/DayInput.tsx'
import type { FieldProps } from '../../components/Field.tsx'
import { MoneyInput } from '../../components/MoneyInput.tsx'
import { TextInput } from '../../components/TextInput.tsx'
import type { RecordForm } from './useRecordForm.ts'

/** Named records as the options of a choice. */
export const optionsOf = (rows: readonly { readonly id: string; readonly name: string }[]): readonly Option<string>[] => rows.map(({ id, name }) => ({ value: id, label: name }))

/** The fields of a draft that hold a certain kind of value. */
type FieldsOf<Draft, Value> = { [K in keyof Draft]-?: Draft[K] extends Value ? K : never }[keyof Draft] & string

interface BoundProps<Draft, Value> extends Omit<FieldProps, 'error'> {
  readonly form: RecordForm<Draft>
  readonly field: FieldsOf<Draft, Value>
}

// A field named by FieldsOf holds its kind of value; the type checker can't see that through the generic, hence the assertions here and nowhere else.
const read = <Value, Draft>(form: RecordForm<Draft>, field: keyof Draft): Value => form.draft[field] as unknown as Value
const write = <Draft,>(form: RecordForm<Draft>, field: keyof Draft, value: unknown): void => form.set(field, value as Draft[keyof Draft])

export function FormText<Draft>({ form, field, rows, maxLength, ...rest }: BoundProps<Draft, string> & { readonly rows?: number; readonly maxLength?: number }) {
  return (
    <TextInput
      {...rest}
      value={read<string, Draft>(form, field)}
      error={form.errorOf(field)}
      onChange={(value) => write(form, field, value)}
      {...(rows ? { rows } : {})}
      {...(maxLength ? { maxLength } : {})}
    />
  )
}

/** A whole number. What can't be read stays as typed and is said; the draft keeps the last number. */
export function NumberInput({ value, onChange, error, unit, ...rest }: FieldProps & { readonly value: number; readonly onChange: (value: number) => void; readonly unit?: string }) {
  const [typed, setTyped] = useState<string | null>(null)
  const readable = typed === null || /^\d{1,7}$/.test(typed.trim())
  return (
    <TextInput
      {...rest}
      value={typed ?? String(value)}
      inputMode="numeric"
      align="right"
      error={readable ? error : 'Write a whole number.'}
      end={unit ? <span className="t3 dense nw">{unit}</span> : undefined}
      onChange={(next) => {
        setTyped(next)
        if (/^\d{1,7}$/.test(next.trim())) onChange(Number(next))
      }}
      onBlur={() => (readable ? setTyped(null) : undefined)}
    />
  )
}

export function FormNumber<Draft>({ form, field, unit, ...rest }: BoundProps<Draft, number> & { readonly unit?: string }) {
  return <NumberInput {...rest} value={read<number, Draft>(form, field)} error={form.errorOf(field)} onChange={(value) => write(form, field, value)} {...(unit ? { unit } : {})} />
}

export function FormMoney<Draft>({ form, field, ...rest }: BoundProps<Draft, Cents>) {
  return <MoneyInput {...rest} value={read<Cents, Draft>(form, field)} error={form.errorOf(field)} onChange={(value) => (value === null ? undefined : write(form, field, value))} />
}

export function FormChoice<Draft, Value extends string>({ form, field, options, clearable, ...rest }: BoundProps<Draft, string | null> & { readonly options: readonly Option<Value>[]; readonly clearable?: boolean; readonly placeholder?: string }) {
  return (
    <Choice
      {...rest}
      options={options}
      value={read<Value | null, Draft>(form, field)}
      error={form.errorOf(field)}
      onChange={(value) => write(form, field, value)}
      {...(clearable ? { onClear: () => write(form, field, null) } : {})}
    />
  )
}

const MINUTES: readonly Option<string>[] = Array.from({ length: 96 }, (_, quarter) => ({ value: String(quarter * 15), label: formatMinute(quarter * 15) }))

/** A time of day, by quarter hours. */
export function MinuteChoice({ value, onChange, ...rest }: FieldProps & { readonly value: number; readonly onChange: (value: number) => void }) {
  const odd = MINUTES.some((option) => option.value === String(value)) ? MINUTES : [{ value: String(value), label: formatMinute(value) }, ...MINUTES]
  return <Choice {...rest} options={odd} value={String(value)} onChange={(chosen) => onChange(Number(chosen))} />
}

export function FormMinute<Draft>({ form, field, ...rest }: BoundProps<Draft, number>) {
  return <MinuteChoice {...rest} value={read<number, Draft>(form, field)} error={form.errorOf(field)} onChange={(value) => write(form, field, value)} />
}

export function FormDay<Draft>({ form, field, ...rest }: BoundProps<Draft, string | null>) {
  return <DayInput {...rest} value={read<string | null, Draft>(form, field) ?? ''} error={form.errorOf(field)} onChange={(value) => write(form, field, value === '' ? null : value)} />
}

/** Words in one line between commas: skills, reasons. What is typed stays as typed until the field is left. */
export function FormWords<Draft>({ form, field, ...rest }: BoundProps<Draft, readonly string[]>) {
  const words = read<readonly string[], Draft>(form, field)
  const [typed, setTyped] = useState<string | null>(null)
  return (
    <TextInput
      {...rest}
      value={typed ?? words.join(', ')}
      error={form.errorOf(field)}
      onChange={(text) => {
        setTyped(text)
        write(form, field, text.split(',').map((word) => word.trim()).filter((word) => word !== ''))
      }}
      onBlur={() => setTyped(null)}
    />
  )
}

export function Switch({ label, checked, onChange }: { readonly label: string; readonly checked: boolean; readonly onChange: (checked: boolean) => void }) {
  return <FormControlLabel label={label} slotProps={{ typography: { variant: 'body2' } }} control={<Checkbox size="small" checked={checked} onChange={(event) => onChange(event.target.checked)} />} />
}

export function FormSwitch<Draft>({ form, field, label }: { readonly form: RecordForm<Draft>; readonly field: FieldsOf<Draft, boolean>; readonly label: string }) {
  return <Switch label={label} checked={read<boolean, Draft>(form, field)} onChange={(checked) => write(form, field, checked)} />
}
