import { TextInput, type TextInputProps } from '../../components/TextInput.tsx'
import { type Sentence, useSentence } from '../../stores/settledDraft.ts'
import type { Booking } from './useBooking.ts'

/** A field for a sentence of the draft: a letter typed here draws this field alone. */
export function SentenceInput({ booking, name, ...field }: Omit<TextInputProps, 'value' | 'onChange'> & { readonly booking: Pick<Booking, 'draft' | 'change'>; readonly name: Sentence }) {
  const value = useSentence(booking.draft.key, name)
  return <TextInput {...field} value={value} onChange={(text) => booking.change({ [name]: text })} />
}
