import Checkbox from '@mui/material/Checkbox'
import { type KeyboardEvent, useRef } from 'react'
import classes from './booking.module.css'
import type { Booking } from './useBooking.ts'

export interface ReadBackItem {
  readonly name: string
  readonly value: string
}

function Row(props: { readonly name: string; readonly value: string; readonly checked: boolean; readonly onChange: (checked: boolean) => void }) {
  return (
    <label className={classes['check']}>
      <Checkbox size="small" checked={props.checked} onChange={(event) => props.onChange(event.target.checked)} />
      <span>{props.name}</span>
      <span className={`t3 el ${classes['checked']}`}>{props.value}</span>
    </label>
  )
}

/** What was read back, ticked in order by one key; after the last, the confirmation, then the button. */
export function ReadBackStep({ booking, items }: { readonly booking: Booking; readonly items: readonly ReadBackItem[] }) {
  const { draft, change, errors, flow } = booking
  const rows = useRef<HTMLFieldSetElement>(null)

  const focusBox = (index: number): void => {
    const box = rows.current?.querySelectorAll<HTMLInputElement>('input')[index]
    if (box) box.focus()
    else flow.goOn('readBack')
  }
  const tick = (index: number, checked: boolean): void => {
    const next = draft.readBack.map((known, position) => (position === index ? checked : known)) as unknown as typeof draft.readBack
    change({ readBack: next, ...(next.includes(false) ? {} : { askedAnew: null }) })
    if (checked) {
      const open = next.findIndex((known, position) => !known && position > index)
      focusBox(open === -1 ? items.length : open)
    }
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || event.altKey) return
    const boxes = [...(rows.current?.querySelectorAll<HTMLInputElement>('input') ?? [])]
    const index = boxes.indexOf(event.target as HTMLInputElement)
    if (index === -1) return
    event.preventDefault()
    event.stopPropagation()
    tick(index, true)
  }
  const onConfirmationKey = (event: KeyboardEvent): void => {
    const ticks = event.key === ' '
    if ((event.key !== 'Enter' && !ticks) || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    event.stopPropagation()
    if (ticks) change({ confirmation: !draft.confirmation })
    flow.goOn('confirmation')
  }

  const anew = draft.askedAnew ? `The ${draft.askedAnew === 'place' ? 'place is another one' : 'address has changed'}: read it back again.` : ''
  return (
    <div className={classes['readBack']}>
      <fieldset ref={rows} data-field="readBack" onKeyDown={onKeyDown}>
        <legend className="spoken">Read back to the customer</legend>
        {items.map(({ name, value }, index) => (
          <Row key={name} name={name} value={value} checked={draft.readBack[index] ?? false} onChange={(checked) => tick(index, checked)} />
        ))}
      </fieldset>
      <div data-field="confirmation" onKeyDown={onConfirmationKey}>
        <Row name="Confirmation promised" value={draft.confirmation ? 'The office sends it' : 'Not promised'} checked={draft.confirmation} onChange={(confirmation) => change({ confirmation })} />
      </div>
      <p className={`${classes['readBackError']} ${errors.readBack === undefined ? classes['readBackAnew'] : ''}`} aria-live="polite">{errors.readBack ?? anew}</p>
    </div>
  )
}
