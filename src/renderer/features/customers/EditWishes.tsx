import { useState } from 'react'
import { api, useQuery } from '../../api/api.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { Choice } from '../../components/Choice.tsx'
import { toast } from '../../stores/toast.ts'
import classes from './customers.module.css'
import { changedWishes, type Wishes } from './forms.ts'
import { type EditProps, type FormErrors, PanelForm, useKeptForm } from './PanelForm.tsx'

interface WishForm extends Wishes {
  /** As it was when the panel opened: what differs from it was changed here. */
  readonly start: Wishes
}

/** Which technician a customer asks for, and who is not to come to them again: windows, the board and its plans go by it. */
export function EditWishes({ customer, onClose }: EditProps) {
  const { askedFor, notWanted } = customer
  const wishes: Wishes = { askedForId: askedFor?.id ?? null, notWantedIds: notWanted.map(({ id }) => id) }
  const { form, set, forget } = useKeptForm<WishForm>(`${customer.id}/wishes`, { ...wishes, start: wishes })
  /** Emptied for the next name, with the keyboard still in it. */
  const [added, setAdded] = useState(false)
  const [errors, setErrors] = useState<FormErrors>({ field: null, message: null })
  const { data, error } = useQuery('booking.form', {})
  const loading = !data && !error
  const names = new Map([...notWanted, ...(askedFor ? [askedFor] : []), ...(data?.technicians ?? [])].map(({ id, name }) => [id, name]))
  const options = [...names].map(([value, label]) => ({ value, label }))
  const field = errors.field?.split('.').at(-1)
  return (
    <PanelForm
      title="Technicians they ask for"
      action="Save"
      onClose={onClose}
      onRefused={setErrors}
      message={errors.message}
      shownAtField={field === 'askedForId' || field === 'notWantedIds'}
      onSave={async () => {
        const changed = changedWishes(form.start, form)
        if (Object.keys(changed).length > 0) await api.command('customer.change', { customerId: customer.id, set: changed })
        forget()
        toast('Saved whom they ask for.')
      }}
    >
      <Choice
        label="They ask for"
        options={options.filter(({ value }) => !form.notWantedIds.includes(value))}
        value={form.askedForId}
        loading={loading}
        onChange={(askedForId) => set({ askedForId })}
        onClear={() => set({ askedForId: null })}
        error={field === 'askedForId' ? errors.message : null}
        placeholder="Type a name"
        autoFocus
      />
      <Choice
        key={form.notWantedIds.join(' ')}
        label="They do not want again"
        options={options.filter(({ value }) => value !== form.askedForId && !form.notWantedIds.includes(value))}
        value={null}
        loading={loading}
        onChange={(id) => {
          set({ notWantedIds: [...form.notWantedIds, id] })
          setAdded(true)
        }}
        autoFocus={added}
        error={field === 'notWantedIds' ? errors.message : null}
        placeholder="Type a name to add it"
      />
      <ul className={classes['history']} aria-label="They do not want again">
        {form.notWantedIds.map((id) => (
          <li key={id} className="row">
            <span className="m">{names.get(id) ?? 'Somebody who left'}</span>
            <span className="sp" />
            <ActionButton small kind="quiet" label={`Take ${names.get(id) ?? 'them'} off the list`} onClick={() => set({ notWantedIds: form.notWantedIds.filter((other) => other !== id) })} />
          </li>
        ))}
      </ul>
    </PanelForm>
  )
}
