import { formatDay, formatTime, wallTimeOf } from '../../../shared/base/zone.ts'
import type { ManualRow } from '../../../shared/contract/methods/scripts.ts'
import { api, useQuery } from '../../api/api.ts'
import { useAction } from '../../api/useAction.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { DataTable } from '../../components/DataTable.tsx'
import { Due } from '../../components/Due.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { LoadingLines } from '../../components/LoadingLines.tsx'
import { ScreenBar } from '../../components/ScreenBar.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { navigate } from '../../stores/route.ts'
import { useZone } from '../../stores/session.ts'
import { toast } from '../../stores/toast.ts'
import type { ScreenProps } from '../screenProps.ts'
import classes from './manuals.module.css'
import { Text } from './ManualText.tsx'

function Standing({ manual }: { readonly manual: ManualRow }) {
  const zone = useZone()
  const { mine, dueAt, readAt, publishedAt } = manual
  if (mine === 'due' && dueAt !== null) return <Due dueAt={dueAt} since={publishedAt} />
  return mine === 'read' && readAt !== null ? <span className="good-t">read {formatDay(wallTimeOf(readAt, zone).day)}</span> : <span className="t3">not asked of you</span>
}

function Reading({ manualId }: { readonly manualId: string }) {
  const zone = useZone()
  const { data, error, refetch } = useQuery('manuals.get', { manualId })
  const action = useAction()
  const due = data?.mine === 'due'
  const acknowledge = (): void => {
    if (!data || data.mine === 'read') return
    void action.run(() => api.command('manual.acknowledge', { versionId: data.versionId })).then((done) => (done ? toast(`You have read \u201c${data.name}\u201d, version ${data.number}.`) : undefined))
  }
  useHotkeys('Manual', [{ keys: 'R', label: 'I have read this', run: acknowledge }])
  if (error && !data) return <ErrorNotice error={error} onRetry={refetch} />
  if (data === undefined) return <LoadingLines />
  if (data === null) return <EmptyState>This manual is not in use any more.</EmptyState>
  return (
    <article className={classes['reading']} aria-label={data.name}>
      <header className={classes['head']}>
        <h2 className="h2">{data.name}</h2>
        <span className="t3 el">
          Version {data.number}, published {formatDay(wallTimeOf(data.publishedAt, zone).day)}, {formatTime(data.publishedAt, zone)} by {data.publishedBy}
          {data.note === '' ? '' : `: ${data.note}`}
        </span>
      </header>
      <div className={classes['body']}>
        <Text body={data.body} />
      </div>
      <footer className={classes['foot']}>
        <ActionButton kind={due ? 'primary' : 'plain'} label={data.mine === 'read' ? 'You have read this' : 'I have read this'} keys="R" busy={action.busy} onClick={acknowledge} />
        <Standing manual={data} />
        <ErrorNotice error={action.error} />
      </footer>
    </article>
  )
}

/** The manuals at hand; those I owe come first. */
export function ManualsScreen({ route }: ScreenProps) {
  const { data, error, refetch } = useQuery('manuals.list', {})
  const manuals = data?.manuals ?? []
  const selected = route.path[0] ?? manuals[0]?.manualId
  const due = manuals.filter(({ mine }) => mine === 'due').length
  return (
    <div className={classes['screen']}>
      <div className={classes['list']}>
        <ScreenBar title="Manuals" detail={due === 0 ? 'nothing left to read' : `${due} to read`} />
        <ErrorNotice error={error} onRetry={refetch} />
        {data ? (
          <DataTable
            label="Manuals"
            main
            columns={[
              { key: 'name', header: 'Manual', strong: true, cell: ({ name }) => name },
              { key: 'version', header: 'Version', width: '72px', align: 'right', cell: ({ number }) => number },
              { key: 'mine', header: 'For you', width: '152px', cell: (manual) => <Standing manual={manual} /> },
            ]}
            rows={manuals}
            rowId={({ manualId }) => manualId}
            selectedId={selected ?? null}
            onSelect={(manualId) => navigate({ area: 'manuals', path: [manualId] }, { replace: true })}
            empty={<EmptyState>No manual is published. A manager writes them under Settings, Manuals.</EmptyState>}
          />
        ) : (
          <LoadingLines />
        )}
      </div>
      {selected === undefined ? null : <Reading key={selected} manualId={selected} />}
    </div>
  )
}
