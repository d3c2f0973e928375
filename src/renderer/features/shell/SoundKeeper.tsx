import { useEffect } from 'react'
import { type CheckAnswer, openAudioCheck } from '../../media/audioCheck.ts'
import { keepSound } from '../../media/soundFrame.ts'
import { usePhoneLine } from '../../stores/phoneLine.ts'
import { toast } from '../../stores/toast.ts'

const ELSEWHERE = 'The telephone\u2019s sound is in another browser on this workstation now. It comes back here when Baton is closed there; to have it here at once, reload this page.'

/** Has the telephone's sound in this browser while there is a telephone that needs it. It stays when the page is locked. */
export function SoundKeeper() {
  const line = usePhoneLine()
  const wanted = line && line.status !== 'none' && line.audio !== null
  useEffect(() => {
    if (wanted !== undefined) keepSound(wanted)
  }, [wanted])
  useEffect(() => {
    const media = openAudioCheck()
    media.addEventListener('message', ({ data }: MessageEvent<CheckAnswer>) => (data.t === 'displaced' ? toast(ELSEWHERE) : undefined))
    return () => media.close()
  }, [])
  return null
}
