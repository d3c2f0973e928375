import type { LiveCall } from '../../../shared/contract/methods/calls.ts'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { leaveToOthers, useCallsStore } from '../../stores/calls.ts'
import { useMay } from '../../stores/session.ts'
import { openPanel } from '../../stores/telephone.ts'
import { openCardPayment, stepRecording } from './callRecording.ts'
import { changeDoNotDisturb, completeTransfer, muteCall, pickUpElsewhere, rejectCall, talkAllThree } from './callActions.ts'

interface Desk {
  /** The call this person talks on. */
  readonly live: LiveCall | undefined
  /** The one F7 would take back. */
  readonly held: LiveCall | undefined
  /** The one F8 would answer. */
  readonly ringing: LiveCall | undefined
}

/** What the person does to a call beside answering, holding and ending it: every key works over every dialog. */
export function useCallKeys({ live, held, ringing }: Desk): void {
  const may = useMay()
  const pop = useCallsStore((store) => store.pop)
  const mute = (): void | false => {
    // Pressed right after a caller was taken back, it means that caller, though the page may not have heard of it yet.
    const call = live ?? held
    return call?.can.includes('mute') ? void muteCall(call.callId, !call.muted) : false
  }
  const keypad = (): void | false => (live?.can.includes('digits') ? openPanel({ kind: 'keypad', callId: live.callId }) : false)
  const through = (): void | false => {
    if (pop) return leaveToOthers(pop.callId)
    if (live?.consult) return void completeTransfer(live.callId)
    const call = live ?? (held?.transfer ? undefined : held)
    return call ? openPanel({ kind: 'through', callId: call.callId }) : false
  }
  const three = (): void | false => (live?.consult ? void talkAllThree(live.callId) : false)
  const reject = (): void | false => (ringing ? void rejectCall(ringing.callId) : false)

  useHotkeys(
    'Telephone',
    [
      { keys: 'Ctrl+F8', label: 'Send a ringing call away', run: reject, always: true },
      { keys: 'F10', label: 'Mute, or be heard again', run: mute, always: true },
      { keys: 'F9', label: 'Put a caller through; of a ringing call, leave it to others', run: through, always: true },
      { keys: 'Alt+I', label: 'Talk all three', run: three, always: true },
      { keys: 'Alt+D', label: 'Keypad: digits go to the call', run: keypad, always: true },
      { keys: 'Ctrl+F7', label: 'Record the call, pause that, go on', run: () => (live ? stepRecording(live) : false), always: true },
      { keys: 'Ctrl+F10', label: 'A card number is read: nothing is recorded', run: () => (live ? openCardPayment(live) : false), always: true },
      { keys: 'Alt+F', label: 'Pick up what rings at a colleague’s', run: () => void pickUpElsewhere(), always: true },
      { keys: 'Alt+Z', label: 'Do not disturb', run: () => void changeDoNotDisturb() },
    ],
    { enabled: may('call.handle') },
  )
}
