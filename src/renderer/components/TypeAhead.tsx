import OutlinedInput from '@mui/material/OutlinedInput'
import { type KeyboardEvent, type ReactNode, type Ref, useEffect, useId, useRef, useState } from 'react'
import { Field, type FieldProps } from './Field.tsx'
import { OptionList, optionId } from './OptionList.tsx'
import classes from './OptionList.module.css'

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
    document.getElementById(optionId(listId, next))?.scrollIntoView({ block: 'nearest' })
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
                ...(shown && suggestions.length > 0 ? { 'aria-activedescendant': optionId(listId, index) } : {}),
                ...(inputRef ? { ref: inputRef } : {}),
              },
            }}
          />
          {shown ? (
            <OptionList
              id={listId}
              label={props.label}
              anchor={anchor}
              width="atLeast"
              options={suggestions.map((item, position) => ({
                key: item.key,
                label: item.label,
                detail: item.detail ? <span className="t2 dense el">{item.detail}</span> : null,
                end: item.warning ? <span className="alert-t dense m">{item.warning}</span> : null,
                selected: position === index,
              }))}
              marked={index}
              onTake={(position) => take(suggestions[position])}
            >
              {suggestions.length === 0 && none !== undefined ? <p className={classes['none']}>{none}</p> : null}
            </OptionList>
          ) : null}
        </>
      )}
    </Field>
  )
}
