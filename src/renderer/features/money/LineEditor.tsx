import Checkbox from '@mui/material/Checkbox'
import FormControlLabel from '@mui/material/FormControlLabel'
import { useRef, useState } from 'react'
import { newId } from '../../../shared/base/id.ts'
import { formatAmount, formatQuantity, lineAmount, parseQuantity } from '../../../shared/base/money.ts'
import type { InvoiceLineDetail } from '../../../shared/contract/methods/invoices.ts'
import { api, useQuery } from '../../api/api.ts'
import type { OutputOf } from '../../api/types.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { Choice } from '../../components/Choice.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { MoneyInput } from '../../components/MoneyInput.tsx'
import { TextInput } from '../../components/TextInput.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import classes from './money.module.css'
import { lineInput } from './moneyActions.ts'
import { selectNumbers } from './selectOnFocus.ts'
import { useAction } from '../../api/useAction.ts'

type Item = OutputOf<'booking.items'>['items'][number]
type Kind = InvoiceLineDetail['kind']

const KINDS: readonly { readonly value: Kind; readonly label: string }[] = [
  { value: 'service', label: 'Service' },
  { value: 'material', label: 'Material' },
  { value: 'equipment', label: 'Equipment' },
  { value: 'discount', label: 'Discount' },
]

interface Draft {
  readonly id: string
  readonly priceItemId: string | null
  readonly kind: Kind
  readonly description: string
  readonly quantity: string
  readonly unitPriceCents: number | null
  readonly taxable: boolean
  readonly reason: string
}

/** A discount is typed as what it takes off and stored below zero. */
function draftOf(line: InvoiceLineDetail | null): Draft {
  if (!line) return { id: newId(), priceItemId: null, kind: 'service', description: '', quantity: '1', unitPriceCents: null, taxable: true, reason: '' }
  const { id, priceItemId, kind, description, taxable, reason } = line
  return { id, priceItemId, kind, description, taxable, reason, quantity: formatQuantity(line.quantity), unitPriceCents: Math.abs(line.unitPriceCents) }
}

type Field = 'description' | 'quantity' | 'unitPriceCents' | 'reason'

function gapOf(draft: Draft): Field | null {
  if (draft.description.trim() === '') return 'description'
  if ((parseQuantity(draft.quantity) ?? 0) <= 0) return 'quantity'
  if (draft.unitPriceCents === null || (draft.kind === 'discount' && draft.unitPriceCents === 0)) return 'unitPriceCents'
  return draft.kind === 'discount' && draft.reason.trim() === '' ? 'reason' : null
}

const GAP_WORDS: Readonly<Record<Field, string>> = {
  description: 'Say what it is.',
  quantity: 'More than zero.',
  unitPriceCents: 'Type the price.',
  reason: 'Say why it is given.',
}

/** One line of a draft, below the list: Tab through, Enter saves, Escape leaves it as it was. */
export function LineEditor({ invoiceId, line, onClose }: { readonly invoiceId: string; readonly line: InvoiceLineDetail | null; readonly onClose: (savedId: string | null) => void }) {
  const [draft, setDraft] = useState(() => draftOf(line))
  const [missing, setMissing] = useState<Field | null>(null)
  const { run, busy, error, clear } = useAction()
  const form = useRef<HTMLFormElement>(null)
  const items = useQuery('booking.items', { text: '', limit: 50 }).data?.items ?? []

  const change = (changed: Partial<Draft>): void => {
    clear()
    setMissing(null)
    setDraft((before) => ({ ...before, ...changed }))
  }
  const takeItem = (item: Item | undefined): void => {
    if (item) change({ priceItemId: item.id, kind: item.kind, description: item.name, unitPriceCents: item.priceCents === null ? draft.unitPriceCents : Math.abs(item.priceCents) })
  }
  const save = (): void => {
    const gap = gapOf(draft)
    setMissing(gap)
    const quantity = parseQuantity(draft.quantity)
    if (gap !== null || quantity === undefined || draft.unitPriceCents === null) {
      form.current?.querySelector<HTMLInputElement>(`[data-field=${gap}] input`)?.focus()
      return
    }
    const unitPriceCents = draft.kind === 'discount' ? -draft.unitPriceCents : draft.unitPriceCents
    void run(() => api.command('invoice.saveLine', lineInput(invoiceId, { ...draft, quantity, unitPriceCents }))).then((done) => {
      if (done) onClose(draft.id)
    })
  }
  // While a line is being written, the main key saves it: nobody finalizes what is half typed.
  useHotkeys('The line', [{ keys: 'Ctrl+Enter', label: 'Save the line', run: save }])
  const wrong = (field: Field): string | null => (error?.field === field ? error.message : missing === field ? GAP_WORDS[field] : null)
  const quantity = parseQuantity(draft.quantity)
  const amount = quantity === undefined || draft.unitPriceCents === null ? null : lineAmount(draft.kind === 'discount' ? -draft.unitPriceCents : draft.unitPriceCents, quantity)
  return (
    <form
      ref={form}
      className={classes['editor']}
      aria-label={line ? `Line ${line.description}` : 'New line'}
      onFocus={selectNumbers}
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return
        event.preventDefault()
        event.stopPropagation()
        onClose(null)
      }}
    >
      <div className={classes['fields']}>
        <Choice
          label="From the price book"
          options={items.map((item) => ({ value: item.id, label: item.name, detail: item.code }))}
          value={draft.priceItemId}
          onChange={(id) => takeItem(items.find((item) => item.id === id))}
          onClear={() => change({ priceItemId: null })}
          placeholder="Type a name, or leave empty"
          autoFocus={line === null}
          grow={1.2}
        />
        <div className={classes['kind']}>
          <Choice label="Kind" options={KINDS} value={draft.kind} onChange={(kind) => change({ kind })} />
        </div>
        <div className={classes['description']} data-field="description">
          <TextInput label="Description" value={draft.description} onChange={(description) => change({ description })} error={wrong('description')} autoFocus={line !== null} maxLength={400} required />
        </div>
      </div>
      <div className={classes['fields']}>
        <div className={classes['qty']} data-field="quantity">
          <TextInput label="Quantity" value={draft.quantity} onChange={(typed) => change({ quantity: typed })} error={wrong('quantity')} inputMode="decimal" align="right" required />
        </div>
        <div className={classes['price']} data-field="unitPriceCents">
          <MoneyInput label={draft.kind === 'discount' ? 'Takes off' : 'Each'} value={draft.unitPriceCents} onChange={(unitPriceCents) => change({ unitPriceCents })} error={wrong('unitPriceCents')} required />
        </div>
        <FormControlLabel className={classes['taxed'] ?? ''} control={<Checkbox size="small" checked={draft.taxable} onChange={(event) => change({ taxable: event.target.checked })} />} label="Taxed" />
        {draft.kind === 'discount' ? (
          <div className="sp" data-field="reason">
            <TextInput label="Why it is given" value={draft.reason} onChange={(reason) => change({ reason })} error={wrong('reason')} maxLength={200} required />
          </div>
        ) : null}
        <div className={classes['editorEnd']}>
          <span className="sp" />
          <span className="m">{amount === null ? '' : formatAmount(amount)}</span>
          <ActionButton small type="submit" kind="plain" label={line ? 'Save the line' : 'Add the line'} keys="Enter" busy={busy} onClick={() => undefined} />
          <ActionButton small label="Leave it" keys="Escape" onClick={() => onClose(null)} />
        </div>
      </div>
      {error && (error.field === undefined || !(error.field in GAP_WORDS)) ? <ErrorNotice error={error} /> : null}
    </form>
  )
}
