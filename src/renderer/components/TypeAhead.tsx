import OutlinedInput from '@mui/material/OutlinedInput'
import Popper from '@mui/material/Popper'
import { type KeyboardEvent, type ReactNode, type Ref, useEffect, useId, useRef, useState } from 'react'
import classes from './Choice.module.css'
import { Field, type FieldProps } from './Field.tsx'

export interface Suggestion {
  readonly key: string
  readonly label: string
  /** Small and grey behind the label. */
  readonly detail?: string
  /** In words what stands against it: "Do not service". */
  readonly warning?: string
}

export interface TypeAheadProps<Item extends Suggestion> extends FieldProps {
  /** What is typed; the owner keeps it and asks for suggestions. */
  readonly text: string
  readonly onText: (text: string) => void
  readonly suggestions: readonly Item[]
  /** The suggestions are not yet those for what is typed: Enter waits for them, because the best of a shorter text may be somebody else. */
  readonly pending?: boolean
  readonly onPick: (item: Item) => void
  /** Enter where nothing is being looked for: the field is empty, or `settled`. */
  readonly onGoOn?: () => void
  /** The text names a record that was chosen. */
  readonly settled?: boolean
  readonly placeholder?: string
  readonly start?: ReactNode
  readonly end?: ReactNode
  readonly inputRef?: Ref<HTMLInputElement>
  /** Said under the list when nothing fits. */
  readonly none?: string
  readonly onLeave?: () => void
}

// Fixed, so that no scrolling panel cuts the list off.
const FIXED = { strategy: 'fixed' } as const

/** A field that finds records as one types in it. The best is marked; Enter takes it, arrows move, Escape takes nothing. */
export function TypeAhead<Item extends Suggestion>(props: TypeAheadProps<Item>) {
  const { text, onText, suggestions, onPick, onGoOn, settled = false, pending = false, placeholder, start, end, inputRef, none, onLeave } = props
  const [open, setOpen] = useState(false)
  const [marked, setMarked] = useState(0)
  /** The mark was moved by hand: what it stands on was seen and is meant. */
  const [moved, setMoved] = useState(false)
  const [waiting, setWaiting] = useState(false)
  const anchor = useRef<HTMLDivElement>(null)
  const listId = useId()
  const optionId = (index: number): string => `${listId}-${index}`
  const shown = open && (suggestions.length > 0 || (none !== undefined && text.trim() !== ''))
  const index = Math.min(marked, suggestions.length - 1)

  const take = (item: Item | undefined): void => {
    setWaiting(false)
    if (!item) return
    setOpen(false)
    setMoved(false)
    setMarked(0)
    onPick(item)
  }
  const ready = waiting && !pending
  useEffect(() => {
    if (ready) take(suggestions[index])
    // Enter was pressed once: what it waited for is taken once.
    // eslint-disable-next-line react/exhaustive-deps
  }, [ready])

  const mark = (next: number): void => {
    setMarked(next)
    setMoved(true)
    document.getElementById(optionId(next))?.scrollIntoView({ block: 'nearest' })
  }

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const last = suggestions.length - 1
    switch (event.key) {
      case 'ArrowDown':
        if (!open) setOpen(true)
        else mark(index >= last ? 0 : index + 1)
        break
      case 'ArrowUp':
        mark(index <= 0 ? last : index - 1)
        break
      case 'Enter':
        if (onGoOn && (settled || text.trim() === '')) onGoOn()
        else if (open && pending && !moved) setWaiting(true)
        else if (open) take(suggestions[index])
        else setOpen(true)
        break
      case 'Escape':
        if (!open) return
        setWaiting(false)
        setOpen(false)
        break
      default:
        return
    }
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <Field {...props}>
      {({ id, ...described }) => (
        <>
          <OutlinedInput
            id={id}
            ref={anchor}
            fullWidth
            autoComplete="off"
            placeholder={placeholder ?? ''}
            value={text}
            error={described['aria-invalid']}
            startAdornment={start}
            endAdornment={end}
            onChange={(event) => {
              onText(event.target.value)
              setWaiting(false)
              setMoved(false)
              setMarked(0)
              setOpen(true)
            }}
            onFocus={(event) => {
              event.target.select()
              setOpen(text.trim() === '')
            }}
            onBlur={() => {
              setOpen(false)
              setWaiting(false)
              onLeave?.()
            }}
            onKeyDown={onKeyDown}
            slotProps={{
              input: {
                ...described,
                role: 'combobox',
                spellCheck: false,
                'aria-expanded': shown,
                'aria-controls': listId,
                'aria-autocomplete': 'list',
                ...(shown && suggestions.length > 0 ? { 'aria-activedescendant': optionId(index) } : {}),
                ...(inputRef ? { ref: inputRef } : {}),
              },
            }}
          />
          <Popper role="presentation" open={shown} anchorEl={anchor.current} placement="bottom-start" popperOptions={FIXED}
            // In the landmark or dialog of its field, where a screen reader looks for it.
            container={anchor.current?.closest('[role=dialog], main') ?? document.body} className={classes['popper'] ?? ''} style={{ minWidth: anchor.current?.offsetWidth, maxWidth: Math.max(560, anchor.current?.offsetWidth ?? 0) }}>
            <ul id={listId} role="listbox" aria-label={props.label} className={classes['list']} onMouseDown={(event) => event.preventDefault()}>
              {suggestions.map((item, position) => (
                <li
                  key={item.key}
                  id={optionId(position)}
                  role="option"
                  aria-selected={position === index}
                  className={`${classes['option']} ${position === index ? classes['marked'] : ''}`}
                  onClick={() => take(item)}
                >
                  <span className="el">{item.label}</span>
                  {item.detail ? <span className="t2 dense el">{item.detail}</span> : null}
                  <span className="sp" />
                  {item.warning ? <span className="alert-t dense m">{item.warning}</span> : null}
                </li>
              ))}
            </ul>
            {suggestions.length === 0 && none !== undefined ? <p className={classes['none']}>{none}</p> : null}
          </Popper>
        </>
      )}
    </Field>
  )
}
