import type { FocusEvent } from 'react'

/** On a form: an amount or a quantity is marked when its field is entered, so that typing replaces it. */
export function selectNumbers(event: FocusEvent<HTMLElement>): void {
  if (event.target instanceof HTMLInputElement && event.target.inputMode === 'decimal') event.target.select()
}
