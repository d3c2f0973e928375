import type { PromiseItem, QueueSummary } from '../../../shared/contract/methods/promises.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { type Column, DataTable } from '../../components/DataTable.tsx'
import { Due } from '../../components/Due.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { LoadingLines } from '../../components/LoadingLines.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { navigate } from '../../stores/route.ts'
import { useZone } from '../../stores/session.ts'
import type { SteadyRow } from '../../stores/steadyList.ts'
import { toast } from '../../stores/toast.ts'
import { dueGroup } from './dueGroups.ts'
import { PhoneNumber } from '../calls/PhoneNumber.tsx'
import { settlementsIn } from '../reschedules/settlements.ts'
import { PromiseHero } from './PromiseHero.tsx'
import classes from './queues.module.css'
import { recordTarget } from './recordTarget.ts'
import { type Scope, useSteadyPromises } from './useSteadyPromises.ts'

type Row = SteadyRow<PromiseItem>

/** Who the promise is about: the customer, the name a caller gave, or the number that rang. */
function Who({ item }: { readonly item: PromiseItem }) {
  if (item.customerName !== null) return item.customerName
  if (item.phone === null) return '\u2013'
  return (
    <>
      <PhoneNumber inRow number={item.phone} returnsCallId={item.subjectKind === 'call' ? item.subjectId : null} />, unknown
    </>
  )
}

const DUE: Column<Row> = { key: 'due', header: 'Due', width: '120px', cell: ({ item }) => <Due dueAt={item.dueAt} since={item.dueSetAt} /> }
const PROMISE: Column<Row> = {
  key: 'promise',
  header: 'Promise',
  width: 'minmax(120px, 1.1fr)',
  strong: true,
  cell: ({ item, gone }) => (gone ? <s>{item.shortTitle}</s> : item.shortTitle),
}
const CUSTOMER: Column<Row> = {
  key: 'customer',
  header: 'Customer',
  width: 'minmax(112px, 0.9fr)',
  cell: ({ item }) => (
    <>
      <Who item={item} />
      {item.practice ? <span className={classes['practice']}>Practice</span> : null}
    </>
  ),
}
const ORIGIN: Column<Row> = { key: 'from', header: 'Where it came from', width: 'minmax(0, 1.1fr)', quiet: true, cell: ({ item, gone }) => (gone ? 'Settled or passed on meanwhile' : item.cameFrom) }
const HOLDER: Column<Row> = { key: 'holder', header: 'Holder', width: 'minmax(72px, 0.7fr)', quiet: true, cell: ({ item }) => item.holder }
const TRIES: Column<Row> = { key: 'tries', header: 'Tries', width: '56px', align: 'right', quiet: true, cell: ({ item }) => (item.tries === 0 ? '\u2013' : item.tries) }

const MINE: readonly Column<Row>[] = [DUE, PROMISE, CUSTOMER, ORIGIN, TRIES]
const EVERYBODYS: readonly Column<Row>[] = [DUE, PROMISE, CUSTOMER, ORIGIN, HOLDER, TRIES]

export interface PromiseWorkbenchProps {
  readonly of: Scope
  /** Narrows the list to one queue. */
  readonly only: string | null
  readonly queues: readonly QueueSummary[]
  /** The list's name, for a screen reader and the empty sentence. */
  readonly label: string
  /** The list that has something when this one is empty. */
  readonly elsewhere: { readonly name: string; readonly open: number; readonly keys?: string; readonly go: () => void } | null
}

/** The promise in hand above the list it came from, worked by single keys. */
export function PromiseWorkbench({ of, only, queues, label, elsewhere }: PromiseWorkbenchProps) {
  const zone = useZone()
  const list = useSteadyPromises(of, only)
  const { rows, selected, waiting, total } = list
  const waits = waiting.fresh + waiting.gone > 0
  useHotkeys(label, [{ keys: 'R', label: 'Bring the list up to date', run: list.renew }])

  if (list.error && rows.length === 0) return <ErrorNotice error={list.error} onRetry={list.refetch} />
  const queue = selected && queues.find((candidate) => candidate.id === selected.item.queueId)
  const position = selected ? rows.indexOf(selected) + 1 : 0
  const place = [position === 1 ? 'First due' : '', `${position} of ${total}`].filter(Boolean).join(' \u00B7 ')

  return (
    <div className={classes['bench']}>
      {selected ? (
        <PromiseHero
          key={selected.item.promiseId}
          item={selected.item}
          place={place}
          outcomes={queue?.outcomes ?? []}
          settlements={settlementsIn(queue?.key)}
          boundMinutes={queue?.boundMinutes ?? 0}
          gone={selected.gone}
          onNext={list.next}
          onWorked={(said) => {
            toast(said)
            list.worked(selected.item.promiseId)
          }}
        />
      ) : null}
      <div className={classes['notice']} aria-live="polite">
        {waits ? (
          <>
            <span>{[waiting.fresh > 0 ? `${waiting.fresh} new` : '', waiting.gone > 0 ? `${waiting.gone} settled meanwhile` : ''].filter(Boolean).join(', ')}</span>
            <ActionButton small kind="quiet" label="Bring the list up to date" keys="R" onClick={list.renew} />
          </>
        ) : list.loading ? null : (
          <span className="t3">
            {label}, {total} open{total > rows.length ? `, the first ${rows.length} shown` : ''}
          </span>
        )}
      </div>
      {list.loading ? (
        <LoadingLines />
      ) : (
        <DataTable
          label={label}
          main
          columns={of.kind === 'mine' ? MINE : EVERYBODYS}
          rows={rows}
          rowId={({ item }) => item.promiseId}
          selectedId={selected?.item.promiseId ?? null}
          onSelect={list.select}
          onOpen={({ item }) => navigate(recordTarget(item).target)}
          group={({ item }) => dueGroup(item.dueAt, list.at, zone)}
          empty={
            <EmptyState action={elsewhere ? <ActionButton label={`Go to ${elsewhere.name}`} {...(elsewhere.keys === undefined ? {} : { keys: elsewhere.keys })} onClick={elsewhere.go} /> : null}>
              Nothing is open here.{elsewhere ? ` Next: ${elsewhere.name}, ${elsewhere.open} open.` : ' Every promise is kept.'}
            </EmptyState>
          }
        />
      )}
    </div>
  )
}
