import { useEffect } from 'react'
import { api, useConnection, useEvent } from '../../api/api.ts'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { hearCall, startFrom } from '../../stores/calls.ts'
import { type SessionPerson, useMay } from '../../stores/session.ts'
import { tellWindows } from '../../stores/windows.ts'
import { reachMain } from './openWindow.ts'

const nowhere = (): 'bottomRight' => 'bottomRight'

/**
 * A window that answers no calls hears them all the same: nothing moves in it while its person talks. The telephone's keys are sent
 * to the main window, which alone acts on them.
 */
export function HearCalls({ person }: { readonly person: SessionPerson }) {
  const { userId } = person
  const online = useConnection().kind === 'online'
  const may = useMay()
  useEvent('phone', (call) => hearCall(call, userId, nowhere))
  useEffect(() => {
    if (!online) return
    void api.query('calls.current', {}).then(
      ({ calls }) => startFrom(calls, userId, nowhere),
      // The next connection asks again.
      () => undefined,
    )
  }, [online, userId])
  const press = (key: 'answer' | 'hangUp' | 'hold' | 'mute') => (): void => {
    void reachMain({ tell: () => tellWindows({ t: 'phoneKey', key }), front: key === 'answer' })
  }
  useHotkeys(
    'Telephone',
    [
      { keys: 'F8', label: 'Answer, in the main window', run: press('answer'), always: true },
      { keys: 'Shift+F8', label: 'End', run: press('hangUp'), always: true },
      { keys: 'F7', label: 'Hold, take back, or the other caller', run: press('hold'), always: true },
      { keys: 'F10', label: 'Mute, or be heard again', run: press('mute'), always: true },
    ],
    { enabled: may('call.handle') },
  )
  return null
}
