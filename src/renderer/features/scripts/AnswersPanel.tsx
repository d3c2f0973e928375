import { type KeyboardEvent, useId, useLayoutEffect, useRef, useState } from 'react'
import { findSections } from '../../../shared/domain/scripts/sections.ts'
import { useQuery } from '../../api/api.ts'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { Icon } from '../../components/icons.tsx'
import { Keycap } from '../../components/Keycap.tsx'
import { LoadingLines } from '../../components/LoadingLines.tsx'
import classes from './answers.module.css'
import { Text } from './ManualText.tsx'

const EVERYTHING = {} as const

/** What the manuals say, found by a few letters while somebody is on the line: the questions above, the answer to the marked one below. */
export function AnswersPanel({ onClose }: { readonly onClose: () => void }) {
  const [typed, setTyped] = useState('')
  const [marked, setMarked] = useState(0)
  const { data, error, refetch } = useQuery('manuals.answers', EVERYTHING)
  const input = useRef<HTMLInputElement>(null)
  const listId = useId()
  // Before the paint: whoever pressed the key types on without looking.
  useLayoutEffect(() => input.current?.focus({ preventScroll: true }), [])

  const found = findSections(data?.sections ?? [], typed)
  const index = Math.min(marked, found.length - 1)
  const answer = found[index]
  const optionId = (position: number): string => `${listId}-${position}`
  const mark = (next: number): void => {
    setMarked(next)
    document.getElementById(optionId(next))?.scrollIntoView({ block: 'nearest' })
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey) return
    const last = found.length - 1
    switch (event.key) {
      case 'ArrowDown':
        mark(index >= last ? 0 : index + 1)
        break
      case 'ArrowUp':
        mark(index <= 0 ? last : index - 1)
        break
      default:
        return
    }
    event.preventDefault()
    event.stopPropagation()
  }
  // From the whole panel: somebody may have come from the field into the answer to scroll it.
  const leave = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.ctrlKey || event.altKey || event.metaKey) return
    onClose()
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <section className={classes['panel']} aria-label="Common questions" onKeyDown={leave}>
      <div className={classes['search']}>
        <Icon name="search" />
        <input
          ref={input}
          type="text"
          role="combobox"
          aria-label="Search the questions"
          aria-expanded
          aria-controls={listId}
          aria-autocomplete="list"
          {...(answer ? { 'aria-activedescendant': optionId(index) } : {})}
          autoComplete="off"
          spellCheck={false}
          maxLength={80}
          placeholder="Discount, angry, paid, price"
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value)
            setMarked(0)
          }}
          onKeyDown={onKeyDown}
        />
        <Keycap keys="Escape" />
      </div>
      <div id={listId} role="listbox" aria-label="Questions" className={classes['questions']} onMouseDown={(event) => event.preventDefault()}>
        {found.map(({ key, heading, manualName }, position) => (
          <div key={key} id={optionId(position)} role="option" aria-selected={position === index} tabIndex={-1} className={`${classes['question']} ${position === index ? classes['marked'] : ''}`} onClick={() => setMarked(position)}>
            {heading || manualName}
          </div>
        ))}
        {data && found.length === 0 ? (
          <p className={classes['none']} role="option" aria-selected={false} aria-disabled="true">
            {typed.trim() === '' ? 'No manual is published yet.' : `No manual speaks of \u201c${typed.trim()}\u201d. Try fewer letters.`}
          </p>
        ) : null}
      </div>
      {error && !data ? <ErrorNotice error={error} onRetry={refetch} /> : null}
      {data || error ? null : <LoadingLines />}
      {/* Scrolled by keyboard where it is long. */}
      <div className={classes['answer']} tabIndex={0} role="group" aria-label="Answer" aria-live="polite">
        {answer ? (
          <>
            <h2 className="b">{answer.heading || answer.manualName}</h2>
            <Text body={answer.text} />
            <p className="t3 dense">{answer.manualName}</p>
          </>
        ) : null}
      </div>
    </section>
  )
}
