import type { ReactNode } from 'react'
import { formatAmount } from '../../../shared/base/money.ts'
import type { ReviewRow } from '../../../shared/contract/methods/invoices.ts'
import { type Column, DataTable } from '../../components/DataTable.tsx'
import { Icon } from '../../components/icons.tsx'
import { StateGlyph } from '../../components/StateGlyph.tsx'
import { saidOf, statusOf } from './words.ts'

function Sign({ row }: { readonly row: ReviewRow }) {
  const status = statusOf(row)
  const { tone } = saidOf(row)
  if (status === 'stop') return <span className="alert-t"><StateGlyph state="alert" label="Stopped" /></span>
  if (tone === 'hold') return <span className="hold-t"><StateGlyph state="hold" label="Waits for you" /></span>
  return (
    <span className="t3" role="img" aria-label={status === 'look' ? 'To look at' : 'Clean'}>
      <Icon name="tick" size={12} />
    </span>
  )
}

const NUMBERS: Readonly<Record<ReviewRow['kind'], (row: ReviewRow) => string>> = {
  job: () => '\u2013',
  draft: () => 'Draft',
  invoice: (row) => row.number ?? '',
  payment: () => 'Paid',
}

function Said({ row }: { readonly row: ReviewRow }) {
  const { words, tone } = saidOf(row)
  return <span className={tone === 'alert' ? 'alert-t m' : tone === 'hold' ? 'hold-t m' : 't3'}>{words}</span>
}

const COLUMNS: readonly Column<ReviewRow>[] = [
  { key: 'sign', header: '', spoken: 'State', width: '36px', cell: (row) => <Sign row={row} /> },
  { key: 'number', header: 'Invoice', width: '68px', strong: true, cell: (row) => NUMBERS[row.kind](row) },
  { key: 'customer', header: 'Customer', width: 'minmax(112px, 1.1fr)', cell: (row) => row.customerName },
  { key: 'what', header: 'Job', width: 'minmax(112px, 1.1fr)', quiet: true, cell: (row) => [row.jobNumber, row.what].filter(Boolean).join(' ') },
  { key: 'total', header: 'Total', width: '92px', align: 'right', strong: true, cell: (row) => formatAmount(row.totalCents) },
  { key: 'paidBy', header: 'Paid by', width: '96px', quiet: true, cell: (row) => row.paidBy },
  { key: 'said', header: 'What stops it', width: 'minmax(128px, 1.5fr)', cell: (row) => <Said row={row} /> },
]

const GROUPS: Readonly<Record<ReviewRow['kind'], string>> = { job: 'Done, not invoiced yet', draft: 'Drafts', invoice: 'Final invoices', payment: 'Payments' }

/** Documents on their way to the books, with what stops each in words. */
export function RowsTable(props: {
  readonly label: string
  readonly rows: readonly ReviewRow[]
  readonly selectedId: string | null
  readonly onSelect: (id: string) => void
  readonly onOpen?: (row: ReviewRow) => void
  readonly empty: ReactNode
}) {
  return (
    <DataTable
      main
      label={props.label}
      columns={COLUMNS}
      rows={props.rows}
      rowId={(row) => row.id}
      selectedId={props.selectedId}
      onSelect={props.onSelect}
      group={(row) => GROUPS[row.kind]}
      empty={props.empty}
      {...(props.onOpen ? { onOpen: props.onOpen } : {})}
    />
  )
}
