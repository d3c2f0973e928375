import type { KeyboardEvent, PointerEvent } from 'react'
import type { RecordingPause } from '../../../shared/domain/recordings/tables.ts'
import { formatDuration } from '../calls/callWords.ts'
import { BARS } from './fetchRecording.ts'
import classes from './recordings.module.css'
import type { Player } from './usePlayer.ts'

const HEIGHT = 56
const MIDDLE = HEIGHT / 2
/** A bar of silence is still a point: something was recorded there. */
const LEAST = 0.6

interface WaveformProps {
  /** `Position in the recording` */
  readonly label: string
  readonly durationMs: number
  readonly pauses: readonly RecordingPause[]
  /** Only one side speaks: it is above and below the line. */
  readonly oneSide?: boolean
  readonly player: Player
}

/** This office above the line, the other side below it; what was not recorded is hatched, and no bar stands in it. */
export function Waveform({ label, durationMs, pauses, oneSide = false, player }: WaveformProps) {
  const { sound, at, seek, step } = player
  const place = (milliseconds: number): number => (milliseconds / durationMs) * BARS
  const paused = (bar: number): boolean => pauses.some(({ from, to }) => bar + 0.5 >= place(from) && bar + 0.5 <= place(to))
  const press = (event: PointerEvent<SVGSVGElement>): void => {
    const box = event.currentTarget.getBoundingClientRect()
    seek(((event.clientX - box.left) / box.width) * (durationMs / 1000))
  }
  const turns: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => step(-1),
    ArrowDown: () => step(-1),
    ArrowRight: () => step(1),
    ArrowUp: () => step(1),
    Home: () => seek(0),
    End: () => seek(durationMs / 1000),
  }
  const turn = (event: KeyboardEvent): void => {
    const run = event.ctrlKey || event.altKey || event.metaKey || event.shiftKey ? undefined : turns[event.key]
    if (!run) return
    // With the focus here they are the slider’s, and nobody else’s.
    event.preventDefault()
    run()
  }
  const total = formatDuration(durationMs)
  return (
    <svg className={classes['wave']} viewBox={`0 0 ${BARS} ${HEIGHT}`} preserveAspectRatio="none" role="slider" aria-label={label} aria-valuemin={0} aria-valuemax={Math.round(durationMs / 1000)} aria-valuenow={Math.round(at)} aria-valuetext={`${formatDuration(at * 1000)} of ${total}`} tabIndex={0} onPointerDown={press} onKeyDown={turn}>
      <defs>
        <pattern id="not-recorded" width="3" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <line x1="0" y1="0" x2="0" y2="6" className={classes['hatch']} />
        </pattern>
      </defs>
      {pauses.map(({ from, to, why }) => (
        <rect key={from} data-paused={why} x={place(from)} y={0} width={Math.max(0.5, place(to) - place(from))} height={HEIGHT} fill="url(#not-recorded)" />
      ))}
      {(sound?.peaks ?? []).map(({ office, other }, bar) =>
        paused(bar) ? null : (
          <g key={bar}>
            <rect className={oneSide ? classes['other'] : classes['office']} x={bar + 0.15} width={0.7} y={MIDDLE - Math.max(LEAST, office * MIDDLE)} height={Math.max(LEAST, office * MIDDLE)} />
            <rect className={classes['other']} x={bar + 0.15} width={0.7} y={MIDDLE} height={Math.max(LEAST, other * MIDDLE)} />
          </g>
        ),
      )}
      <rect className={classes['here']} x={place(at * 1000)} width={0.6} y={0} height={HEIGHT} />
    </svg>
  )
}
