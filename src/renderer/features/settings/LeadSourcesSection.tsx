import { useState } from 'react'
import { leadSourceId } from '../../../shared/domain/leads/ids.ts'
import { CHANNEL_DEFAULTS, LEAD_CHANNEL_NAMES, LEAD_CHANNELS } from '../../../shared/domain/leads/tables.ts'
import { ROLE_NAMES, ROLES } from '../../../shared/domain/people/permissions.ts'
import { api, useQuery } from '../../api/api.ts'
import type { OutputOf } from '../../api/types.ts'
import { useAction } from '../../api/useAction.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { formatDue } from '../../components/Due.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { LoadingLines } from '../../components/LoadingLines.tsx'
import { useNow } from '../../stores/clock.ts'
import { useZone } from '../../stores/session.ts'
import { toast } from '../../stores/toast.ts'
import hubClasses from '../workstations/workstations.module.css'
import { FormChoice, FormNumber, FormSwitch, FormText, Switch } from './formFields.tsx'
import { RecordPanel } from './RecordPanel.tsx'
import type { SectionProps } from './sectionProps.ts'
import { inUse, SettingsList } from './SettingsList.tsx'
import { useRecordForm } from './useRecordForm.ts'

type Source = OutputOf<'leads.settings'>['sources'][number]

const NO_INPUT = {} as const
const CHANNELS = LEAD_CHANNELS.map((value) => ({ value, label: LEAD_CHANNEL_NAMES[value] }))
const ROLE_OPTIONS = ROLES.map((value) => ({ value, label: ROLE_NAMES[value] }))

const copy = (text: string, what: string): void =>
  void navigator.clipboard.writeText(text).then(
    () => toast(`${what} copied`),
    () => toast('This page may not copy. Select it and copy it by hand.'),
  )

/** The secret that its messages are signed with: made at the hub, shown once. */
function Secret({ source }: { readonly source: Source }) {
  const { data, error: unread, refetch } = useQuery('leads.secrets', NO_INPUT)
  const [made, setMade] = useState<OutputOf<'leadSource.newSecret'> | null>(null)
  const [endOthersNow, setEndOthersNow] = useState(false)
  const { run, busy, error } = useAction()
  const make = (): void => {
    void run(async () => {
      setMade(await api.action('leadSource.newSecret', { sourceId: source.id, endOthersNow }))
      refetch()
    })
  }
  if (!data) return unread ? <ErrorNotice error={unread} onRetry={refetch} /> : <LoadingLines rows={3} />
  const held = data.secrets.filter(({ sourceId }) => sourceId === source.id).length
  return (
    <>
      <h3>Sending over HTTP</h3>
      {data.hindrance === null ? (
        <>
          <p className="t2">Sends to this address, signed with its secret, as docs/intake.md says.</p>
          <p className={hubClasses['code']}>{`${data.address}/${source.key}`}</p>
          {held > 0 ? <Switch label="End the secrets before at once, instead of in a day" checked={endOthersNow} onChange={setEndOthersNow} /> : null}
          <div className="row">
            <ActionButton label={held > 0 ? 'New secret' : 'Make a secret'} busy={busy} onClick={make} />
            {made ? <ActionButton kind="quiet" label="Copy the secret" onClick={() => copy(made.secret, 'Secret')} /> : null}
            <span className="t2">{held === 0 ? 'No secret: nothing is taken from it.' : held === 1 ? 'One secret is good.' : `${held} secrets are good.`}</span>
          </div>
          <div aria-live="polite">
            {made ? (
              <>
                <p className="cap">Secret, shown this once</p>
                <p className={hubClasses['code']}>{made.secret}</p>
              </>
            ) : null}
          </div>
        </>
      ) : (
        <p>{data.hindrance}</p>
      )}
      <ErrorNotice error={error} />
    </>
  )
}

function SourceForm({ initial, isNew, onSaved }: { readonly initial: Source; readonly isNew: boolean; readonly onSaved: (id: string) => void }) {
  const form = useRecordForm<Source>({
    record: `leadSources/${isNew ? 'new' : initial.id}`,
    initial,
    fields: ['key', 'name', 'channel', 'role', 'contactMinutes'],
    send: ({ key, name, channel, role, contactMinutes, active }) => api.command('leadSource.save', { id: leadSourceId(key), key, name, channel, role, contactMinutes, active }),
    said: 'Source saved',
    onSaved: ({ key }) => onSaved(leadSourceId(key)),
  })
  return (
    <RecordPanel title={isNew ? 'New source' : initial.name} form={form} action="Save the source">
      <FormText form={form} field="name" label="Name" required maxLength={60} hint="As people call it: Angi, our website" />
      {isNew ? <FormText form={form} field="key" label="Key" required maxLength={40} hint="The end of its address, and for good: angi" /> : null}
      <FormChoice form={form} field="channel" label="What it sends" options={CHANNELS} required />
      <FormChoice form={form} field="role" label="Who works it" options={ROLE_OPTIONS} required />
      <FormNumber form={form} field="contactMinutes" label="First contact within" unit="minutes of open office" required />
      <FormSwitch form={form} field="active" label="In use" />
      {isNew ? null : <Secret source={initial} />}
    </RecordPanel>
  )
}

function Last({ at }: { readonly at: number | null }) {
  const [now, zone] = [useNow(), useZone()]
  return <>{at === null ? '\u2013' : formatDue(at, now, zone)}</>
}

/** Who sends leads, and how. */
export function LeadSourcesSection({ selected }: SectionProps) {
  const { data, error, refetch } = useQuery('leads.settings', NO_INPUT)
  if (!data) return error ? <ErrorNotice error={error} onRetry={refetch} /> : <LoadingLines />
  return (
    <SettingsList
      section="leadSources"
      title="Lead sources"
      detail="who sends web bookings, leads and chats"
      add="Add a source"
      empty="No source yet. Add one for each form, marketplace and manufacturer that sends leads."
      rows={data.sources}
      selected={selected}
      columns={[
        { key: 'name', header: 'Source', strong: true, cell: ({ name }) => name },
        { key: 'channel', header: 'Sends', width: '132px', cell: ({ channel }) => LEAD_CHANNEL_NAMES[channel] },
        { key: 'role', header: 'Worked by', quiet: true, cell: ({ role }) => ROLE_NAMES[role] },
        { key: 'leads', header: 'Leads', width: '64px', align: 'right', cell: ({ leads }) => leads },
        { key: 'last', header: 'Last', width: '116px', quiet: true, cell: ({ lastAt }) => <Last at={lastAt} /> },
        inUse(),
      ]}
      form={(row, id, done) => <SourceForm key={row?.id ?? id} isNew={!row} onSaved={done} initial={row ?? { id, key: '', name: '', channel: 'web', ...CHANNEL_DEFAULTS.web, active: true, leads: 0, lastAt: null }} />}
    />
  )
}
