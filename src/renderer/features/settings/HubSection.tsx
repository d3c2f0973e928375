import { useState } from 'react'
import type { HubState } from '../../../shared/contract/methods/hub.ts'
import { api, useEvent, useQuery } from '../../api/api.ts'
import { useAction } from '../../api/useAction.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { Confirm } from '../../components/Confirm.tsx'
import type { Column } from '../../components/DataTable.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { LoadingLines } from '../../components/LoadingLines.tsx'
import { ScreenBar } from '../../components/ScreenBar.tsx'
import { StateGlyph } from '../../components/StateGlyph.tsx'
import { useNow } from '../../stores/clock.ts'
import { useHubAnswer } from '../../stores/hub.ts'
import { useMay, useZone } from '../../stores/session.ts'
import { toast } from '../../stores/toast.ts'
import { clearanceWords, linkSentence, linkWords, sinceWords, waitingWords } from '../workstations/hubWords.ts'
import { JoinBar } from '../workstations/JoinBar.tsx'
import { type Enrolled, JoinForm } from '../workstations/JoinForm.tsx'
import type { Device } from './device.ts'
import { DeviceForm } from './DeviceForm.tsx'
import { InviteForm } from './InviteForm.tsx'
import type { SectionProps } from './sectionProps.ts'
import classes from './settings.module.css'
import { SettingsList } from './SettingsList.tsx'

const NO_INPUT = {} as const
const HERE = { kind: 'online', since: 0, version: '' } as const

const ENROLLED_WORDS: Readonly<Record<Enrolled, string>> = {
  found: 'Enrolled. Everything here is going up.',
  join: 'Enrolled. The company is on its way.',
  again: 'Enrolled again. What waited goes up, what the others did comes down.',
}

const sayEnrolled = (what: Enrolled): void => toast(ENROLLED_WORDS[what])

/** Not enrolled: what a hub is, and the way in. */
function WithoutHub({ manages }: { readonly manages: boolean }) {
  return (
    <div className={classes['plain']}>
      <ScreenBar title="Hub" detail="this workstation works by itself" />
      <div className={classes['plainBody']}>
        <p>
          A hub is a program on one machine of the office that keeps its workstations in step: what one does is on the others’ screens in a blink. Each keeps its own copy of the data and goes on when the line is down; nothing
          that was done is lost.
        </p>
        <p className="t2">Start the hub with “npm run hub” on a machine that is always on. It prints a code for the first workstation; that one’s data becomes the company.</p>
        {manages ? <JoinForm onEnrolled={sayEnrolled} /> : <p className="m">An owner enrols this workstation: ask one to sign in here.</p>}
      </div>
    </div>
  )
}

/** Out of reach or stopped there is nobody\u2019s list to show; where that lasts, a new code brings the workstation back. */
function EnrolAgain({ hub }: { readonly hub: HubState }) {
  return (
    <div className={classes['plainBody']}>
      <h2>{hub.link === 'stopped' ? 'Enrol it again' : 'Has the hub moved?'}</h2>
      {hub.link === 'stopped' ? null : (
        <p>
          It is asked again by itself. Where it got another address or another certificate, take a code from it (“npm run hub -- invite” on its machine): this workstation goes on with what it has, and what waits goes up.
        </p>
      )}
      <JoinForm onEnrolled={sayEnrolled} formerName={hub.deviceName} />
    </div>
  )
}

/** Going on without the hub. */
function Leave({ hub }: { readonly hub: HubState }) {
  const [asking, setAsking] = useState(false)
  const { run, busy, error } = useAction()
  const leave = (): void => {
    void run(() => api.action('hub.leave', {})).then((done) => {
      setAsking(false)
      if (done) toast('This workstation works by itself now')
    })
  }
  return (
    <>
      <ErrorNotice error={error} />
      <ActionButton small label="Leave the hub" onClick={() => setAsking(true)} />
      <Confirm open={asking} title="Leave the hub" action="Leave the hub" busy={busy} onConfirm={leave} onCancel={() => setAsking(false)}>
        This workstation keeps everything it has and works by itself. The others see nothing more of what is done here, and nothing of theirs comes in.
        {hub.waiting > 0 ? ` ${waitingWords(hub.waiting)}: the hub never gets ${hub.waiting === 1 ? 'it' : 'them'}.` : ''} To come back it is enrolled with a new code.
      </Confirm>
    </>
  )
}

/** How it stands, above the list. */
function LinkStrip({ hub, manages }: { readonly hub: HubState; readonly manages: boolean }) {
  const zone = useZone()
  const now = useNow()
  const { link, waiting, tone } = linkWords(HERE, 0, hub, now, zone)
  return (
    <section className={classes['strip']} aria-label="This workstation and the hub">
      <p className="row">
        <StateGlyph state={tone === 'calm' ? 'working' : tone === 'warning' ? 'hold' : tone === 'alarm' ? 'alert' : 'dispatched'} {...(tone === 'calm' ? { className: 'good-t' } : {})} />
        <span className="m nw">{link}</span>
        <span className="t2 nw">{waiting}</span>
        <span className="t3 el">
          {hub.deviceName} at {hub.address}
        </span>
        <span className="sp" />
        {manages ? <Leave hub={hub} /> : null}
      </p>
      <p className="t2">{linkSentence(hub, now, zone)}</p>
      {hub.problem === null ? null : <ErrorNotice error={{ message: hub.problem }} />}
      {hub.link === 'joining' ? <JoinBar hub={hub} /> : null}
    </section>
  )
}

function Devices({ selected }: { readonly selected: string | undefined }) {
  const { data, error, refetch } = useQuery('hub.devices', NO_INPUT)
  const zone = useZone()
  const now = useNow()
  useEvent('hub', refetch)
  useEvent('presence', refetch)
  if (!data) return error ? <ErrorNotice error={error} onRetry={refetch} /> : <LoadingLines />
  const columns: readonly Column<Device>[] = [
    {
      key: 'name',
      header: 'Workstation',
      width: 'minmax(0, 1fr)',
      strong: true,
      cell: ({ name, self }) => (
        <>
          {name}
          {self ? <span className={classes['this']}>this one</span> : null}
        </>
      ),
    },
    {
      key: 'state',
      header: 'Now',
      width: '144px',
      cell: ({ revokedAt, connected }) => (
        <span className="row">
          <StateGlyph state={revokedAt !== null ? 'canceled' : connected ? 'working' : 'hold'} {...(revokedAt === null && connected ? { className: 'good-t' } : {})} />
          {revokedAt !== null ? `Revoked ${sinceWords(revokedAt, now, zone)}` : connected ? 'Connected' : 'Not connected'}
        </span>
      ),
    },
    { key: 'seen', header: 'Last seen', width: '80px', align: 'right', cell: ({ lastSeenAt, connected }) => (connected ? 'now' : lastSeenAt === null ? '\u2013' : sinceWords(lastSeenAt, now, zone)) },
    { key: 'holds', header: 'Keeps a copy of', width: 'minmax(0, 1.1fr)', quiet: true, cell: ({ clearances }) => clearanceWords(clearances) },
    { key: 'version', header: 'Baton', width: '64px', quiet: true, cell: ({ version }) => version },
  ]
  return (
    <SettingsList
      section="hub"
      title="Workstations"
      detail={`${data.filter(({ revokedAt }) => revokedAt === null).length} enrolled`}
      add="Invite a workstation"
      rows={data.map((device) => ({ ...device, id: device.deviceId }))}
      columns={columns}
      selected={selected}
      form={(device) => (device ? <DeviceForm key={device.id} device={device} onChanged={refetch} /> : <InviteForm key="invite" />)}
    />
  )
}

/** Below how it stands: the list, or why there is none. */
function Below({ hub, manages, selected }: { readonly hub: HubState; readonly manages: boolean; readonly selected: string | undefined }) {
  if (!manages) return <p className={classes['strip']}>An owner names, invites and revokes workstations.</p>
  if (hub.link === 'stopped' || hub.link === 'offline') return <EnrolAgain key={hub.link} hub={hub} />
  // Until the company is at the hub, the hub knows no owner who may see its workstations.
  if (hub.link === 'joining') return <p className={classes['strip']}>The workstations are listed here as soon as everything is there. Then others are invited.</p>
  return <Devices selected={selected} />
}

/** The hub: joining it, how this workstation stands to it, and the workstations of the office. */
export function HubSection({ selected }: SectionProps) {
  const { data: hub, error, refetch } = useHubAnswer()
  const manages = useMay()('hub.manage')
  if (!hub) return error ? <ErrorNotice error={error} onRetry={refetch} /> : <LoadingLines />
  if (hub.link === 'none') return <WithoutHub manages={manages} />
  return (
    <div className={classes['stacked']}>
      <LinkStrip hub={hub} manages={manages} />
      <Below hub={hub} manages={manages} selected={selected} />
    </div>
  )
}
