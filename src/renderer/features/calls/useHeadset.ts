import { useEffect, useRef } from 'react'
import type { LiveCall } from '../../../shared/contract/methods/calls.ts'
import { useEvent } from '../../api/api.ts'
import { headsetChosen, useTelephoneStore } from '../../stores/telephone.ts'
import { toast } from '../../stores/toast.ts'
import { hearWindows } from '../../stores/windows.ts'
import { muteCall } from './callActions.ts'
import { type Headset, type HeadsetKey, type HidDevice, hidHeadset, type MediaKeys, mediaHeadset, TELEPHONY_PAGE } from './headset.ts'

const { hid } = navigator as { readonly hid?: Hid }

interface Hid {
  getDevices(): Promise<readonly HidDevice[]>
  requestDevice(wanted: { readonly filters: readonly { readonly usagePage: number }[] }): Promise<readonly HidDevice[]>
}

/** Lets the person choose a headset whose keys steer calls; from then on it is known. */
export async function chooseHeadset(): Promise<void> {
  if (!hid) return toast('This browser can\u2019t hear the keys of a headset. Its media keys work.')
  try {
    const [chosen] = await hid.requestDevice({ filters: [{ usagePage: TELEPHONY_PAGE }] })
    if (chosen) headsetChosen()
  } catch {
    toast('No headset was chosen.')
  }
}

/** The browser’s own, where it has any. The type library knows neither WebHID nor the call keys of the Media Session, so both are read as the adapter says. */
function headsets(): readonly Headset[] {
  return [...('mediaSession' in navigator ? [mediaHeadset(navigator.mediaSession as unknown as MediaKeys)] : []), ...(hid ? [hidHeadset(() => hid.getDevices())] : [])]
}

interface Hand {
  readonly ringing: boolean
  readonly live: LiveCall | undefined
  readonly held: LiveCall | undefined
  readonly answer: () => void | false
  readonly end: () => void | false
  readonly hold: () => void | false
}

/** What a key of the headset, or of the whole system, means now. */
function actOn(key: HeadsetKey | 'answer' | 'hold', { ringing, live, held, answer, end, hold }: Hand): void {
  if (key === 'mute') {
    if (live) void muteCall(live.callId, !live.muted)
  } else if (key === 'hold') void hold()
  else if (key === 'answer' || (key === 'hook' && ringing && !live)) void answer()
  else if (key === 'hangUp' || live) void end()
  else if (held) void hold()
}

/** The headset’s keys and the system’s own shortcuts: the same as the keys of the page, whatever program is in front. */
export function useHeadset(hand: Hand): void {
  const current = useRef(hand)
  useEffect(() => {
    current.current = hand
  })
  const chosen = useTelephoneStore((store) => store.headsets)
  const worn = useRef<readonly Headset[]>([])
  useEffect(() => {
    worn.current = headsets()
    const stops = worn.current.map((headset) => headset.listen((key) => actOn(key, current.current)))
    return () => {
      for (const stop of stops) stop()
    }
  }, [chosen])
  const { ringing, live } = hand
  const [talking, muted] = [live !== undefined, live?.muted ?? false]
  useEffect(() => {
    for (const headset of worn.current) headset.show({ ringing, talking, muted })
  }, [ringing, talking, muted])
  useEvent('phoneKey', ({ key }) => actOn(key, current.current))
  // The same keys, pressed in a window that answers no calls.
  useEffect(() => hearWindows((message) => (message.t === 'phoneKey' ? actOn(message.key, current.current) : undefined)), [])
}
