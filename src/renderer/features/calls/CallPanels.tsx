import { useEffect } from 'react'
import { useCallsStore } from '../../stores/calls.ts'
import { closePanel, useTelephoneStore } from '../../stores/telephone.ts'
import { Keypad } from './Keypad.tsx'
import { NumberDialog } from './NumberDialog.tsx'
import { OfferPanel } from './OfferPanel.tsx'
import { ThroughMenu } from './ThroughMenu.tsx'

/** What hangs below the call cell because somebody asked for it. It goes with its call. */
export function CallPanels() {
  const panel = useTelephoneStore((store) => store.panel)
  const callId = panel === null || panel.kind === 'offer' ? null : panel.callId
  const call = useCallsStore((store) => store.calls.find((heard) => heard.call.callId === callId)?.call)
  const needs = panel?.kind === 'keypad' ? 'digits' : 'transfer'
  const gone = callId !== null && (!call || !(call.can.includes(needs) || (needs === 'transfer' && call.can.includes('transferToNumber'))))
  useEffect(() => {
    if (gone) closePanel()
  }, [gone])
  return (
    <>
      {panel?.kind === 'keypad' && call ? <Keypad call={call} /> : null}
      {panel?.kind === 'through' && call ? <ThroughMenu call={call} /> : null}
      {panel?.kind === 'offer' ? <OfferPanel number={panel.number} /> : null}
      <NumberDialog />
    </>
  )
}
