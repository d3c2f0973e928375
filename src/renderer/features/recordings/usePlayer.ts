import { useEffect, useRef, useState } from 'react'
import type { ContractError } from '../../../shared/contract/frames.ts'
import { asContractError } from '../../api/errors.ts'
import type { Sound } from './sound.ts'

export const SPEEDS = [1, 1.25, 1.5, 2] as const
export type Speed = (typeof SPEEDS)[number]

/** Seconds of one press. */
const STEP = 5

export interface Player {
  readonly sound: Sound | null
  readonly state: 'idle' | 'loading' | 'paused' | 'playing'
  /** Seconds. */
  readonly at: number
  readonly speed: Speed
  readonly error: ContractError | null
  readonly toggle: () => void
  readonly seek: (seconds: number) => void
  readonly step: (direction: 1 | -1) => void
  readonly faster: () => void
  readonly choose: (speed: Speed) => void
}

/**
 * Plays what somebody said. It is fetched when somebody first wants to hear it, because that is written down.
 * @param bring fetches it; throws with the sentence why it can’t be heard
 */
export function usePlayer(bring: () => Promise<Sound>): Player {
  const audio = useRef<HTMLAudioElement | null>(null)
  const [sound, setSound] = useState<Sound | null>(null)
  const [state, setState] = useState<Player['state']>('idle')
  const [at, setAt] = useState(0)
  const [speed, setSpeed] = useState<Speed>(1)
  /** Chosen before there was anything to play, it holds from the first sound. */
  const chosen = useRef<Speed>(1)
  const [error, setError] = useState<ContractError | null>(null)

  useEffect(() => {
    if (!sound) return
    const address = URL.createObjectURL(new Blob([sound.wave], { type: 'audio/wav' }))
    const element = new Audio(address)
    element.playbackRate = chosen.current
    audio.current = element
    const follow = (): void => setAt(element.currentTime)
    element.addEventListener('timeupdate', follow)
    element.addEventListener('seeked', follow)
    element.addEventListener('play', () => setState('playing'))
    element.addEventListener('pause', () => setState('paused'))
    void element.play().catch(() => setState('paused'))
    return () => {
      element.pause()
      audio.current = null
      URL.revokeObjectURL(address)
    }
  }, [sound])

  const toggle = (): void => {
    const element = audio.current
    if (element) return void (element.paused ? element.play().catch(() => undefined) : element.pause())
    if (state === 'loading') return
    setState('loading')
    setError(null)
    bring().then(
      (fetched) => {
        setState('paused')
        setSound(fetched)
      },
      (thrown: unknown) => {
        setState('idle')
        setError(asContractError(thrown))
      },
    )
  }
  const seek = (seconds: number): void => {
    if (!audio.current || !sound) return
    audio.current.currentTime = Math.max(0, Math.min(sound.seconds, seconds))
    setAt(audio.current.currentTime)
  }
  const choose = (next: Speed): void => {
    setSpeed(next)
    chosen.current = next
    if (audio.current) audio.current.playbackRate = next
  }
  return {
    sound,
    state,
    at,
    speed,
    error,
    toggle,
    seek,
    step: (direction) => seek((audio.current?.currentTime ?? 0) + direction * STEP),
    faster: () => choose(SPEEDS[(SPEEDS.indexOf(speed) + 1) % SPEEDS.length] ?? 1),
    choose,
  }
}
