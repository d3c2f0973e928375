import { useEffect, useRef, useState } from 'react'
import type { ContractError } from '../../../shared/contract/frames.ts'
import { asContractError } from '../../api/errors.ts'
import { earTaken, useCallsStore } from '../../stores/calls.ts'
import { usePerson } from '../../stores/session.ts'
import { toast } from '../../stores/toast.ts'
import type { Sound } from './sound.ts'

export const SPEEDS = [1, 1.25, 1.5, 2] as const
export type Speed = (typeof SPEEDS)[number]

/** Seconds of one press. */
const STEP = 5

const LATER = 'It plays once you are off the telephone.'

/** Asked of this very moment, where what was rendered may be older. */
const mayPlay = (userId: string): boolean => !earTaken(useCallsStore.getState(), userId)

/** What is heard of this page: one at a time. */
let heard: HTMLAudioElement | null = null

function onlyThis(element: HTMLAudioElement): void {
  if (heard !== element) heard?.pause()
  heard = element
}

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
 * Plays what somebody said, where the telephone leaves them their ear: it stops when it rings here, and starts again by a key
 * only. It is fetched when somebody first wants to hear it, because that is written down.
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
  const { userId } = usePerson()
  const taken = useCallsStore((state) => earTaken(state, userId))
  const listener = useRef(userId)
  listener.current = userId

  useEffect(() => {
    if (taken) audio.current?.pause()
  }, [taken])

  useEffect(() => {
    if (!sound) return
    const address = URL.createObjectURL(new Blob([sound.wave], { type: 'audio/wav' }))
    const element = new Audio(address)
    element.playbackRate = chosen.current
    audio.current = element
    const follow = (): void => setAt(element.currentTime)
    element.addEventListener('timeupdate', follow)
    element.addEventListener('seeked', follow)
    element.addEventListener('play', () => {
      onlyThis(element)
      setState('playing')
    })
    element.addEventListener('pause', () => setState('paused'))
    // It may have begun to ring while it was fetched.
    if (mayPlay(listener.current)) void element.play().catch(() => setState('paused'))
    return () => {
      element.pause()
      if (heard === element) heard = null
      audio.current = null
      URL.revokeObjectURL(address)
    }
  }, [sound])

  const toggle = (): void => {
    const element = audio.current
    if (!mayPlay(userId) && (element?.paused ?? true)) return toast(LATER)
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
