import { type ReactNode, useId } from 'react'
import classes from './Field.module.css'

/** What a field hands to its control, so that label, error and hint belong to it for a screen reader too. */
export interface ControlProps {
  readonly id: string
  readonly 'aria-describedby': string
  readonly 'aria-invalid': boolean
  readonly 'aria-required': boolean
}

export interface FieldProps {
  readonly label: string
  /** A sentence under the field; it replaces the hint and moves nothing, the line is reserved. */
  readonly error?: string | null | undefined
  readonly hint?: ReactNode
  readonly required?: boolean
  /** Leaves out the reserved line, where the form reserves room itself (the call script). An error then overlays below. */
  readonly tight?: boolean
  /** Grows in a flex row, as in `flex: 2`. */
  readonly grow?: number
}

/** A label above, a control, and a line kept free for what is wrong with it. */
export function Field({ label, error, hint, required, tight, grow, children }: FieldProps & { readonly children: (control: ControlProps) => ReactNode }) {
  const id = useId()
  const noteId = `${id}note`
  return (
    <div className={classes['field']} style={grow === undefined ? undefined : { flex: grow }}>
      <label className={classes['label']} htmlFor={id}>
        {label}
      </label>
      {children({ id, 'aria-describedby': noteId, 'aria-invalid': Boolean(error), 'aria-required': required ?? false })}
      <div id={noteId} className={[classes['note'], tight ? classes['tight'] : '', error ? classes['error'] : ''].join(' ')} aria-live="polite">
        {error ? error : hint}
      </div>
    </div>
  )
}

/** Fields side by side. */
export function FieldRow({ children }: { readonly children: ReactNode }) {
  return <div className={classes['fields']}>{children}</div>
}
