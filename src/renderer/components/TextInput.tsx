import OutlinedInput from '@mui/material/OutlinedInput'
import type { KeyboardEvent, ReactNode, Ref } from 'react'
import { Field, type FieldProps } from './Field.tsx'

export interface TextInputProps extends FieldProps {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly onBlur?: () => void
  readonly onKeyDown?: (event: KeyboardEvent<HTMLInputElement | HTMLTextAreaElement>) => void
  /** Never in place of the label: an example of what to type. */
  readonly placeholder?: string
  /** Lines of height; more than one makes a text area. */
  readonly rows?: number
  readonly type?: 'text' | 'password' | 'email' | 'search'
  readonly inputMode?: 'text' | 'numeric' | 'decimal' | 'tel' | 'email'
  readonly autoFocus?: boolean
  readonly autoComplete?: string
  readonly maxLength?: number
  readonly align?: 'right'
  readonly start?: ReactNode
  readonly end?: ReactNode
  readonly inputRef?: Ref<HTMLInputElement>
  /** Underlines what is misspelled; text areas do by themselves. Not for names and numbers. */
  readonly spellCheck?: boolean
  /** The language of what is typed (BCP 47), where it is not the office's: spelling and screen readers follow it. */
  readonly lang?: string | undefined
}

/** One line of text, or several with `rows`. */
export function TextInput(props: TextInputProps) {
  const { value, onChange, onBlur, onKeyDown, placeholder, rows = 1, type = 'text', inputMode, autoFocus, autoComplete = 'off', maxLength, align, start, end, inputRef, spellCheck = rows > 1, lang } = props
  return (
    <Field {...props}>
      {({ id, ...described }) => (
        <OutlinedInput
          id={id}
          value={value}
          type={type}
          placeholder={placeholder ?? ''}
          multiline={rows > 1}
          rows={rows}
          error={described['aria-invalid']}
          autoFocus={autoFocus ?? false}
          autoComplete={autoComplete}
          fullWidth
          startAdornment={start}
          endAdornment={end}
          onChange={(event) => onChange(event.target.value)}
          {...(onBlur ? { onBlur } : {})}
          {...(onKeyDown ? { onKeyDown } : {})}
          slotProps={{
            input: {
              ...described,
              spellCheck,
              ...(lang ? { lang } : {}),
              ...(inputRef ? { ref: inputRef } : {}),
              ...(inputMode ? { inputMode } : {}),
              ...(maxLength ? { maxLength } : {}),
              ...(align ? { style: { textAlign: align } } : {}),
            },
          }}
        />
      )}
    </Field>
  )
}
