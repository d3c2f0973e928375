import { useState } from 'react'
import { formatDay, formatTime, wallTimeOf } from '../../../shared/base/zone.ts'
import type { ListedRecording } from '../../../shared/contract/methods/recordings.ts'
import { useQuery } from '../../api/api.ts'
import { PanelSection } from '../../components/DetailPanel.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { useCompany, useMay } from '../../stores/session.ts'
import { fetchRecording } from './fetchRecording.ts'
import { consentWords, keptWords, pauseWords } from './recordingFacts.ts'
import classes from './recordings.module.css'
import { SoundPlayer } from './SoundPlayer.tsx'
import { usePlayer } from './usePlayer.ts'

function RecordingPlayer({ recording, more }: { readonly recording: ListedRecording; readonly more: (() => void) | null }) {
  const { zone } = useCompany()
  const player = usePlayer(() => fetchRecording(recording.recordingId))
  const { durationMs, pauses } = recording
  useHotkeys('Recording', more ? [{ keys: 'N', label: 'The next part', run: more }] : [])
  return (
    <SoundPlayer title="Recording" keys=" " player={player} durationMs={durationMs} pauses={pauses}>
      {pauses.length === 0 ? null : (
        <ul className={`${classes['pauses']} t2`} aria-label="Not recorded">
          {pauses.map((pause) => (
            <li key={pause.from}>{pauseWords(pause)}</li>
          ))}
        </ul>
      )}
      <p className="t2">
        {consentWords(recording, zone)} {keptWords(recording, zone)}
        {recording.cutOff ? ' It broke off: the page with the sound was closed or loaded anew.' : ''}
      </p>
    </SoundPlayer>
  )
}

function useRecordings(callId: string) {
  const may = useMay()
  return useQuery('recording.ofCall', may('recording.listen') ? { callId } : null)
}

/** Whether a recording of this call takes the keys that play; for whoever may not listen there is none. */
export function useRecordingShown(callId: string): boolean {
  const { data, loading } = useRecordings(callId)
  return loading || (data?.recordings.some(({ goneAt }) => goneAt === null) ?? false)
}

/** What was recorded of a call, for those who may listen; nobody else is even told that there is something. */
export function Recordings({ callId }: { readonly callId: string }) {
  const { zone } = useCompany()
  const [chosen, setChosen] = useState(0)
  const { data, error } = useRecordings(callId)
  if (error) return <ErrorNotice error={error} />
  if (!data || data.recordings.length === 0) return null
  const { recordings, listened } = data
  const recording = recordings[chosen] ?? recordings[0]
  if (!recording) return null
  const more = recordings.length > 1 ? () => setChosen((chosen + 1) % recordings.length) : null
  const [last] = listened
  return (
    <PanelSection title="Recording" aside={<span className="t2">{recordings.length > 1 ? `Part ${Math.min(chosen, recordings.length - 1) + 1} of ${recordings.length}` : ''}</span>}>
      {recording.goneAt === null ? <RecordingPlayer key={recording.recordingId} recording={recording} more={more} /> : <p className="t2">{keptWords(recording, zone)}</p>}
      {last ? (
        <p className="t3">
          Listened to {listened.length === 1 ? 'once' : `${listened.length} times`}, last by {last.name}, {formatDay(wallTimeOf(last.at, zone).day)} {formatTime(last.at, zone)}.
        </p>
      ) : null}
    </PanelSection>
  )
}
