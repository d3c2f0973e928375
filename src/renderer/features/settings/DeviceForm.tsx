import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useAction } from '../../api/useAction.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { Confirm } from '../../components/Confirm.tsx'
import { Facts } from '../../components/DetailPanel.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { useNow } from '../../stores/clock.ts'
import { useZone } from '../../stores/session.ts'
import { toast } from '../../stores/toast.ts'
import { clearanceWords, sinceWords } from '../workstations/hubWords.ts'
import type { Device } from './device.ts'
import { FormText } from './formFields.tsx'
import { RecordPanel } from './RecordPanel.tsx'
import { useRecordForm } from './useRecordForm.ts'

/** Takes a workstation\u2019s access away, after saying what that means. */
function Revoke({ device, onChanged }: { readonly device: Device; readonly onChanged: () => void }) {
  const [asking, setAsking] = useState(false)
  const { run, busy, error } = useAction()
  const revoke = (): void => {
    void run(() => api.action('hub.revoke', { deviceId: device.deviceId })).then((done) => {
      setAsking(false)
      onChanged()
      if (done) toast(`${device.name} is revoked`)
    })
  }
  return (
    <>
      <ErrorNotice error={error} />
      <ActionButton label="Revoke" onClick={() => setAsking(true)} />
      <Confirm open={asking} title={`Revoke ${device.name}`} action={`Revoke ${device.name}`} busy={busy} onConfirm={revoke} onCancel={() => setAsking(false)}>
        It gets nothing more from the hub, at once. What was done there and has not come up yet stays there; payments, calls and notes among it are kept by the hub and flagged if they still arrive. The copy of the data on its
        disk stays until somebody deletes it. It can be enrolled again with a new code.
      </Confirm>
    </>
  )
}

/** One workstation: its name, what it keeps a copy of, and its access. */
export function DeviceForm({ device, onChanged }: { readonly device: Device; readonly onChanged: () => void }) {
  const zone = useZone()
  const now = useNow()
  const form = useRecordForm({
    record: `hub/${device.deviceId}`,
    initial: { name: device.name },
    fields: ['name'],
    send: ({ name }) => api.action('hub.rename', { deviceId: device.deviceId, name }),
    said: 'Workstation renamed',
    onSaved: onChanged,
  })
  const revocable = device.revokedAt === null && !device.self
  return (
    <RecordPanel title={device.name} form={form} action="Save the name" more={revocable ? <Revoke device={device} onChanged={onChanged} /> : null}>
      <FormText form={form} field="name" label="Name" required maxLength={60} hint="As people read it: Front desk 2." />
      <Facts
        items={[
          { name: 'Enrolled', value: sinceWords(device.enrolledAt, now, zone) },
          { name: 'Last seen', value: device.connected ? 'Connected now' : device.lastSeenAt === null ? 'Not since it was enrolled' : sinceWords(device.lastSeenAt, now, zone) },
          { name: 'Copy of', value: clearanceWords(device.clearances) },
          { name: 'Baton', value: device.version },
          ...(device.revokedAt === null ? [] : [{ name: 'Revoked', value: sinceWords(device.revokedAt, now, zone) }]),
          ...(device.self ? [{ name: 'This one', value: 'You are at it. To take it out, leave the hub.' }] : []),
        ]}
      />
    </RecordPanel>
  )
}
