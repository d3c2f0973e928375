import IconButton from '@mui/material/IconButton'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { formatAmount, lineAmount, parseQuantity } from '../../../shared/base/money.ts'
import type { ItemChoice } from '../../../shared/contract/methods/jobs.ts'
import { useQuery } from '../../api/api.ts'
import { Icon } from '../../components/icons.tsx'
import { TextInput } from '../../components/TextInput.tsx'
import { type Suggestion, TypeAhead } from '../../components/TypeAhead.tsx'
import type { DraftLine } from '../../stores/booking.ts'
import classes from './booking.module.css'
import { type Booking, lineFor } from './useBooking.ts'

interface Found extends Suggestion {
  readonly item: ItemChoice
}

function amountOf(line: DraftLine): string {
  const quantity = parseQuantity(line.quantity)
  if (line.priceCents === null || quantity === undefined) return ''
  return formatAmount(lineAmount(line.kind === 'discount' ? -line.priceCents : line.priceCents, quantity))
}

/** The job's lines: the job type's first one, and what is added by typing. Enter in an empty field or after a quantity goes on. */
export function LinesStep({ booking }: { readonly booking: Booking }) {
  const { draft, change, errors, flow } = booking
  const [typed, setTyped] = useState('')
  const added = useRef<string | null>(null)
  const list = useRef<HTMLUListElement>(null)
  const searching = typed.trim() !== ''
  const { data, outdated, error } = useQuery('booking.items', searching ? { text: typed, businessUnitId: draft.businessUnitId, limit: 10 } : null, { keep: true })
  const found = data?.items ?? []
  const suggestions: readonly Found[] = searching
    ? found.map((item) => ({ key: item.id, label: item.name, detail: [item.code, ...(booking.form.pricesHidden || item.priceCents === null ? [] : [formatAmount(item.priceCents)])].join(' \u00b7 '), item }))
    : []

  // The line that was just added asks for its quantity.
  useEffect(() => {
    if (added.current === null) return
    list.current?.querySelector<HTMLInputElement>(`[data-line="${added.current}"] input`)?.select()
    added.current = null
  }, [draft.lines])

  const add = ({ item }: Found): void => {
    const line = lineFor(item, false)
    added.current = line.id
    setTyped('')
    change((current) => ({ lines: [...current.lines, line] }))
  }
  const setQuantity = (id: string, quantity: string): void =>
    change((current) => ({ lines: current.lines.map((line) => (line.id === id ? { ...line, quantity, fromJobType: false } : line)) }))
  const onQuantityKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey) return
    // A quantity has no letters: one begins the next item, and lands in its field because the focus is there before it is typed.
    if (/^\p{L}$/u.test(event.key)) return flow.focusField('lines')
    if (event.key !== 'Enter') return
    event.preventDefault()
    event.stopPropagation()
    flow.goOn('lines')
  }

  return (
    <>
      <div data-field="lines" data-own-enter className={classes['grow']}>
        <TypeAhead
          tight
          label="Add from the price book"
          text={typed}
          onText={setTyped}
          suggestions={suggestions}
          pending={searching && !error && (outdated || !data)}
          onPick={add}
          onGoOn={() => flow.goOn('lines')}
          placeholder={draft.lines.length === 0 ? 'Name or code' : 'One more, by name or code'}
          none="Nothing in the price book matches."
          error={errors.lines}
        />
      </div>
      <ul ref={list} className={classes['lines']} aria-label="Line items">
        {draft.lines.map((line) => (
          <li key={line.id} data-line={line.id}>
            <span className="el m">{line.name}</span>
            <span className="sp" />
            <span className={classes['quantity']} data-own-enter>
              <TextInput
                tight
                label="Quantity"
                align="right"
                inputMode="decimal"
                value={line.quantity}
                onChange={(quantity) => setQuantity(line.id, quantity)}
                onKeyDown={onQuantityKey}
                error={(parseQuantity(line.quantity) ?? 0) > 0 ? null : 'More than zero, like 1 or 2.5.'}
              />
            </span>
            {/* Somebody else at this desk, who sees prices, may have begun the draft. */}
            {booking.form.pricesHidden || line.priceCents === null ? null : <span className={classes['amount']}>{amountOf(line)}</span>}
            <IconButton size="small" tabIndex={-1} aria-label={`Remove ${line.name}`} onClick={() => change((current) => ({ lines: current.lines.filter(({ id }) => id !== line.id) }))}>
              <Icon name="cross" size={12} />
            </IconButton>
          </li>
        ))}
      </ul>
    </>
  )
}
