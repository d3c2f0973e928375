import { useEffect } from 'react'
import type { CallAction } from '../../../shared/contract/methods/calls.ts'
import { useCallsStore } from '../../stores/calls.ts'
import { closePanel, type Panel, useTelephoneStore } from '../../stores/telephone.ts'
import { Keypad } from './Keypad.tsx'
import { NumberDialog } from './NumberDialog.tsx'
import { OfferPanel } from './OfferPanel.tsx'
import { CardPanel, NoticePanel } from './RecordingPanels.tsx'
import { ThroughMenu } from './ThroughMenu.tsx'

/** What must still be possible for a panel to stay. A card payment goes on while the caller waits, and while their sound is gone for a moment: nothing may be recorded then either. */
const NEEDS: Readonly<Record<Panel['kind'], readonly CallAction[]>> = { keypad: ['digits'], through: ['transfer', 'transferToNumber'], notice: ['record'], card: ['record', 'resume', 'hangUp'], offer: [] }

/** What hangs below the call cell because somebody asked for it. It goes with its call. */
export function CallPanels() {
  const panel = useTelephoneStore((store) => store.panel)
  const callId = panel === null || panel.kind === 'offer' ? null : panel.callId
  const call = useCallsStore((store) => store.calls.find((heard) => heard.call.callId === callId)?.call)
  const gone = panel !== null && callId !== null && (!call || !NEEDS[panel.kind].some((action) => call.can.includes(action)))
  useEffect(() => {
    if (gone) closePanel()
  }, [gone])
  return (
    <>
      {panel?.kind === 'keypad' && call ? <Keypad call={call} /> : null}
      {panel?.kind === 'through' && call ? <ThroughMenu call={call} /> : null}
      {panel?.kind === 'notice' && call ? <NoticePanel call={call} /> : null}
      {panel?.kind === 'card' && call ? <CardPanel call={call} /> : null}
      {panel?.kind === 'offer' ? <OfferPanel number={panel.number} /> : null}
      <NumberDialog />
    </>
  )
}
