import { type FormEvent, type ReactNode, useRef, useState } from 'react'
import type { CustomerPage } from '../../../shared/contract/methods/customers.ts'
import { asContractError } from '../../api/errors.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { toast } from '../../stores/toast.ts'
import classes from './customers.module.css'

/** What is being edited in the right column. `id: null` adds one. */
export type Editing =
  | { readonly kind: 'customer' }
  | { readonly kind: 'note' }
  | { readonly kind: 'reach' }
  | { readonly kind: 'flags' }
  | { readonly kind: 'wishes' }
  | { readonly kind: 'location'; readonly id: string | null }
  | { readonly kind: 'contact'; readonly id: string | null }

/** What was typed and not saved, by customer and form: closing a form or another call does not lose it. */
const unsaved = new Map<string, unknown>()

/** State of a form that outlives its panel until it is saved. */
export function useKeptForm<Form>(key: string, start: Form): { readonly form: Form; readonly set: (part: Partial<Form>) => void; readonly forget: () => void; readonly kept: boolean } {
  const [form, setForm] = useState<Form>(() => (unsaved.get(key) as Form | undefined) ?? start)
  return {
    form,
    kept: unsaved.has(key),
    set: (part) =>
      setForm((current) => {
        const next = { ...current, ...part }
        unsaved.set(key, next)
        return next
      }),
    forget: () => unsaved.delete(key),
  }
}

export interface FormErrors {
  /** By the command's own field path. */
  readonly field: string | null
  readonly message: string | null
}

/** Takes the focus out of a panel; answers where it was. */
function leaveFocus(panel: HTMLElement | null): HTMLElement | null {
  const focused = document.activeElement
  if (!(focused instanceof HTMLElement) || panel?.contains(focused) !== true) return null
  focused.blur()
  return focused
}

/** The frame of a form in the right column: title, fields, Save and Close; a refusal stands at its field or above the buttons. */
export function PanelForm(props: {
  readonly title: string
  readonly action: string
  readonly onClose: () => void
  /** Saves; throws what the backend refuses. */
  readonly onSave: () => Promise<void>
  readonly onRefused: (errors: FormErrors) => void
  /** Already shown at a field. */
  readonly shownAtField: boolean
  readonly message: string | null
  readonly extra?: ReactNode
  readonly children: ReactNode
}) {
  const { title, action, onClose, onSave, onRefused, shownAtField, message, extra, children } = props
  const [busy, setBusy] = useState(false)
  const ref = useRef<HTMLElement>(null)
  const save = async (): Promise<void> => {
    if (busy) return
    setBusy(true)
    onRefused({ field: null, message: null })
    // The form is done with: the next key is the page's, not a letter more in a field that is about to go.
    const field = leaveFocus(ref.current)
    try {
      await onSave()
      onClose()
    } catch (thrown) {
      const error = asContractError(thrown)
      onRefused({ field: error.field ?? null, message: error.message })
      // Whoever went elsewhere meanwhile reads it there; what was typed waits in the form.
      if (!ref.current) toast(error.message)
      requestAnimationFrame(() => {
        const panel = ref.current
        const stayed = document.activeElement === document.body || panel?.contains(document.activeElement)
        const gap = panel?.querySelector<HTMLElement>('[aria-invalid=true]') ?? field
        if (stayed) gap?.focus()
      })
    } finally {
      setBusy(false)
    }
  }
  useHotkeys(title, [
    { keys: 'Ctrl+Enter', label: action, run: () => void save() },
    { keys: 'Escape', label: 'Close; what you typed is kept', run: onClose },
  ])
  return (
    <aside ref={ref} className={classes['panel']} aria-label={title}>
      <div className={classes['standingHead']}>
        <h2 className="b">{title}</h2>
      </div>
      <form
        className={classes['panelBody']}
        noValidate
        onSubmit={(event: FormEvent) => {
          event.preventDefault()
          void save()
        }}
      >
        {children}
        {/* Enter in a field submits only where a form has a submit button. */}
        <button type="submit" hidden aria-hidden="true" tabIndex={-1} />
      </form>
      <footer className={classes['panelFoot']}>
        {message !== null && !shownAtField ? (
          <p className="alert-t m" role="alert">
            {message}
          </p>
        ) : null}
        <ActionButton kind="primary" label={action} keys="Ctrl+Enter" busy={busy} onClick={() => void save()} />
        <ActionButton label="Close" keys="Escape" onClick={onClose} />
        {extra}
      </footer>
    </aside>
  )
}

export interface EditProps {
  readonly customer: CustomerPage
  readonly onClose: () => void
}
