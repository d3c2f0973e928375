import { formatPhone } from '../../../shared/base/phone.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { DialogFrame } from '../../components/Confirm.tsx'
import { hideNumber, useTelephoneStore } from '../../stores/telephone.ts'
import classes from './CallPanel.module.css'

/** A number that this workstation can’t dial, large enough to be dialled from it. */
export function NumberDialog() {
  const shown = useTelephoneStore((store) => store.shown)
  return (
    <DialogFrame open={shown !== null} title="Call from your desk phone" onClose={hideNumber} actions={<ActionButton label="Done" keys="Escape" autoFocus onClick={hideNumber} />}>
      {shown ? (
        <>
          {shown.name === '' ? null : <p className="m">{shown.name}</p>}
          <p className={classes['large']}>{formatPhone(shown.number)}</p>
          <p className="t2">{shown.why}</p>
        </>
      ) : null}
    </DialogFrame>
  )
}
