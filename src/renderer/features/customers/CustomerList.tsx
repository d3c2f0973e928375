import { useRef, useState } from 'react'
import { formatAmount } from '../../../shared/base/money.ts'
import type { CustomerRow } from '../../../shared/contract/methods/customers.ts'
import { FLAG_RULES } from '../../../shared/domain/customers/flags.ts'
import { useQuery } from '../../api/api.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { type Column, DataTable } from '../../components/DataTable.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { shownFlags } from '../../components/FlagChips.tsx'
import { LoadingLines } from '../../components/LoadingLines.tsx'
import { ScreenBar } from '../../components/ScreenBar.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { navigate } from '../../stores/route.ts'
import classes from './customers.module.css'
import { PhoneNumber } from '../calls/PhoneNumber.tsx'

const PAGE = 50

/** What stands against the customer, in words. */
function exceptions(row: CustomerRow): string {
  return [...shownFlags(row).map((flag) => FLAG_RULES[flag].name), ...(row.archived ? ['Archived'] : [])].join(', ')
}

const COLUMNS: readonly Column<CustomerRow>[] = [
  { key: 'name', header: 'Customer', cell: ({ name }) => name, width: 'minmax(160px, 1.4fr)', strong: true },
  { key: 'phone', header: 'Phone', cell: ({ id, name, phone }) => (phone === null ? '\u2013' : <PhoneNumber inRow number={phone} name={name} customerId={id} />), width: '136px' },
  { key: 'place', header: 'Location', cell: ({ place, locationCount }) => `${place || '\u2013'}${locationCount > 1 ? `, ${locationCount - 1} more` : ''}`, width: 'minmax(180px, 1.8fr)', quiet: true },
  { key: 'kind', header: 'Kind', cell: ({ kind }) => (kind === 'commercial' ? 'Commercial' : 'Residential'), width: '104px', quiet: true },
  { key: 'jobs', header: 'Open jobs', cell: ({ openJobs }) => (openJobs === 0 ? '\u2013' : openJobs), width: '84px', align: 'right' },
  { key: 'balance', header: 'Balance', cell: ({ balanceCents }) => (balanceCents === 0 ? '\u2013' : formatAmount(balanceCents)), width: '104px', align: 'right' },
  { key: 'exceptions', header: 'Stands out', cell: (row) => <span className="alert-t">{exceptions(row)}</span>, width: 'minmax(110px, 0.8fr)' },
  { key: 'number', header: 'Number', cell: ({ number }) => number, width: '88px', align: 'right', quiet: true },
]

/** Every customer, the latest changed first; typing narrows. The filter stands in the address, so that Back comes back to it. */
export function CustomerList({ query }: { readonly query: Readonly<Record<string, string>> }) {
  const text = query['find'] ?? ''
  const offset = Math.max(0, Number(query['from'] ?? 0) || 0)
  const [selected, setSelected] = useState<string | null>(null)
  const filter = useRef<HTMLInputElement>(null)
  const { data, error, loading, refetch } = useQuery('customers.list', { text, offset, limit: PAGE }, { keep: true })
  const rows = data?.rows ?? []
  const total = data?.total ?? 0
  const show = (find: string, from: number): void => {
    setSelected(null)
    navigate({ area: 'customers', query: { ...(find === '' ? {} : { find }), ...(from === 0 ? {} : { from: String(from) }) } }, { replace: true })
  }
  const add = (): void => navigate({ area: 'customers', path: ['new'] })
  const next = (): void | false => (offset + PAGE < total ? show(text, offset + PAGE) : false)
  const previous = (): void | false => (offset > 0 ? show(text, Math.max(0, offset - PAGE)) : false)

  useHotkeys('Customers', [
    { keys: '+', label: 'New customer', run: add },
    { keys: '/', label: 'Filter', run: () => filter.current?.focus() },
    { keys: ']', label: 'Next page', run: next },
    { keys: '[', label: 'Previous page', run: previous },
  ])

  return (
    <>
      <ScreenBar
        title="Customers"
        detail={total === 0 ? '' : `${total} ${text === '' ? 'customers' : total === 200 ? 'or more match' : 'match'}${total > PAGE ? `, ${offset + 1} to ${Math.min(offset + PAGE, total)}` : ''}`}
        actions={
          <>
            <input
              ref={filter}
              className={classes['filter']}
              type="text"
              aria-label="Filter customers"
              placeholder="Filter by name, phone or address"
              value={text}
              maxLength={120}
              onChange={(event) => show(event.target.value, 0)}
            />
            {total > PAGE ? <ActionButton small label="Previous" keys="[" onClick={() => void previous()} /> : null}
            {total > PAGE ? <ActionButton small label="Next" keys="]" onClick={() => void next()} /> : null}
            <ActionButton small kind="primary" icon="plus" label="New customer" keys="+" onClick={add} />
          </>
        }
      />
      <ErrorNotice error={error} onRetry={refetch} />
      {loading ? (
        <LoadingLines />
      ) : (
        <DataTable
          main
          label="Customers"
          columns={COLUMNS}
          rows={rows}
          rowId={({ id }) => id}
          selectedId={selected ?? rows[0]?.id ?? null}
          onSelect={setSelected}
          onOpen={({ id }) => navigate({ area: 'customers', path: [id] })}
          empty={
            <EmptyState action={<ActionButton label="New customer" keys="+" onClick={add} />}>
              {text === '' ? 'No customers yet. Next: add one, or import a file in Settings.' : `Nobody matches \u201c${text}\u201d.`}
            </EmptyState>
          }
        />
      )}
    </>
  )
}
