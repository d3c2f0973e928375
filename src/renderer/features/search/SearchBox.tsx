import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import type { SearchHit } from '../../../shared/contract/methods/search.ts'
import { useQuery } from '../../api/api.ts'
import { Icon, type IconName } from '../../components/icons.tsx'
import { Keycap } from '../../components/Keycap.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { navigate } from '../../stores/route.ts'
import { useSearchStore } from '../../stores/search.ts'
import { groupHits, hitTarget } from './hits.ts'
import classes from './SearchBox.module.css'

const GROUPS: readonly { readonly kind: SearchHit['kind']; readonly name: string; readonly icon: IconName }[] = [
  { kind: 'customer', name: 'Customers', icon: 'customers' },
  { kind: 'location', name: 'Locations', icon: 'building' },
  { kind: 'job', name: 'Jobs', icon: 'board' },
  { kind: 'invoice', name: 'Invoices', icon: 'money' },
  { kind: 'lead', name: 'Leads', icon: 'message' },
]

/** The search in the top bar: every keystroke asks, an answer to earlier keystrokes never replaces a newer one. */
export function SearchBox() {
  const [text, setText] = useState('')
  const [open, setOpen] = useState(false)
  const [marked, setMarked] = useState(0)
  /** Enter pressed before its answer came: opens the best hit as soon as it is there. */
  const [waiting, setWaiting] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const before = useRef<Element | null>(null)
  const listId = useId()
  const asked = text.trim() !== ''
  const { data, outdated, error } = useQuery('search.query', open && asked ? { text: text.slice(0, 200), limit: 16 } : null, { keep: true })
  const hits = asked && data ? groupHits(data.hits, text) : []
  const shown = open && asked && (data !== undefined || error !== null)
  const index = Math.min(marked, hits.length - 1)
  const optionId = (position: number): string => `${listId}-${position}`

  const leave = (): void => {
    setOpen(false)
    setWaiting(false)
    setMarked(0)
  }
  const openHit = (hit: SearchHit | undefined): void => {
    if (!hit) return
    leave()
    setText('')
    input.current?.blur()
    navigate(hitTarget(hit))
  }
  const ready = waiting && !outdated && data !== undefined
  useEffect(() => {
    if (ready) openHit(hits[0])
    // The answer that was waited for opens once; `hits` is that answer.
    // eslint-disable-next-line react/exhaustive-deps
  }, [ready])

  const enter = (): void => {
    if (document.activeElement !== input.current) before.current = document.activeElement
    input.current?.focus()
    input.current?.select()
  }
  useHotkeys('Everywhere', [{ keys: 'Ctrl+K', label: 'Search', run: enter }])

  const type = (typed: string): void => {
    setText(typed)
    setMarked(0)
    setWaiting(false)
    setOpen(true)
  }
  useEffect(
    () =>
      useSearchStore.subscribe(({ wish }) => {
        if (!wish) return
        enter()
        type(wish.text)
      }),
    [],
  )

  const mark = (next: number): void => {
    setMarked(next)
    document.getElementById(optionId(next))?.scrollIntoView({ block: 'nearest' })
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const last = hits.length - 1
    switch (event.key) {
      case 'ArrowDown':
        mark(index >= last ? 0 : index + 1)
        break
      case 'ArrowUp':
        mark(index <= 0 ? last : index - 1)
        break
      case 'Enter':
        if (outdated || (asked && !data)) setWaiting(true)
        else openHit(hits[index])
        break
      case 'Escape':
        leave()
        setText('')
        if (before.current instanceof HTMLElement && before.current.isConnected) before.current.focus()
        else input.current?.blur()
        break
      default:
        return
    }
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div className={classes['search']} role="search">
      <div className={classes['box']}>
        <Icon name="search" />
        <input
          ref={input}
          type="text"
          role="combobox"
          aria-label="Search"
          aria-expanded={shown}
          aria-controls={listId}
          aria-autocomplete="list"
          {...(shown && hits.length > 0 ? { 'aria-activedescendant': optionId(index) } : {})}
          autoComplete="off"
          spellCheck={false}
          maxLength={200}
          placeholder="Name, phone, address, job or invoice"
          value={text}
          onChange={(event) => type(event.target.value)}
          onFocus={(event) => {
            if (event.relatedTarget) before.current = event.relatedTarget
            setOpen(true)
          }}
          onBlur={leave}
          onKeyDown={onKeyDown}
        />
        <Keycap keys="Ctrl+K" />
      </div>
      {shown ? (
        <div id={listId} role="listbox" aria-label="Search results" className={classes['results']} onMouseDown={(event) => event.preventDefault()}>
          {GROUPS.map(({ kind, name, icon }) => ({ kind, name, icon, first: hits.findIndex((hit) => hit.kind === kind) }))
            .filter(({ first }) => first !== -1)
            .toSorted((left, right) => left.first - right.first)
            .map(({ kind, name, icon }) => (
              <div key={kind} role="group" aria-label={name}>
                <div className={classes['group']} aria-hidden="true">
                  {name}
                </div>
                {hits.map((hit, position) =>
                  hit.kind === kind ? (
                    <div
                      key={hit.id}
                      id={optionId(position)}
                      role="option"
                      aria-selected={position === index}
                      tabIndex={-1}
                      className={`${classes['hit']} ${position === index ? classes['marked'] : ''}`}
                      onClick={() => openHit(hit)}
                    >
                      <Icon name={icon} />
                      <span className={`m el ${classes['title']}`}>{hit.title}</span>
                      <span className="t2 dense el">{hit.detail}</span>
                      <span className="sp" />
                      {hit.flag ? <span className={`dense m nw ${hit.kind === 'job' || hit.kind === 'lead' ? 't3' : 'alert-t'}`}>{hit.flag}</span> : null}
                    </div>
                  ) : null,
                )}
              </div>
            ))}
          {data && hits.length === 0 ? (
            <p className={classes['none']} role="option" aria-selected={false} aria-disabled="true">
              {outdated ? '\u00a0' : `Nothing matches \u201c${text.trim()}\u201d. Try fewer letters, or three digits of the phone number.`}
            </p>
          ) : null}
          {error ? (
            <p className={`${classes['none']} alert-t`} role="option" aria-selected={false} aria-disabled="true">
              {error.message}
            </p>
          ) : null}
        </div>
      ) : null}
    </div>
  )
}
