import { formatPhone, normalizePhone } from '../../../shared/base/phone.ts'
import { useMay, usePerson } from '../../stores/session.ts'
import { callNumber, type Wanted } from './callNumber.ts'
import classes from './PhoneNumber.module.css'

export interface PhoneNumberProps extends Wanted {
  /** In a row of a list, where a key of the list calls: it is no stop for Tab. */
  readonly inRow?: boolean
  /** After it was dialled, here or as it is shown. */
  readonly onCalled?: () => void
}

/** A telephone number, wherever one is shown: press it, and it is called. What is not a number stays what it is. */
export function PhoneNumber({ number: written, inRow = false, onCalled, ...more }: PhoneNumberProps) {
  const { userId } = usePerson()
  const may = useMay()
  const number = normalizePhone(written)
  if (number === undefined || !may('call.handle')) return <span className="nw">{number === undefined ? written : formatPhone(number)}</span>
  const shown = formatPhone(number)
  return (
    <button
      type="button"
      className={classes['number']}
      title={`Call ${more.name === undefined || more.name === '' ? shown : `${more.name}, ${shown}`}`}
      {...(inRow ? { tabIndex: -1 } : {})}
      onClick={(event) => {
        event.stopPropagation()
        void callNumber({ ...more, number }, userId).then((called) => (called ? onCalled?.() : undefined))
      }}
    >
      {shown}
    </button>
  )
}
