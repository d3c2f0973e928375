import { type ReactNode, type RefObject, useLayoutEffect, useRef } from 'react'
import classes from './OptionList.module.css'

export interface ListedOption {
  readonly key: string
  readonly label: string
  /** Small and grey behind the label. */
  readonly detail?: ReactNode
  /** At the right end. */
  readonly end?: ReactNode
  /** Chosen already. */
  readonly selected: boolean
  readonly muted?: boolean
}

export interface OptionListProps {
  readonly id: string
  readonly label: string
  /** The field it hangs below, or above where there is no room. */
  readonly anchor: RefObject<HTMLElement | null>
  /** `same`: as wide as its field. `atLeast`: wider where that leaves more of a name to read. */
  readonly width: 'same' | 'atLeast'
  readonly options: readonly ListedOption[]
  /** Where the arrow keys stand. */
  readonly marked: number
  readonly onTake: (index: number) => void
  /** Below the options. */
  readonly children?: ReactNode
}

export const optionId = (listId: string, index: number): string => `${listId}-${index}`

/** What CSS takes for a name of its own. */
const anchorName = (id: string): string => `--list-${id.replace(/\W/g, '')}`

/**
 * The list below a field, in the browser's top layer: no panel cuts it off, it stays in the landmark or dialog of its field,
 * and the browser itself places it, so that a letter typed above it measures nothing.
 */
export function OptionList({ id, label, anchor, width, options, marked, onTake, children }: OptionListProps) {
  const list = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const field = anchor.current
    field?.style.setProperty('anchor-name', anchorName(id))
    list.current?.showPopover()
    return () => void field?.style.removeProperty('anchor-name')
  }, [anchor, id])
  return (
    <div ref={list} popover="manual" role="presentation" className={`${classes['popover']} ${width === 'same' ? classes['same'] : classes['atLeast']}`} style={{ positionAnchor: anchorName(id) }} onMouseDown={(event) => event.preventDefault()}>
      <ul id={id} role="listbox" aria-label={label} className={classes['list']}>
        {options.map(({ key, label: name, detail, end, selected, muted }, index) => (
          <li key={key} id={optionId(id, index)} role="option" aria-selected={selected} className={`${classes['option']} ${index === marked ? classes['marked'] : ''} ${muted ? 't3' : ''}`} onClick={() => onTake(index)}>
            <span className="el">{name}</span>
            {detail}
            <span className="sp" />
            {end}
          </li>
        ))}
      </ul>
      {children}
    </div>
  )
}
