import { useEffect, useState } from 'react'
import type { LeadItem } from '../../../shared/contract/methods/leads.ts'
import { LEAD_STATES, type LeadState } from '../../../shared/domain/leads/tables.ts'
import { useQuery } from '../../api/api.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { type Column, DataTable } from '../../components/DataTable.tsx'
import { DetailPanel } from '../../components/DetailPanel.tsx'
import { Due, formatDue } from '../../components/Due.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { LoadingLines } from '../../components/LoadingLines.tsx'
import { ScreenBar } from '../../components/ScreenBar.tsx'
import { SegmentedControl } from '../../components/SegmentedControl.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { useNow } from '../../stores/clock.ts'
import { navigate } from '../../stores/route.ts'
import { useZone } from '../../stores/session.ts'
import calls from '../calls/CallsScreen.module.css'
import { useSteadyRows } from '../calls/useSteadyRows.ts'
import type { ScreenProps } from '../screenProps.ts'
import { LeadPanel } from './LeadPanel.tsx'
import { LEAD_STATE_NAMES, triesWords } from './leadWords.ts'

const NOBODY: readonly LeadItem[] = []

const EMPTY: Readonly<Record<LeadState, string>> = {
  new: 'Nothing new. Web bookings, leads, chats and emails arrive here; Settings, Leads says from where.',
  accepted: 'Nobody is being seen to. Who was taken and is not booked yet stands here, with the next try.',
  converted: 'No lead was booked yet.',
  dismissed: 'No lead was dismissed.',
}

const go = (list: LeadState, leadId: string | null): void => navigate({ area: 'leads', path: leadId === null ? [] : [leadId], query: { list } }, { replace: true })

function Came({ at }: { readonly at: number }) {
  return <>{formatDue(at, useNow(), useZone())}</>
}

function columnsOf(list: LeadState): readonly Column<LeadItem>[] {
  const open = list === 'new' || list === 'accepted'
  return [
    open
      ? { key: 'due', header: 'By', width: '132px', cell: (row) => (row.dueAt === null ? '\u2013' : <Due dueAt={row.dueAt} since={row.lastAttemptAt ?? row.receivedAt} />) }
      : { key: 'settled', header: LEAD_STATE_NAMES[list], width: '132px', cell: (row) => <Came at={row.settledAt ?? row.receivedAt} /> },
    { key: 'who', header: 'Who', width: 'minmax(148px, 1fr)', strong: true, cell: (row) => row.name },
    { key: 'wants', header: 'Wants', width: 'minmax(160px, 2fr)', cell: (row) => row.wants || '\u2013' },
    { key: 'source', header: 'From', width: 'minmax(96px, 1fr)', quiet: true, cell: (row) => row.sourceName },
    { key: 'tries', header: 'Tried', width: 'minmax(96px, 1fr)', quiet: true, cell: triesWords },
    { key: 'holder', header: 'Whose', width: 'minmax(96px, 1fr)', quiet: true, cell: (row) => row.holder },
  ]
}

function LeadList({ list, selectedId }: { readonly list: LeadState; readonly selectedId: string | null }) {
  const { data, error, loading, refetch } = useQuery('leads.list', { state: list })
  // Whoever reads one lead must not see the others move: what is new waits until it is asked for.
  const { shown: rows, waiting, show } = useSteadyRows(data?.leads ?? NOBODY, (row) => row.leadId, data !== undefined)
  const [, setShownAt] = useState(0)
  const first = rows[0]?.leadId ?? null
  // The one on top comes into hand and stays there, though working it takes it out of this list.
  useEffect(() => {
    if (selectedId === null && first !== null) go(list, first)
  }, [list, selectedId, first])
  const inHand = selectedId ?? first
  const { data: lead, error: unread, refetch: readAgain } = useQuery('leads.get', inHand === null ? null : { leadId: inHand })
  const renew = (): void => {
    show()
    setShownAt(performance.now())
  }
  const turn = (by: number): void => {
    const next = LEAD_STATES[(LEAD_STATES.indexOf(list) + by + LEAD_STATES.length) % LEAD_STATES.length]
    if (next) go(next, null)
  }
  // The next one comes into hand when this one is done with.
  const onSettled = (): void => {
    const at = rows.findIndex(({ leadId }) => leadId === inHand)
    go(list, (rows[at + 1] ?? rows[at - 1])?.leadId ?? null)
  }
  useHotkeys('Leads', [
    { keys: 'R', label: 'Show what came meanwhile', run: renew },
    { keys: ']', label: 'Next list', run: () => turn(1) },
    { keys: '[', label: 'List before', run: () => turn(-1) },
  ])
  const counts: Readonly<Partial<Record<LeadState, number>>> = data?.counts ?? {}
  return (
    <div className={calls['screen']}>
      <ScreenBar title="Leads" actions={waiting > 0 ? <ActionButton small kind="quiet" label={`${waiting} new`} keys="R" onClick={renew} /> : null}>
        <SegmentedControl<LeadState> label="Which leads" value={list} onChange={(next) => go(next, null)} segments={LEAD_STATES.map((value) => ({ value, label: LEAD_STATE_NAMES[value], ...(counts[value] === undefined ? {} : { count: counts[value] }) }))} />
        <span className="t3 nw">keys [ and ]</span>
      </ScreenBar>
      <div className={calls['parts']}>
        <div className={calls['list']}>
          {error ? <ErrorNotice error={error} onRetry={refetch} /> : null}
          {loading ? (
            <LoadingLines />
          ) : (
            <DataTable
              main
              label={`Leads, ${LEAD_STATE_NAMES[list].toLowerCase()}`}
              columns={columnsOf(list)}
              rows={rows}
              rowId={(row) => row.leadId}
              selectedId={inHand}
              onSelect={(leadId) => go(list, leadId)}
              alert={(row) => row.chat === 'waiting'}
              empty={<EmptyState>{EMPTY[list]}</EmptyState>}
            />
          )}
        </div>
        {inHand === null ? null : lead?.leadId === inHand ? (
          <LeadPanel key={inHand} lead={lead} onSettled={onSettled} />
        ) : (
          <DetailPanel wide label="Lead">
            {unread ? <ErrorNotice error={unread} onRetry={readAgain} /> : lead === null ? <EmptyState>This lead is not here.</EmptyState> : <LoadingLines />}
          </DetailPanel>
        )}
      </div>
    </div>
  )
}

/** Web bookings, leads, chats and emails (C7): one inbox, what is due first on top. */
export function LeadsScreen({ route }: ScreenProps) {
  const selectedId = route.path[0] ?? null
  const named = LEAD_STATES.find((state) => state === route.query['list'])
  // Opened by its promise, a lead brings its own list.
  const { data: lead } = useQuery('leads.get', named === undefined && selectedId !== null ? { leadId: selectedId } : null)
  const own = named ?? (selectedId === null ? 'new' : lead === null ? 'new' : lead?.state)
  useEffect(() => {
    if (named === undefined && selectedId !== null && own !== undefined) go(own, selectedId)
  }, [named, selectedId, own])
  return own === undefined ? <LoadingLines /> : <LeadList key={own} list={own} selectedId={selectedId} />
}
