import { useState } from 'react'
import { formatDay, formatTime, wallTimeOf } from '../../../shared/base/zone.ts'
import type { ListedRecording } from '../../../shared/contract/methods/recordings.ts'
import { useQuery } from '../../api/api.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { PanelSection } from '../../components/DetailPanel.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { SegmentedControl } from '../../components/SegmentedControl.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { useCompany, useMay } from '../../stores/session.ts'
import { formatDuration } from '../calls/callWords.ts'
import { consentWords, keptWords, pauseWords } from './recordingFacts.ts'
import classes from './recordings.module.css'
import { SPEEDS, usePlayer } from './usePlayer.ts'
import { Waveform } from './Waveform.tsx'

const SEGMENTS = SPEEDS.map((speed) => ({ value: String(speed), label: `${speed}\u00D7` }))

function RecordingPlayer({ recording, more }: { readonly recording: ListedRecording; readonly more: (() => void) | null }) {
  const { zone } = useCompany()
  const player = usePlayer(recording.recordingId)
  const { state, at, speed, error } = player
  const playing = state === 'playing'
  useHotkeys('Recording', [
    { keys: ' ', label: 'Play, or stop there', run: player.toggle },
    { keys: 'ArrowLeft', label: '5 seconds back', run: () => player.step(-1) },
    { keys: 'ArrowRight', label: '5 seconds on', run: () => player.step(1) },
    { keys: 'S', label: 'Faster, or as it was', run: player.faster },
    ...(more ? [{ keys: 'N', label: 'The next part', run: more }] : []),
  ])
  return (
    <div className={classes['player']}>
      {player.sound ? <Waveform recording={recording} player={player} /> : null}
      <div className={classes['row']}>
        <ActionButton small label={state === 'loading' ? 'Fetching' : playing ? 'Stop' : player.sound ? 'Play' : 'Listen'} keys=" " busy={state === 'loading'} onClick={player.toggle} />
        <span className={classes['time']} role="timer" aria-label="Position">
          {formatDuration(at * 1000)} of {formatDuration(recording.durationMs)}
        </span>
        <SegmentedControl label="Speed" value={String(speed)} segments={SEGMENTS} onChange={(value) => player.choose(SPEEDS.find((one) => String(one) === value) ?? 1)} />
      </div>
      {error ? <ErrorNotice error={error} /> : null}
      {recording.pauses.length === 0 ? null : (
        <ul className={`${classes['pauses']} t2`} aria-label="Not recorded">
          {recording.pauses.map((pause) => (
            <li key={pause.from}>{pauseWords(pause)}</li>
          ))}
        </ul>
      )}
      <p className="t2">
        {consentWords(recording, zone)} {keptWords(recording, zone)}
        {recording.cutOff ? ' It broke off: the page with the sound was closed or loaded anew.' : ''}
      </p>
    </div>
  )
}

/** What was recorded of a call, for those who may listen; nobody else is even told that there is something. */
export function Recordings({ callId }: { readonly callId: string }) {
  const may = useMay()
  const { zone } = useCompany()
  const [chosen, setChosen] = useState(0)
  const { data, error } = useQuery('recording.ofCall', may('recording.listen') ? { callId } : null)
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
