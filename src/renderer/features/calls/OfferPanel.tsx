import { formatPhone, normalizePhone } from '../../../shared/base/phone.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { usePerson } from '../../stores/session.ts'
import { closePanel } from '../../stores/telephone.ts'
import classes from './CallPanel.module.css'
import { callNumber } from './callNumber.ts'

/** Another program asks to call a number. It is looked up already; it is dialled only by a person’s key. */
export function OfferPanel({ number }: { readonly number: string }) {
  const { userId } = usePerson()
  const dialled = normalizePhone(number)
  const call = (): void => {
    closePanel()
    if (dialled !== undefined) void callNumber({ number: dialled }, userId)
  }
  useHotkeys('A number from another program', [
    { keys: 'Ctrl+F9', label: 'Call the number', run: call, always: true },
    { keys: 'F9', label: 'Leave the number', run: closePanel, always: true },
  ])
  return (
    <section className={classes['panel']} aria-label="Number from another program" onMouseDown={(event) => event.preventDefault()}>
      <p className="m">Another program asks to call {dialled === undefined ? number : formatPhone(dialled)}.</p>
      <p className="t2 dense">{dialled === undefined ? 'This is not a number that can be called.' : 'Nothing is dialled by itself. The search shows who it is.'}</p>
      <div className={classes['actions']}>
        {dialled === undefined ? null : <ActionButton small kind="primary" label="Call" keys="Ctrl+F9" onClick={call} />}
        <ActionButton small label="Leave it" keys="F9" onClick={closePanel} />
      </div>
    </section>
  )
}
