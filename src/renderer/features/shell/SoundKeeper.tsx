import { useEffect } from 'react'
import { keepSound } from '../../media/soundFrame.ts'
import { usePhoneLine } from '../../stores/phoneLine.ts'

/** Has the telephone's sound in this browser while there is a telephone that needs it. It stays when the page is locked. */
export function SoundKeeper() {
  const line = usePhoneLine()
  const wanted = line && line.status !== 'none' && line.audio !== null
  useEffect(() => {
    if (wanted !== undefined) keepSound(wanted)
  }, [wanted])
  return null
}
