import Checkbox from '@mui/material/Checkbox'
import FormControlLabel from '@mui/material/FormControlLabel'
import { useState } from 'react'
import { newId } from '../../../shared/base/id.ts'
import { placeName } from '../../../shared/domain/customers/naming.ts'
import { api } from '../../api/api.ts'
import { Choice } from '../../components/Choice.tsx'
import { TextInput } from '../../components/TextInput.tsx'
import { toast } from '../../stores/toast.ts'
import classes from './customers.module.css'
import { type EditProps, type FormErrors, PanelForm, useKeptForm } from './PanelForm.tsx'

export function EditNote({ customer, onClose }: EditProps) {
  const { form, set, forget } = useKeptForm(`${customer.id}/note`, { noteId: newId(), about: customer.id, body: '', pinned: false })
  const [errors, setErrors] = useState<FormErrors>({ field: null, message: null })
  return (
    <PanelForm
      title="Add a note"
      action="Add note"
      onClose={onClose}
      onRefused={setErrors}
      message={errors.message}
      shownAtField={errors.field === 'body'}
      onSave={async () => {
        await api.command('note.add', { noteId: form.noteId, subjectKind: form.about === customer.id ? 'customer' : 'location', subjectId: form.about, body: form.body, pinned: form.pinned })
        forget()
        toast('Note added.')
      }}
    >
      <TextInput label="Note" rows={6} lang={customer.language ?? undefined} value={form.body} onChange={(body) => set({ body })} error={errors.field === 'body' ? errors.message : null} autoFocus />
      {customer.locations.length === 0 ? null : (
        <Choice
          label="About"
          options={[{ value: customer.id, label: customer.name }, ...customer.locations.map((location) => ({ value: location.id, label: placeName(location), detail: 'this place only' }))]}
          value={form.about}
          onChange={(about) => set({ about })}
        />
      )}
      <div className={classes['flags']}>
        <FormControlLabel
          control={<Checkbox size="small" checked={form.pinned} onChange={(event) => set({ pinned: event.target.checked })} />}
          label="Pin it: it shows first, in the call too"
        />
      </div>
    </PanelForm>
  )
}
