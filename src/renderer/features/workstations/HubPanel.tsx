import { useState } from 'react'
import { formatTime } from '../../../shared/base/zone.ts'
import type { OutputOf } from '../../api/types.ts'
import { api, useEvent, useQuery } from '../../api/api.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { DialogFrame } from '../../components/Confirm.tsx'
import { type Column, DataTable } from '../../components/DataTable.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { useNow } from '../../stores/clock.ts'
import { showHubPanel, useHubAnswer, useHubPanel } from '../../stores/hub.ts'
import { navigate } from '../../stores/route.ts'
import { useMay, useZone } from '../../stores/session.ts'
import { useAction } from '../../api/useAction.ts'
import classes from './workstations.module.css'
import { waitingSentence } from '../attachments/attachmentWords.ts'
import { linkSentence, sinceWords } from './hubWords.ts'
import { JoinBar } from './JoinBar.tsx'

type Waiting = OutputOf<'hub.waiting'>[number]

const NO_INPUT = {} as const
const close = (): void => showHubPanel(false)

/** What the hub has not acknowledged, oldest first: what, who, when, and whether it is in effect here. */
function WaitingChanges() {
  const { data, error, refetch } = useQuery('hub.waiting', NO_INPUT)
  const [selected, setSelected] = useState<string | null>(null)
  const zone = useZone()
  const now = useNow()
  useEvent('hub', refetch)
  useEvent('changed', refetch)
  const columns: readonly Column<Waiting>[] = [
    { key: 'what', header: 'What was done', width: 'minmax(0, 1fr)', strong: true, cell: ({ summary }) => summary },
    { key: 'who', header: 'By', width: '128px', quiet: true, cell: ({ by }) => by },
    { key: 'when', header: 'When', width: '96px', align: 'right', cell: ({ at }) => sinceWords(at, now, zone) },
    { key: 'here', header: 'Here', width: '152px', quiet: true, cell: ({ applied }) => (applied ? 'in effect' : 'waits for the hub') },
  ]
  if (error) return <ErrorNotice error={error} onRetry={refetch} />
  return (
    <div className={classes['waitingList']}>
      <DataTable
        label="Changes waiting for the hub"
        main
        dense
        columns={columns}
        rows={data ?? []}
        rowId={({ commandId }) => commandId}
        selectedId={selected}
        onSelect={setSelected}
        empty={data ? <EmptyState>No change waits: the hub has every change that was made here.</EmptyState> : null}
      />
    </div>
  )
}

/** Attached files that the hub does not have yet: how many, how large, how far. */
function WaitingFiles({ online }: { readonly online: boolean }) {
  const { data, refetch } = useQuery('attachment.waiting', NO_INPUT)
  useEvent('attachments', refetch)
  useEvent('hub', refetch)
  const sentence = data ? waitingSentence(data, online) : null
  if (!data || sentence === null) return null
  return (
    <>
      <p role="status">{sentence}</p>
      {data.problem === null ? null : <ErrorNotice error={{ message: data.problem }} />}
    </>
  )
}

function PanelContent() {
  const { data: hub, error: unknown, refetch } = useHubAnswer()
  const zone = useZone()
  const now = useNow()
  const may = useMay()
  const { run, busy, error } = useAction()
  const [triedAt, setTriedAt] = useState<number | null>(null)
  const enrolled = hub !== undefined && hub.link !== 'none'
  // What was stopped goes on with a new code, and only after an update by being tried.
  const stopped = hub?.link === 'stopped'
  const tryNow = (): void => void run(() => api.action('hub.syncNow', {})).then((done) => (done ? setTriedAt(Date.now()) : undefined))
  const settings = (): void => {
    close()
    navigate({ area: 'settings', path: ['hub'] })
  }
  const maySettings = may('settings.edit')
  useHotkeys('The hub', [
    ...(enrolled ? [{ keys: 'T', label: 'Try now', run: tryNow }] : []),
    ...(maySettings ? [{ keys: 'S', label: enrolled ? 'Hub settings' : 'Set up a hub', run: settings }] : []),
  ])
  if (!hub) return <ErrorNotice error={unknown} onRetry={refetch} />
  return (
    <div className={classes['panel']}>
      <p role="status">
        {linkSentence(hub, now, zone)}
        {triedAt === null || hub.link !== 'offline' ? null : ` Tried at ${formatTime(triedAt, zone)}: no answer yet.`}
      </p>
      {hub.problem === null ? null : <ErrorNotice error={{ message: hub.problem }} />}
      {hub.link === 'joining' ? <JoinBar hub={hub} /> : null}
      {enrolled ? <WaitingFiles online={hub.link === 'online'} /> : null}
      {enrolled ? <WaitingChanges /> : null}
      <ErrorNotice error={error} />
      <div className="row">
        {enrolled ? <ActionButton kind={stopped ? 'plain' : 'primary'} label="Try now" keys="T" busy={busy} onClick={tryNow} /> : null}
        {maySettings ? <ActionButton kind={stopped ? 'primary' : 'plain'} label={enrolled ? 'Hub settings' : 'Set up a hub'} keys="S" onClick={settings} /> : null}
        <ActionButton label="Close" keys="Escape" onClick={close} autoFocus />
        <span className="sp" />
        {hub.address === null ? null : (
          <span className="t3 dense el">
            {hub.deviceName} at {hub.address}
          </span>
        )}
      </div>
    </div>
  )
}

/** Alt+H, or the status bar: how this workstation stands to the hub, and what waits. It opens only when asked for. */
export function HubPanel() {
  const open = useHubPanel((store) => store.open)
  useHotkeys('Everywhere', [{ keys: 'Alt+H', label: 'The hub, and what waits for it', run: () => showHubPanel(true) }])
  return (
    <DialogFrame open={open} title="The hub" width="md" onClose={close}>
      {open ? <PanelContent /> : null}
    </DialogFrame>
  )
}
