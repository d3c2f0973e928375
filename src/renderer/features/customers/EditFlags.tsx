import { useState } from 'react'
import { formatDay, wallTimeOf } from '../../../shared/base/zone.ts'
import { FLAG_RULES } from '../../../shared/domain/customers/flags.ts'
import { CUSTOMER_FLAGS, type CustomerFlag } from '../../../shared/domain/customers/tables.ts'
import { api } from '../../api/api.ts'
import { Choice } from '../../components/Choice.tsx'
import { TextInput } from '../../components/TextInput.tsx'
import { useZone } from '../../stores/session.ts'
import { toast } from '../../stores/toast.ts'
import classes from './customers.module.css'
import { type EditProps, type FormErrors, PanelForm, useKeptForm } from './PanelForm.tsx'

interface FlagForm {
  readonly flag: CustomerFlag
  /** Set or lifted, as it was chosen: a colleague who does the same meanwhile must not turn it into the opposite. */
  readonly raised: boolean
  readonly reason: string
}

/** Sets or lifts what stops or warns, with a reason; who did it before stands below. */
export function EditFlags({ customer, onClose }: EditProps) {
  const zone = useZone()
  const { form, set, forget } = useKeptForm<FlagForm>(`${customer.id}/flags`, { flag: 'doNotService', raised: !customer.doNotService, reason: '' })
  const [errors, setErrors] = useState<FormErrors>({ field: null, message: null })
  const { name, advice } = FLAG_RULES[form.flag]
  const { raised } = form
  return (
    <PanelForm
      title="Flags that stop or warn"
      action={raised ? 'Set the flag' : 'Lift the flag'}
      onClose={onClose}
      onRefused={setErrors}
      message={errors.message}
      shownAtField={errors.field === 'reason' || errors.field === 'flag'}
      onSave={async () => {
        await api.command('customer.flag', { customerId: customer.id, flag: form.flag, raised, reason: form.reason })
        forget()
        toast(raised ? `${name}: set.` : `${name}: lifted.`)
      }}
    >
      <Choice
        label="Flag"
        options={CUSTOMER_FLAGS.map((flag) => ({ value: flag, label: FLAG_RULES[flag].name, detail: customer[flag] ? 'is set' : 'is not set' }))}
        value={form.flag}
        onChange={(flag) => set({ flag, raised: !customer[flag] })}
        error={errors.field === 'flag' ? errors.message : null}
        autoFocus
      />
      <p className="t2">{customer[form.flag] === raised ? `${name} ${raised ? 'is set' : 'is lifted'} by now: see below.` : advice}</p>
      <TextInput label={raised ? 'Why it is set' : 'Why it is lifted'} value={form.reason} onChange={(reason) => set({ reason })} error={errors.field === 'reason' ? errors.message : null} spellCheck />
      <h3 className="h2">Until now</h3>
      {customer.flagChanges.length === 0 ? <p className="t3">Nobody has set or lifted a flag here.</p> : null}
      <ul className={classes['history']}>
        {customer.flagChanges.map((change) => (
          <li key={change.id}>
            <span className="m">
              {FLAG_RULES[change.flag].name} {change.raised ? 'set' : 'lifted'}
            </span>
            {change.reason === '' ? null : <span>: {change.reason}</span>}
            <div className="dense t3">
              {change.by}, {formatDay(wallTimeOf(change.at, zone).day)}
            </div>
          </li>
        ))}
      </ul>
    </PanelForm>
  )
}
