import { formatPhone } from '../../../shared/base/phone.ts'
import { formatDay, formatTime, wallTimeOf } from '../../../shared/base/zone.ts'
import { CALL_KIND_RULES } from '../../../shared/domain/calls/kinds.ts'
import { useQuery } from '../../api/api.ts'
import type { OutputOf } from '../../api/types.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { DetailPanel, Facts, PanelSection } from '../../components/DetailPanel.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { LoadingLines } from '../../components/LoadingLines.tsx'
import { PlainChip } from '../../components/StateGlyph.tsx'
import { askConclusion } from '../../stores/calls.ts'
import { navigate, routeHref } from '../../stores/route.ts'
import { useCompany } from '../../stores/session.ts'
import { Recordings, useRecordingShown } from '../recordings/Recordings.tsx'
import { VoicemailSection } from '../recordings/VoicemailPlayer.tsx'
import { formatDuration, numberWords, outcomeWords, ringWords } from './callWords.ts'
import { PhoneNumber } from './PhoneNumber.tsx'

type Detail = OutputOf<'calls.detail'>

function when(at: number, zone: string): string {
  return `${formatDay(wallTimeOf(at, zone).day)}, ${formatTime(at, zone)}`
}

/** The call back that is owed, was made, or why there is none. */
function callBackWords(call: Detail, zone: string): string {
  switch (call.followUp) {
    case 'owed':
      return call.callBackBy === null ? 'Owed' : `By ${when(call.callBackBy, zone)}`
    case 'done':
      return 'Returned'
    case 'dropped':
      return 'Not called back'
    case 'none':
      return 'None'
  }
}

/** How long it is, when it was left, and where the telephone system keeps it. */
function voicemailWords({ voicemailSeconds, voicemailAt, voicemailRecording }: Detail, zone: string): string {
  const left = voicemailAt === null ? '' : `, ${formatTime(voicemailAt, zone)}`
  return `${formatDuration((voicemailSeconds ?? 0) * 1000)}${left}${voicemailRecording === null ? '' : `, recorded as ${voicemailRecording}`}`
}

function CallFacts({ call }: { readonly call: Detail }) {
  const { zone, ringLimitSeconds } = useCompany()
  const ring = call.ringMs === null ? '–' : `${Math.round(call.ringMs / 1000)} s, ${ringWords(call.ringMs, ringLimitSeconds)}`
  return (
    <Facts
      items={[
        { name: call.direction === 'in' ? 'Came' : 'Made', value: when(call.offeredAt, zone) },
        { name: 'About', value: call.kind === null ? '–' : CALL_KIND_RULES[call.kind].name },
        { name: 'Line', value: [...new Set([call.lineName, formatPhone(call.lineNumber)])].filter((word) => word !== '').join(', ') || '–' },
        { name: 'Rang', value: ring },
        { name: 'Talked', value: call.talkMs ? formatDuration(call.talkMs) : '–' },
        { name: call.direction === 'in' ? 'Taken by' : 'Called by', value: call.agentName ?? 'Nobody' },
        ...(call.endCause === 'transferred' ? [{ name: 'Ended', value: 'Put through to another telephone' }] : []),
        ...(call.returnsCallId === null ? [] : [{ name: 'Returned', value: <a href={routeHref({ area: 'calls', path: [call.returnsCallId] })}>the earlier call</a> }]),
        ...(call.transferredAt === null ? [] : [{ name: 'Put through', value: `${call.transferredBy ?? 'By a colleague'}, ${formatTime(call.transferredAt, zone)}` }]),
        ...(call.voicemailSeconds === null ? [] : [{ name: 'Voicemail', value: voicemailWords(call, zone) }]),
      ]}
    />
  )
}

function Customer({ call }: { readonly call: Detail }) {
  if (call.extension !== null) return <p className="t2">A call between your own telephones: no customer’s.</p>
  if (call.customerId === null) {
    return <p className="t2">{call.fromNumber === null ? 'The number was withheld.' : 'No customer is linked to this call.'}</p>
  }
  return (
    <>
      <p>
        <a href={routeHref({ area: 'customers', path: [call.customerId] })}>{call.name}</a>
      </p>
      <p className="t2">{call.address === '' ? 'No location said' : call.address}</p>
    </>
  )
}

/** One call of the log, and what can still be said or done about it. */
export function CallDetail({ callId }: { readonly callId: string }) {
  const { data: call, error, refetch } = useQuery('calls.detail', { callId })
  const recorded = useRecordingShown(callId)
  const { zone } = useCompany()
  if (!call) return <DetailPanel label="Call">{error ? <ErrorNotice error={error} onRetry={refetch} /> : <LoadingLines />}</DetailPanel>
  const booked = call.jobId !== null
  const returns = call.direction === 'in' ? callId : null
  return (
    <DetailPanel
      label="Call"
      title={call.name === '' ? numberWords(call.fromNumber) : call.name}
      aside={call.practice ? <PlainChip>Practice</PlainChip> : null}
      {...(booked || call.extension !== null
        ? {}
        : {
            footer: (
              <>
                <ActionButton kind="primary" label="Book on this call" keys="B" onClick={() => navigate({ area: 'booking', query: { call: callId } })} />
                {call.state === 'ended' ? <ActionButton label="Say how it ended" keys="O" onClick={() => askConclusion(callId)} /> : null}
              </>
            ),
          })}
    >
      <PanelSection>
        <p className="t2">{call.extension !== null ? `Extension ${call.extension}` : call.fromNumber === null ? 'Number withheld' : <PhoneNumber number={call.fromNumber} name={call.name} customerId={call.customerId} returnsCallId={returns} />}</p>
        <CallFacts call={call} />
      </PanelSection>
      <PanelSection title="Outcome" aside={<span className="m">{outcomeWords(call)}</span>} {...(call.followUp === 'owed' ? { tone: 'yours' as const } : {})}>
        <Facts
          items={[
            { name: 'Reason', value: call.reason === '' ? (call.outcomeByRule && call.outcome === 'unbooked' ? 'Nobody has said yet' : '–') : call.reason },
            { name: 'Call back', value: callBackWords(call, zone) },
            ...(call.callBackNumber === null ? [] : [{ name: 'At', value: <PhoneNumber number={call.callBackNumber} name={call.name} customerId={call.customerId} returnsCallId={returns} /> }]),
            ...(booked ? [{ name: 'Job', value: <a href={routeHref({ area: 'jobs', path: [call.jobId ?? ''] })}>{call.jobNumber}</a> }] : []),
          ]}
        />
      </PanelSection>
      {call.voicemailAt === null ? null : <VoicemailSection key={`voicemail ${callId}`} callId={callId} keys={recorded ? null : ' '} />}
      <Recordings key={callId} callId={callId} />
      <PanelSection title="Customer">
        <Customer call={call} />
      </PanelSection>
      {call.callerName === '' && call.notes === '' ? null : (
        <PanelSection title="Notes">
          {call.callerName === '' ? null : <p className="m">{call.callerName}</p>}
          <p style={{ whiteSpace: 'pre-wrap' }}>{call.notes}</p>
        </PanelSection>
      )}
    </DetailPanel>
  )
}
