import { type FormEvent, type ReactNode, useEffect, useRef } from 'react'
import { ActionButton } from '../../components/ActionButton.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import classes from './settings.module.css'
import type { RecordForm } from './useRecordForm.ts'

/** A form over one record with its save button; the same at the side of a list and as a page of its own. */
export function RecordPanel<Draft>(props: {
  readonly title: string
  readonly form: RecordForm<Draft>
  readonly action: string
  readonly children: ReactNode
  /** More buttons beside Save. */
  readonly more?: ReactNode
  readonly page?: boolean
}) {
  const { title, form, action, children, more, page = false } = props
  const element = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (form.refusals > 0) element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [form.refusals])
  useHotkeys(title, [
    { keys: 'Ctrl+Enter', label: action, run: form.save },
    { keys: 'Enter', label: 'Go to the form', run: () => element.current?.querySelector<HTMLElement>('input, textarea')?.focus(), hidden: true },
  ])
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    form.save()
  }
  return (
    <form ref={element} className={page ? classes['page'] : classes['panel']} aria-label={title} onSubmit={submit} noValidate>
      <header className={classes['panelHead']}>
        <h2 className="h2 el">{title}</h2>
        {form.changed ? <span className={classes['unsaved']}>not saved</span> : null}
      </header>
      <div className={classes['panelBody']}>{children}</div>
      <footer className={classes['panelFoot']}>
        <ErrorNotice error={form.error} />
        <div className={classes['buttons']}>
          <ActionButton type="submit" kind="primary" label={action} keys="Ctrl+Enter" busy={form.busy} onClick={() => undefined} />
          {form.changed ? <ActionButton label="Discard what I typed" onClick={form.discard} /> : null}
          <span className="sp" />
          {more}
        </div>
      </footer>
    </form>
  )
}
