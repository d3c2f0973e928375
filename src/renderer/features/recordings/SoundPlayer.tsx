import type { ReactNode } from 'react'
import type { RecordingPause } from '../../../shared/domain/recordings/tables.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { SegmentedControl } from '../../components/SegmentedControl.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { formatDuration } from '../calls/callWords.ts'
import { InPlace } from './InPlace.tsx'
import classes from './recordings.module.css'
import { type Player, SPEEDS } from './usePlayer.ts'
import { Waveform } from './Waveform.tsx'

const SEGMENTS = SPEEDS.map((speed) => ({ value: String(speed), label: `${speed}\u00D7` }))
const NO_PAUSES: readonly RecordingPause[] = []

interface SoundPlayerProps {
  /** What is played: `Recording`, `Voicemail`. */
  readonly title: string
  /** The key that plays and stops; none where another player has it. */
  readonly keys: string | null
  readonly player: Player
  readonly durationMs: number
  readonly pauses?: readonly RecordingPause[]
  readonly oneSide?: boolean
  /** In one line, where there is little room: the waveform beside the buttons. */
  readonly narrow?: boolean
  readonly children?: ReactNode
}

/** The waveform, and what steers it: by keys and by the pointer. */
export function SoundPlayer({ title, keys, player, durationMs, pauses = NO_PAUSES, oneSide = false, narrow = false, children }: SoundPlayerProps) {
  const { state, at, speed, error, sound } = player
  const playing = state === 'playing'
  const withSound = sound !== null
  useHotkeys(
    title,
    [
      { keys: keys ?? ' ', label: 'Play, or stop there', run: player.toggle },
      ...(withSound || !narrow
        ? [
            { keys: 'ArrowLeft', label: '5 seconds back', run: () => player.step(-1) },
            { keys: 'ArrowRight', label: '5 seconds on', run: () => player.step(1) },
            // With a promise in hand the letters say what came of it.
            { keys: narrow ? 'Shift+ArrowRight' : 'S', label: 'Faster, or as it was', run: player.faster },
          ]
        : []),
    ],
    { enabled: keys !== null },
  )
  return (
    <div className={`${classes['player']} ${narrow ? classes['narrow'] : ''}`} role="group" aria-label={title}>
      {withSound ? (
        <Waveform label={`Position in the ${title.toLowerCase()}`} durationMs={durationMs} pauses={pauses} oneSide={oneSide} player={player} />
      ) : (
        // Its place is kept, and what went wrong is said there: nothing below moves.
        <div className={classes['wave']}>{error ? <InPlace error={error} /> : null}</div>
      )}
      <div className={classes['row']}>
        <ActionButton small label={state === 'loading' ? 'Fetching' : playing ? 'Stop' : withSound ? 'Play' : 'Listen'} {...(keys === null ? {} : { keys })} busy={state === 'loading'} onClick={player.toggle} />
        <span className={classes['time']} role="timer" aria-label="Position">
          {formatDuration(at * 1000)} of {formatDuration(durationMs)}
        </span>
        <SegmentedControl label="Speed" value={String(speed)} segments={SEGMENTS} onChange={(value) => player.choose(SPEEDS.find((one) => String(one) === value) ?? 1)} />
      </div>
      {children}
    </div>
  )
}
