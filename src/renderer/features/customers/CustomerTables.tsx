import { useState } from 'react'
import { formatAmount } from '../../../shared/base/money.ts'
import { formatDay, formatWindow } from '../../../shared/base/zone.ts'
import type { JobRow } from '../../../shared/contract/methods/jobs.ts'
import { useQuery } from '../../api/api.ts'
import type { OutputOf } from '../../api/types.ts'
import { type Column, DataTable } from '../../components/DataTable.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { LoadingLines } from '../../components/LoadingLines.tsx'
import { StateChip } from '../../components/StateGlyph.tsx'
import { navigate } from '../../stores/route.ts'

const JOB_COLUMNS: readonly Column<JobRow>[] = [
  { key: 'number', header: 'Job', cell: ({ number }) => number, width: '80px', strong: true },
  { key: 'type', header: 'Job type', cell: ({ jobTypeName }) => jobTypeName, width: 'minmax(96px, 1fr)' },
  { key: 'summary', header: 'Summary', cell: ({ summary, practice }) => `${practice ? 'Practice. ' : ''}${summary}`, width: 'minmax(96px, 1.6fr)', quiet: true },
  {
    key: 'window',
    header: 'Window',
    cell: ({ windowDay, windowStart, windowEnd }) => (windowDay === null || windowStart === null || windowEnd === null ? '\u2013' : `${formatDay(windowDay)}, ${formatWindow(windowStart, windowEnd)}`),
    width: '128px',
  },
  { key: 'technician', header: 'Technician', cell: ({ technicianName }) => technicianName ?? '\u2013', width: '116px', quiet: true },
  { key: 'state', header: 'Visit', cell: ({ visitState }) => (visitState ? <StateChip state={visitState} /> : '\u2013'), width: '104px' },
]

const TOTAL: Column<JobRow> = { key: 'total', header: 'Total', cell: ({ totalCents }) => (totalCents === null ? '' : formatAmount(totalCents)), width: '88px', align: 'right' }

export function CustomerJobs({ customerId }: { readonly customerId: string }) {
  const rows = useQuery('jobs.ofCustomer', { customerId }).data?.rows
  const [selected, setSelected] = useState<string | null>(null)
  if (!rows) return <LoadingLines />
  const priced = rows.some(({ totalCents }) => totalCents !== null)
  return (
    <DataTable
      main
      label="Jobs"
      columns={priced ? [...JOB_COLUMNS, TOTAL] : JOB_COLUMNS}
      rows={rows}
      rowId={({ id }) => id}
      selectedId={selected ?? rows[0]?.id ?? null}
      onSelect={setSelected}
      onOpen={({ id }) => navigate({ area: 'jobs', path: [id] })}
      empty={<EmptyState>No jobs yet. Next: book one with B.</EmptyState>}
    />
  )
}

type InvoiceRow = OutputOf<'customers.invoices'>['rows'][number]

const INVOICE_COLUMNS: readonly Column<InvoiceRow>[] = [
  { key: 'number', header: 'Invoice', cell: ({ number }) => number ?? 'Draft', width: '96px', strong: true },
  { key: 'job', header: 'Job', cell: ({ jobNumber }) => jobNumber, width: '80px' },
  { key: 'day', header: 'Date', cell: ({ day }) => (day === null ? '\u2013' : formatDay(day)), width: '80px' },
  { key: 'due', header: 'Due', cell: ({ dueDay }) => (dueDay === null ? '\u2013' : formatDay(dueDay)), width: '80px' },
  { key: 'state', header: 'State', cell: ({ state, balanceCents, practice }) => `${practice ? 'Practice, ' : ''}${state === 'draft' ? 'draft' : balanceCents === 0 ? 'paid' : 'open'}` },
  { key: 'total', header: 'Total', cell: ({ totalCents }) => (totalCents === null ? '' : formatAmount(totalCents)), width: '104px', align: 'right' },
  { key: 'balance', header: 'Balance', cell: ({ balanceCents }) => (balanceCents === null ? '' : formatAmount(balanceCents)), width: '104px', align: 'right' },
]

export function CustomerInvoices({ customerId }: { readonly customerId: string }) {
  const rows = useQuery('customers.invoices', { customerId }).data?.rows
  const [selected, setSelected] = useState<string | null>(null)
  if (!rows) return <LoadingLines />
  return (
    <DataTable
      main
      label="Invoices"
      columns={INVOICE_COLUMNS}
      rows={rows}
      rowId={({ id }) => id}
      selectedId={selected ?? rows[0]?.id ?? null}
      onSelect={setSelected}
      onOpen={({ id }) => navigate({ area: 'money', path: ['invoices', id] })}
      empty={<EmptyState>No invoices yet.</EmptyState>}
    />
  )
}
