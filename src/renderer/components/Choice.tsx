import OutlinedInput from '@mui/material/OutlinedInput'
import { type KeyboardEvent, type ReactNode, type Ref, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { matchingOptions } from './choiceMatch.ts'
import { Field, type FieldProps } from './Field.tsx'
import { Icon } from './icons.tsx'
import { OptionList, optionId } from './OptionList.tsx'
import classes from './OptionList.module.css'

export interface Option<Value extends string> {
  readonly value: Value
  readonly label: string
  /** Small and grey behind the label. */
  readonly detail?: string
  /** Grey: it is there, and the detail says why it should not be taken now. */
  readonly muted?: boolean
}

export interface ChoiceProps<Value extends string> extends FieldProps {
  readonly options: readonly Option<Value>[]
  readonly value: Value | null
  readonly onChange: (value: Value) => void
  /** Offers to take the choice back. */
  readonly onClear?: () => void
  readonly placeholder?: string
  readonly autoFocus?: boolean
  readonly inputRef?: Ref<HTMLInputElement>
  readonly start?: ReactNode
  /** The list may be wider than its field, where that leaves more to read. */
  readonly wide?: boolean
  /** The options are not known yet: what is typed meanwhile, and left with Tab or Enter, is chosen by as soon as they are. */
  readonly loading?: boolean
  /** A last line under the options: "12 more, keep typing". */
  readonly footer?: ReactNode
}

/**
 * One of several. Typing narrows and marks the best match, which Tab or Enter takes; arrows move, Escape takes nothing.
 * A person who knows the first letters never needs the list.
 */
export function Choice<Value extends string>(props: ChoiceProps<Value>) {
  const { options, value, onChange, onClear, placeholder = 'Choose', autoFocus, inputRef, start, footer, wide = false, loading = false } = props
  const [typed, setTyped] = useState<string | null>(null)
  /** Typed and left before there were options. */
  const [awaited, setAwaited] = useState<{ readonly text: string } | null>(null)
  const answered = useRef(awaited)
  const [open, setOpen] = useState(false)
  const [marked, setMarked] = useState(0)
  const anchor = useRef<HTMLDivElement>(null)
  const listId = useId()
  const chosen = options.find((option) => option.value === value)
  const shown = useMemo(() => (typed === null ? options : matchingOptions(options, typed)), [options, typed])

  // Whoever has just taken one and types on means another one: what is typed replaces the words, as it does after Tab.
  useLayoutEffect(() => {
    const input = anchor.current?.querySelector('input')
    if (input && input === document.activeElement) input.select()
  }, [value])

  useEffect(() => {
    if (awaited === null || loading || answered.current === awaited) return
    answered.current = awaited
    const [best] = matchingOptions(options, awaited.text)
    if (best && best.value !== value) onChange(best.value)
  }, [awaited, loading, options, value, onChange])

  const show = (): void => {
    if (open) return
    setMarked(Math.max(0, typed === null ? options.findIndex((option) => option.value === value) : 0))
    setOpen(true)
  }
  const close = (): void => {
    setOpen(false)
    setTyped(null)
  }
  const take = (option: Option<Value> | undefined): void => {
    // A better match may still come: chosen by the whole of what is typed, once there is all of it.
    if (loading && typed !== null && typed.trim() !== '') {
      setAwaited({ text: typed })
      return close()
    }
    if (option && option.value !== value) onChange(option.value)
    close()
  }
  const mark = (index: number): void => {
    setMarked(index)
    document.getElementById(optionId(listId, index))?.scrollIntoView({ block: 'nearest' })
  }

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement | HTMLTextAreaElement>): void => {
    if (event.ctrlKey || event.metaKey) {
      // The screen’s main action takes what is marked along: the first letter and Ctrl+Enter are a whole answer.
      if (event.key === 'Enter' && open && typed !== null && typed.trim() !== '') flushSync(() => take(shown[marked]))
      return
    }
    const last = shown.length - 1
    switch (event.key) {
      case 'ArrowDown':
      case 'ArrowUp': {
        if (event.altKey) return
        if (!open) show()
        else if (event.key === 'ArrowDown') mark(marked >= last ? 0 : marked + 1)
        else mark(marked <= 0 ? last : marked - 1)
        break
      }
      case 'Enter':
        if (!open) show()
        else take(shown[marked])
        break
      case 'Tab':
        // Leaving takes what is marked; without typing or opening nothing changes.
        if (open) take(shown[marked])
        return
      case 'Escape':
        if (!open) return
        close()
        break
      case 'Backspace':
      case 'Delete':
        if (typed !== null || value === null || !onClear) return
        onClear()
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
            autoFocus={autoFocus ?? false}
            placeholder={placeholder}
            value={typed ?? (loading ? awaited?.text : undefined) ?? chosen?.label ?? ''}
            error={described['aria-invalid']}
            startAdornment={start}
            endAdornment={<Icon name="chevronDown" size={12} />}
            onClick={(event) => {
              const input = event.target
              if (!open) show()
              if (typed !== null || !(input instanceof HTMLInputElement)) return
              // A click puts the caret into the chosen words, after this handler; typing must replace them, as it does after Tab.
              // A busy machine draws the next frame when the first letter is there already: the second one must not replace it.
              const clicked = input.value
              requestAnimationFrame(() => {
                if (input.value === clicked) input.select()
              })
            }}
            onFocus={(event) => event.target.select()}
            onBlur={() => (open ? take(typed === null || typed.trim() === '' ? undefined : shown[marked]) : setTyped(null))}
            onChange={(event) => {
              setTyped(event.target.value)
              setAwaited(null)
              setMarked(0)
              setOpen(true)
            }}
            onKeyDown={onKeyDown}
            slotProps={{
              input: {
                ...described,
                role: 'combobox',
                spellCheck: false,
                'aria-expanded': open,
                'aria-controls': listId,
                'aria-autocomplete': 'list',
                ...(open && shown.length > 0 ? { 'aria-activedescendant': optionId(listId, marked) } : {}),
                ...(inputRef ? { ref: inputRef } : {}),
              },
            }}
          />
          {open ? (
            <OptionList
              id={listId}
              label={props.label}
              anchor={anchor}
              width={wide ? 'atLeast' : 'same'}
              options={shown.map((option) => ({
                key: option.value,
                label: option.label,
                detail: option.detail ? <span className="t3 dense el">{option.detail}</span> : null,
                end: option.value === value ? <Icon name="tick" size={12} /> : null,
                selected: option.value === value,
                muted: option.muted ?? false,
              }))}
              marked={marked}
              onTake={(index) => take(shown[index])}
            >
              {shown.length === 0 ? <p className={classes['none']}>{loading ? 'Being looked up…' : <>Nothing here matches “{typed}”.</>}</p> : null}
              {footer ? <div className={classes['none']}>{footer}</div> : null}
            </OptionList>
          ) : null}
        </>
      )}
    </Field>
  )
}
