import { useEffect } from 'react'
import { newId } from '../../../shared/base/id.ts'
import { type CheckAnswer, type CheckRequest, openAudioCheck } from '../../media/audioCheck.ts'
import { nextSpread, soundsHere, useCallsStore } from '../../stores/calls.ts'

/** Tells the ringer of this workstation whether what rings is for this person: by itself when that changes, and when it asks. */
export function useRingsHere(userId: string): void {
  useEffect(() => {
    const page = newId()
    const ringer = openAudioCheck()
    let timer: ReturnType<typeof setTimeout> | undefined
    let said: boolean | null = null
    const say = (here: boolean | null): void => {
      said = here
      ringer.postMessage({ t: 'rings', page, here } satisfies CheckRequest)
    }
    const look = (): void => {
      const state = useCallsStore.getState()
      const here = soundsHere(state, userId)
      if (here !== said) say(here)
      clearTimeout(timer)
      const rest = nextSpread(state, userId)
      if (rest !== null) timer = setTimeout(look, rest + 20)
    }
    const answer = ({ data }: MessageEvent<CheckAnswer>): void => {
      if (data.t === 'ringsThere' && said !== null) say(soundsHere(useCallsStore.getState(), userId))
    }
    ringer.addEventListener('message', answer)
    const stop = useCallsStore.subscribe(look)
    look()
    return () => {
      stop()
      clearTimeout(timer)
      if (said !== null) say(null)
      ringer.close()
    }
  }, [userId])
}
